import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { WireCellDetail, WireOverview, WireTable } from '../../../src/contract/index.ts';
import { Answer, Title } from '../answer.tsx';
import { addressOf, useApi } from '../api.ts';
import { CellDetail } from '../cell-detail.tsx';
import { CountedTable, nextSort } from '../counted-table.tsx';
import { Picture } from '../picture.tsx';
import { useLanguage, useWords } from '../words.tsx';
import { useState } from 'react';

/** A cross-tab as its address says it: the same words as a table definition. */
export interface CrossTabSearch {
  readonly of: string;
  readonly rows: string;
  readonly columns: string;
  readonly where: string;
  readonly measure: string;
  /** The cell that is opened, if any. */
  readonly address: string;
}

type Countable = WireOverview['countable'][number];

const Choice = (props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
}) => (
  <label>
    {props.label}
    <select value={props.value} onChange={(e) => props.onChange(e.target.value)}>
      {props.options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.text}
        </option>
      ))}
    </select>
  </label>
);

const Builder = ({
  overview,
  search,
  change,
}: {
  readonly overview: WireOverview;
  readonly search: CrossTabSearch;
  readonly change: (part: Partial<CrossTabSearch>) => void;
}) => {
  const say = useWords();
  const [where, setWhere] = useState(search.where);
  const table: Countable | undefined = overview.countable.find((t) => t.table === search.of) ?? overview.countable[0];
  if (table === undefined) return null;
  const codes = table.columns.filter((c) => c.kind === 'code').map((c) => ({ value: c.path, text: c.title }));
  const numbers = table.columns.filter((c) => c.kind === 'number');
  const none = { value: '', text: say('web.crosstab.none') };
  const measures = [
    { value: 'count', text: say('web.crosstab.count') },
    ...(['row', 'column', 'table'] as const).map((w) => ({ value: `share:${w}`, text: say(`web.crosstab.share_${w}`) })),
    ...(['sum', 'mean', 'median'] as const).flatMap((kind) =>
      numbers.map((c) => ({ value: `${kind}:${c.path}`, text: `${say(`web.measure.${kind}`)}: ${c.title}` })),
    ),
  ];
  return (
    <form
      className="filters"
      onSubmit={(e) => {
        e.preventDefault();
        change({ where, address: '' });
      }}
    >
      <Choice
        label={say('web.crosstab.of')}
        value={table.table}
        options={overview.countable.map((t) => ({ value: t.table, text: t.title }))}
        onChange={(of) => change({ of, rows: '', columns: '', where: '', measure: 'count', address: '' })}
      />
      <Choice label={say('web.crosstab.rows')} value={search.rows} options={[none, ...codes]} onChange={(rows) => change({ rows, address: '' })} />
      <Choice
        label={say('web.crosstab.columns')}
        value={search.columns}
        options={[none, ...codes.filter((c) => c.value !== search.rows)]}
        onChange={(columns) => change({ columns, address: '' })}
      />
      <Choice
        label={say('web.crosstab.measure')}
        value={search.measure === '' ? 'count' : search.measure}
        options={measures}
        onChange={(measure) => change({ measure, address: '' })}
      />
      <label className="long">
        {say('web.crosstab.where')}
        <input value={where} onChange={(e) => setWhere(e.target.value)} placeholder="counted" spellCheck={false} aria-describedby="where-hint" />
        <span id="where-hint" className="hint">
          {say('web.crosstab.where_hint')}
        </span>
      </label>
      <button type="submit">{say('web.crosstab.filter')}</button>
    </form>
  );
};

const Result = ({ search, change }: { readonly search: CrossTabSearch; readonly change: (part: Partial<CrossTabSearch>) => void }) => {
  const say = useWords();
  const lang = useLanguage();
  const { study = '' } = useParams({ strict: false });
  const [sort, setSort] = useState<ReturnType<typeof nextSort>>(undefined);
  const [kind, setKind] = useState('bar');
  const [from, setFrom] = useState(0);
  const { address, ...query } = search;
  const table = useApi<WireTable>('crossTab', { study }, query);
  const detail = useApi<WireCellDetail>('crossTabCell', { study }, { ...query, address, from }, address !== '');
  return (
    <Answer of={table}>
      {(found) => (
        <>
          <h2>{found.title}</h2>
          <p className="files">
            <a href={addressOf('crossTabFile', { study, format: 'csv' }, { ...query, lang })}>CSV</a>
            <a href={addressOf('crossTabFile', { study, format: 'xlsx' }, { ...query, lang })}>XLSX</a>
            <span>{say('web.crosstab.link')}</span>
          </p>
          <CountedTable
            table={found}
            sort={sort}
            onSort={(column) => setSort(nextSort(sort, column))}
            cellLink={(cell) => (
              <button
                type="button"
                className="cell"
                onClick={() => {
                  setFrom(0);
                  change({ address: cell.address });
                }}
              >
                {cell.text}
              </button>
            )}
          />
          <Picture
            kinds={found.figures}
            kind={kind}
            onKind={setKind}
            addressOf={(k, width) => addressOf('crossTabFigure', { study }, { ...query, lang, kind: k, width })}
            title={found.title}
          />
          {address === '' ? null : (
            <section className="detail" aria-live="polite">
              <Answer of={detail}>{(d) => <CellDetail detail={d} onPage={setFrom} />}</Answer>
            </section>
          )}
        </>
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
  const overview = useApi<WireOverview>('overview', { study });
  const change = (part: Partial<CrossTabSearch>): void =>
    void navigate({ to: '/$lang/$study/crosstab', params: { lang, study }, search: { ...search, ...part }, replace: true, resetScroll: false });
  return (
    <>
      <Title>{say('web.crosstab.title')}</Title>
      <p className="lead">{say('web.crosstab.about')}</p>
      <Answer of={overview}>
        {(found) => {
          const of = search.of === '' ? (found.countable[0]?.table ?? '') : search.of;
          const asked = { ...search, of, measure: search.measure === '' ? 'count' : search.measure };
          return (
            <>
              <Builder key={of} overview={found} search={asked} change={change} />
              {asked.rows === '' && asked.columns === '' ? <p role="status">{say('web.crosstab.choose')}</p> : <Result search={asked} change={change} />}
            </>
          );
        }}
      </Answer>
    </>
  );
};
