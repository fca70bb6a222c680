import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useState } from 'react';
import { withoutEmpty } from './page-address.ts';

/** Whether every word of a question occurs in one of the texts. */
export const matches = (query: string, ...texts: readonly string[]): boolean =>
  query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => texts.some((t) => t.toLocaleLowerCase().includes(word)));

/** What is searched for, kept in the address of the page. */
export const useSearchText = (
  inAddress: string,
): readonly [query: string, deferred: string, set: (text: string) => void] => {
  const navigate = useNavigate();
  const [query, setQuery] = useState(inAddress);
  const deferred = useDeferredValue(query);
  useEffect(() => {
    if (deferred === inAddress) return;
    void navigate({
      to: '.',
      search: (now) => withoutEmpty({ ...now, q: deferred }),
      replace: true,
      resetScroll: false,
    });
  }, [deferred, inAddress, navigate]);
  return [query, deferred, setQuery];
};

/** A search field. */
export const SearchBox = (props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) => (
  <label className="search">
    {props.label}
    <input type="search" value={props.value} onChange={(e) => props.onChange(e.target.value)} />
  </label>
);
