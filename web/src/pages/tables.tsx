import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { WireOverview } from '../../../src/contract/index.ts';
import { Answer, Draft, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { matches, SearchBox, useSearchText } from '../search-box.tsx';
import { useLanguage, useWords } from '../words.tsx';

const List = ({ overview, query }: { readonly overview: WireOverview; readonly query: string }) => {
  const say = useWords();
  const lang = useLanguage();
  const found = overview.tables.filter((t) => matches(query, t.title, t.id, t.section, ...t.dimensions));
  return (
    <>
      <output>{say('web.tables.found', { n: found.length, all: overview.tables.length })}</output>
      {[...Map.groupBy(found, (t) => t.section)].map(([section, tables]) => (
        <section key={section}>
          <h2>{section}</h2>
          <ul className="list">
            {tables.map((t) => (
              <li key={t.id}>
                <Link to="/$lang/$study/table" params={{ lang, study: overview.id }} search={{ id: t.id }}>
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
  const { q = '' } = useSearch({ from: '/$lang/$study/tables' });
  const [query, deferred, setQuery] = useSearchText(q);
  const overview = useApi('overview', { study });
  return (
    <>
      <Title>{say('web.tables.title')}</Title>
      <SearchBox label={say('web.tables.search')} value={query} onChange={setQuery} />
      <Answer of={overview}>{(found) => <List overview={found} query={deferred} />}</Answer>
    </>
  );
};
