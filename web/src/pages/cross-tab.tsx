import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { WireOverview } from '../../../src/contract/index.ts';
import { Answer, DraftNote, Title } from '../answer.tsx';
import { addressOf, useApi } from '../api.ts';
import { Choice } from '../choice.tsx';
import { ConditionEditor } from '../condition-editor.tsx';
import { CountedTable } from '../counted-table.tsx';
import { type CrossTabSearch, crossTabQuery } from '../cross-tab-query.ts';
import { withoutEmpty } from '../page-address.ts';
import { Picture } from '../picture.tsx';
import { useLanguage, useWords } from '../words.tsx';

interface Part {
  readonly search: CrossTabSearch;
  readonly change: (part: CrossTabSearch) => void;
}

const Builder = ({ overview, search, change }: Part & { readonly overview: WireOverview }) => {
  const say = useWords();
  const table = overview.countable.find((t) => t.table === search.of) ?? overview.countable[0];
  if (table === undefined) return null;
  const { rows = '', within = '', columns = '', where = '' } = search;
  const none = { value: '', text: say('web.crosstab.none') };
  const fieldsBut = (...taken: readonly string[]) => [
    none,
    ...table.columns
      .filter((c) => c.kind !== 'number' && !taken.filter((t) => t !== '').includes(c.path))
      .map((c) => ({ value: c.path, text: c.title })),
  ];
  const numbers = table.columns.filter((c) => c.kind === 'number');
  const shares = rows !== '' && columns !== '' ? (['row', 'column', 'table'] as const) : (['table'] as const);
  const measures = [
    { value: 'count', text: say('web.crosstab.count') },
    ...shares.map((w) => ({ value: `share:${w}`, text: say(`web.crosstab.share_${w}`) })),
    ...(['sum', 'mean', 'median'] as const).flatMap((kind) =>
      numbers.map((c) => ({ value: `${kind}:${c.path}`, text: `${say(`web.measure.${kind}`)}: ${c.title}` })),
    ),
  ];
  const measure = measures.some((m) => m.value === search.measure) ? (search.measure ?? 'count') : 'count';
  return (
    <div className="filters">
      <Choice
        label={say('web.crosstab.of')}
        value={table.table}
        options={overview.countable.map((t) => ({ value: t.table, text: `${t.title} (${t.rows})` }))}
        onChange={(of) => change({ of, rows: '', within: '', columns: '', where: '', measure: '', sort: '' })}
      />
      <Choice
        label={say('web.crosstab.rows')}
        value={rows}
        options={fieldsBut(within, columns)}
        onChange={(path) => change({ rows: path })}
      />
      {rows === '' ? null : (
        <Choice
          label={say('web.crosstab.within')}
          value={within}
          options={fieldsBut(rows, columns)}
          onChange={(path) => change({ within: path })}
        />
      )}
      <Choice
        label={say('web.crosstab.columns')}
        value={columns}
        options={fieldsBut(rows, within)}
        onChange={(path) => change({ columns: path })}
      />
      <Choice
        label={say('web.crosstab.measure')}
        value={measure}
        options={measures}
        onChange={(next) => change({ measure: next })}
      />
      <ConditionEditor
        key={table.table}
        columns={table.columns}
        where={where}
        onChange={(next) => change({ where: next })}
      />
    </div>
  );
};

const Result = ({ search, change }: Part) => {
  const say = useWords();
  const lang = useLanguage();
  const { study = '' } = useParams({ strict: false });
  const query = crossTabQuery(search);
  const table = useApi('crossTab', { study }, query);
  return (
    <Answer of={table}>
      {(found) => (
        <section aria-labelledby="crosstab-title" aria-busy={table.isPlaceholderData}>
          <h2 id="crosstab-title">{found.title}</h2>
          <DraftNote draft={found.draft} />
          <p className="files">
            <a href={addressOf('crossTabFile', { study, format: 'csv' }, { ...query, lang })}>CSV</a>
            <a href={addressOf('crossTabFile', { study, format: 'xlsx' }, { ...query, lang })}>XLSX</a>
            <span className="note">{say('web.crosstab.link')}</span>
          </p>
          <div className="beside">
            <CountedTable
              table={found}
              sort={search.sort}
              onSort={(sort) => change({ sort: sort ?? '' })}
              renderCell={(cell) => (
                <Link
                  to="/$lang/$study/crosstab/cell"
                  params={{ lang, study }}
                  search={{ ...search, address: cell.address }}
                >
                  {cell.text}
                </Link>
              )}
            />
            <Picture
              figures={found.figures}
              kind={search.kind}
              onKind={(kind) => change({ kind })}
              from="crossTabFigure"
              params={{ study }}
              query={query}
            />
          </div>
        </section>
      )}
    </Answer>
  );
};

/** Any table a person asks for, from any statistical fields; the address reproduces it. */
export const CrossTabPage = () => {
  const say = useWords();
  const lang = useLanguage();
  const navigate = useNavigate();
  const { study = '' } = useParams({ strict: false });
  const search = useSearch({ from: '/$lang/$study/crosstab' });
  const overview = useApi('overview', { study });
  return (
    <>
      <Title>{say('web.crosstab.title')}</Title>
      <p className="lead">{say('web.crosstab.about')}</p>
      <Answer of={overview}>
        {(found) => {
          const asked = { ...search, of: search.of ?? found.countable[0]?.table ?? '' };
          const change = (part: CrossTabSearch): void =>
            void navigate({
              to: '/$lang/$study/crosstab',
              params: { lang, study },
              search: withoutEmpty({ ...asked, ...part }),
              replace: true,
              resetScroll: false,
            });
          const empty = (asked.rows ?? '') === '' && (asked.columns ?? '') === '';
          return (
            <>
              <Builder overview={found} search={asked} change={change} />
              {empty ? (
                <output>{say('web.crosstab.choose')}</output>
              ) : (
                <Result search={asked} change={change} />
              )}
            </>
          );
        }}
      </Answer>
    </>
  );
};
