import type { ReactNode } from 'react';
import type { WireCell, WireTable } from '../../src/contract/index.ts';
import { Draft } from './answer.tsx';
import { useWords } from './words.tsx';

interface Props {
  readonly table: WireTable;
  /** Index of the sorted column and its direction, or nothing for the table's own order. */
  readonly sort: { readonly column: number; readonly descending: boolean } | undefined;
  readonly onSort: (column: number) => void;
  readonly cellLink: (cell: WireCell) => ReactNode;
}

const order = (table: WireTable, sort: Props['sort']): WireTable['rows'] => {
  if (sort === undefined) return table.rows;
  const value = (row: WireTable['rows'][number]): number => row.cells[sort.column]?.number ?? Number.NEGATIVE_INFINITY;
  const rows = table.rows.filter((r) => !r.total).toSorted((a, b) => (sort.descending ? value(b) - value(a) : value(a) - value(b)));
  return [...rows, ...table.rows.filter((r) => r.total)];
};

/** A counted table; every number leads to how it was made, every column can be sorted. */
export const CountedTable = ({ table, sort, onSort, cellLink }: Props) => {
  const say = useWords();
  const rowTitles = table.dimensions.slice(0, Math.max(1, table.rows[0]?.codes.length ?? 1));
  const several = table.measures.length > 1;
  return (
    <div className="wide" role="region" aria-label={table.title} tabIndex={0}>
      <table className="counted">
        <thead>
          <tr>
            {rowTitles.map((d) => (
              <th key={d.by} scope="col">
                {d.title}
              </th>
            ))}
            {table.columns.map((c, i) => (
              <th
                key={`${c.code?.code ?? ''}/${c.measure}`}
                scope="col"
                className="number"
                aria-sort={sort?.column === i ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" onClick={() => onSort(i)}>
                  {c.code === undefined ? c.title : several ? `${c.code.text}: ${c.title}` : c.code.text}
                  <span aria-hidden="true">{sort?.column === i ? (sort.descending ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order(table, sort).map((row) => (
            <tr key={row.codes.map((c) => c.code).join('/')} className={row.total ? 'total' : undefined}>
              {row.codes.map((c) => (
                <th key={c.code} scope="row">
                  {c.text}
                  <Draft draft={c.draft} />
                </th>
              ))}
              {row.cells.map((cell) => (
                <td key={cell.address} className={cell.origin === 'published' ? 'number published' : 'number'}>
                  {cell.missing === undefined || cell.n > 0 ? cellLink(cell) : <span className="gap">{cell.text}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.some((r) => r.cells.some((c) => c.origin === 'published')) ? <p className="note">{say('web.table.published')}</p> : null}
      {table.breaks.map((b) => (
        <p key={b.before} className="note">
          {say('report.break_before', { column: b.before, label: b.text })}
        </p>
      ))}
      {table.note === undefined ? null : <p className="note">{table.note}</p>}
    </div>
  );
};

/** Next sorting of a column: large first, small first, the table's own order. */
export const nextSort = (sort: Props['sort'], column: number): Props['sort'] =>
  sort?.column !== column ? { column, descending: true } : sort.descending ? { column, descending: false } : undefined;
