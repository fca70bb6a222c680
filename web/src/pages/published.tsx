import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { WireComparison } from '../../../src/contract/index.ts';
import { Answer, Title } from '../answer.tsx';
import { useApi } from '../api.ts';
import { Choice } from '../choice.tsx';
import { matches, SearchBox, useSearchText } from '../search-box.tsx';
import { Wide } from '../wide.tsx';
import { useLanguage, useWords } from '../words.tsx';

const COLUMNS = ['row', 'published', 'ours', 'verdict', 'reason'] as const;
const NUMBERS: ReadonlySet<string> = new Set(['published', 'ours']);

/** Shown at once; the rest waits for a button, so that a phone is not handed a thousand rows. */
const AT_ONCE = 100;

const Row = ({ of, study }: { readonly of: WireComparison; readonly study: string }) => {
  const say = useWords();
  const lang = useLanguage();
  const heading = (column: (typeof COLUMNS)[number]): string => say(`cli.published_compare.column.${column}`);
  return (
    <tr>
      <th scope="row">
        {of.row} · {of.column} · {of.period}
        <span className="hint">{of.table}</span>
      </th>
      <td className="number" data-heading={heading('published')}>
        {of.published}
      </td>
      <td className="number" data-heading={heading('ours')}>
        {of.address === undefined ? (
          of.ours
        ) : (
          <Link to="/$lang/$study/cell" params={{ lang, study }} search={{ address: of.address }}>
            {of.ours}
          </Link>
        )}
      </td>
      <td className={`verdict ${of.verdict}`}>{of.verdictText}</td>
      <td className="reason">
        {of.reason}
        {of.witness === undefined ? null : <span className="hint">{of.witness}</span>}
      </td>
    </tr>
  );
};

const Listed = ({ shown, study }: { readonly shown: readonly WireComparison[]; readonly study: string }) => {
  const say = useWords();
  const [all, setAll] = useState(false);
  const rows = all ? shown : shown.slice(0, AT_ONCE);
  return (
    <>
      <Wide label={say('web.published.title')}>
        <table className="counted stacked">
          <thead>
            <tr>
              {COLUMNS.map((c) => (
                <th key={c} scope="col" className={NUMBERS.has(c) ? 'number' : undefined}>
                  {say(`cli.published_compare.column.${c}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((c) => (
              <Row
                key={`${c.table}/${c.row}/${c.column}/${c.period}/${c.published}/${c.witness ?? ''}`}
                of={c}
                study={study}
              />
            ))}
          </tbody>
        </table>
      </Wide>
      {rows.length === shown.length ? null : (
        <button type="button" onClick={() => setAll(true)}>
          {say('web.published.more', { n: shown.length - rows.length })}
        </button>
      )}
    </>
  );
};

/** Numbers that an earlier report printed beside ours, with a verdict for each. */
export const PublishedPage = () => {
  const say = useWords();
  const lang = useLanguage();
  const navigate = useNavigate();
  const { study = '' } = useParams({ strict: false });
  const { verdict = 'publication_inconsistent', q = '' } = useSearch({ from: '/$lang/$study/published' });
  const [query, deferred, setQuery] = useSearchText(q);
  const found = useApi('published', { study });
  const studies = useApi('studies', {});
  return (
    <>
      <Title>{say('web.published.title')}</Title>
      <p className="lead">{say('web.published.about')}</p>
      {studies.data?.find((s) => s.id === study)?.synthetic ? (
        <p className="note">{say('published.note')}</p>
      ) : null}
      <Answer of={found}>
        {(all) => {
          const verdicts = Map.groupBy(all, (c) => c.verdict);
          const shown = all.filter(
            (c) =>
              (verdict === 'all' || c.verdict === verdict) &&
              matches(deferred, c.table, c.row, c.column, c.period),
          );
          return (
            <>
              <div className="filters">
                <Choice
                  label={say('cli.published_compare.column.verdict')}
                  value={verdict}
                  options={[
                    { value: 'all', text: say('web.published.all', { n: all.length }) },
                    ...[...verdicts].map(([id, of]) => ({
                      value: id,
                      text: `${of[0]?.verdictText ?? id} (${of.length})`,
                    })),
                  ]}
                  onChange={(next) =>
                    void navigate({
                      to: '/$lang/$study/published',
                      params: { lang, study },
                      search: { verdict: next, ...(q === '' ? {} : { q }) },
                      replace: true,
                      resetScroll: false,
                    })
                  }
                />
                <SearchBox label={say('web.published.search')} value={query} onChange={setQuery} />
              </div>
              <output>{say('web.tables.found', { n: shown.length, all: all.length })}</output>
              <Listed key={verdict} shown={shown} study={study} />
            </>
          );
        }}
      </Answer>
    </>
  );
};
