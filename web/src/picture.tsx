import { useEffect, useState } from 'react';
import { useWords } from './words.tsx';

interface Props {
  readonly kinds: readonly string[];
  readonly kind: string;
  readonly onKind: (kind: string) => void;
  readonly addressOf: (kind: string, width: number) => string;
  readonly title: string;
}

/** The page's width decides whether a figure is drawn for a phone or a desk. */
const useFigureWidth = (): number => {
  const [width, setWidth] = useState(() => (window.innerWidth < 700 ? 340 : 720));
  useEffect(() => {
    const change = (): void => setWidth(window.innerWidth < 700 ? 340 : 720);
    window.addEventListener('resize', change);
    return () => window.removeEventListener('resize', change);
  }, []);
  return width;
};

/** A figure of a table, drawn by the server; its own text alternative is inside the SVG, the table stands beside it. */
export const Picture = ({ kinds, kind, onKind, addressOf, title }: Props) => {
  const say = useWords();
  const width = useFigureWidth();
  const shown = kinds.includes(kind) ? kind : kinds[0];
  if (shown === undefined) return null;
  return (
    <figure className="picture">
      {kinds.length < 2 ? null : (
        <fieldset className="choice">
          <legend>{say('web.figure.kind')}</legend>
          {kinds.map((k) => (
            <label key={k}>
              <input type="radio" name="figure-kind" value={k} checked={k === shown} onChange={() => onKind(k)} />
              {say(`web.figure.${k}`)}
            </label>
          ))}
        </fieldset>
      )}
      <img src={addressOf(shown, width)} width={width} alt={say('web.figure.alt', { title })} />
    </figure>
  );
};
