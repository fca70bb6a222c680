import { Link, useParams } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { WireOverview } from '../../../src/contract/index.ts';
import { Answer, Draft, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { hasWords, useLanguage, useWords } from '../words.tsx';

const matches = (query: string, ...texts: readonly string[]): boolean =>
  query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => texts.some((t) => t.toLocaleLowerCase().includes(word)));

const List = ({ overview, query }: { readonly overview: WireOverview; readonly query: string }) => {
  const say = useWords();
  const lang = useLanguage();
  const found = overview.tables.filter((t) => matches(query, t.title, t.id));
  const sections = [...new Set(found.map((t) => t.section))];
  return (
    <>
      <p role="status">{say('web.tables.found', { n: found.length, all: overview.tables.length })}</p>
      {sections.map((section) => (
        <section key={section}>
          <h2>{hasWords(`table.section.${section}`) ? say(`table.section.${section}`) : section}</h2>
          <ul className="list">
            {found
              .filter((t) => t.section === section)
              .map((t) => (
                <li key={t.id}>
                  <Link to="/$lang/$study/table" params={{ lang, study: overview.id }} search={{ id: t.id, sort: '', kind: '' }}>
                    {t.title}
                  </Link>
                  <Draft draft={t.draft} /> <code>{t.id}</code>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
};

/** All tables of a study, by section, with search. */
export const TablesPage = () => {
  const say = useWords();
  const { study = '' } = useParams({ strict: false });
  const [query, setQuery] = useState('');
  const deferred = useDeferredValue(query);
  const overview = useApi<WireOverview>('overview', { study });
  return (
    <>
      <Title>{say('web.tables.title')}</Title>
      <label className="search">
        {say('web.tables.search')}
        <input type="search" value={query} onChange={(e) => setQuery(e.target.value)} />
      </label>
      <Answer of={overview}>{(found) => <List overview={found} query={deferred} />}</Answer>
    </>
  );
};
