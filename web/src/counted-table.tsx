import type { ReactNode } from 'react';
import type { WireCell, WireTable } from '../../src/contract/index.ts';
import { Wide } from './wide.tsx';
import { useWords } from './words.tsx';

interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

interface Props {
  readonly table: WireTable;
  /** Name of a value column, `-` before it for the largest first; absent for the table's own order. */
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly renderCell: (cell: WireCell) => ReactNode;
}

const readSort = (table: WireTable, sort: string | undefined): Sorting | undefined => {
  const descending = sort?.startsWith('-') ?? false;
  const column = table.columns.indexOf(descending ? (sort?.slice(1) ?? '') : (sort ?? ''));
  return column < 0 ? undefined : { column, descending };
};

/** Next sorting of a column: large first, small first, the table's own order. */
const nextSort = (sort: Sorting | undefined, column: number, name: string): string | undefined =>
  sort?.column !== column ? `-${name}` : sort.descending ? name : undefined;

/** Rows by a column; gaps stand last whichever way, totals below all. */
export const sortedRows = (rows: WireTable['rows'], sort: Sorting | undefined): WireTable['rows'] => {
  if (sort === undefined) return rows;
  const number = (row: WireTable['rows'][number]): number | undefined => row.cells[sort.column]?.number;
  const compare = (a: WireTable['rows'][number], b: WireTable['rows'][number]): number => {
    const [x, y] = [number(a), number(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sort.descending ? y - x : x - y;
  };
  return [...rows.filter((r) => !r.total).toSorted(compare), ...rows.filter((r) => r.total)];
};

const SORTED = { true: 'descending', false: 'ascending' } as const;

const Head = ({
  table,
  sort,
  onSort,
}: {
  readonly table: WireTable;
  readonly sort: Sorting | undefined;
  readonly onSort: Props['onSort'];
}) => {
  const { header, stub, columns } = table;
  return (
    <thead>
      {header.map((row, level) => {
        let at = 0;
        return (
          <tr key={level === 0 ? 'top' : 'low'}>
            {level > 0
              ? null
              : stub.map((text) => (
                  <th key={text} scope="col" rowSpan={header.length}>
                    {text}
                  </th>
                ))}
            {row.map((heading) => {
              const column = at;
              at += heading.span;
              const name = columns[column] ?? '';
              if (level < header.length - 1)
                return (
                  <th key={name} scope="colgroup" colSpan={heading.span} className="group">
                    {heading.text}
                  </th>
                );
              const here = sort?.column === column ? sort : undefined;
              return (
                <th
                  key={name}
                  scope="col"
                  className="number"
                  aria-sort={here === undefined ? undefined : SORTED[`${here.descending}`]}
                >
                  <button type="button" onClick={() => onSort(nextSort(sort, column, name))}>
                    {heading.text}
                    <span className="arrow" aria-hidden="true">
                      {here === undefined ? '' : here.descending ? '▼' : '▲'}
                    </span>
                  </button>
                </th>
              );
            })}
          </tr>
        );
      })}
    </thead>
  );
};

const Value = ({
  cell,
  renderCell,
}: {
  readonly cell: WireCell;
  readonly renderCell: Props['renderCell'];
}) => {
  if (cell.missing !== undefined)
    return (
      <td className="number gap" title={cell.missing}>
        <span aria-hidden="true">{cell.text}</span>
        <span className="unseen">{cell.missing}</span>
      </td>
    );
  return (
    <td className={cell.origin === 'published' ? 'number published' : 'number'}>
      {renderCell(cell)}
      {cell.marks === '' ? null : <sup>{cell.marks}</sup>}
      {cell.interval === undefined ? null : <small>{cell.interval}</small>}
    </td>
  );
};

/** A counted table; every number leads to how it was made, every column can be sorted. */
export const CountedTable = ({ table, sort, onSort, renderCell }: Props) => {
  const say = useWords();
  const sorting = readSort(table, sort);
  return (
    <div className="table">
      <Wide label={say('web.table.region', { title: table.title })}>
        <table className="counted">
          <Head table={table} sort={sorting} onSort={onSort} />
          <tbody>
            {sortedRows(table.rows, sorting).map((row) => (
              <tr key={row.cells[0]?.address} className={row.total ? 'total' : undefined}>
                {row.labels.map((text, i) => (
                  <th key={table.stub[i]} scope="row">
                    {text}
                  </th>
                ))}
                {row.cells.map((cell) => (
                  <Value key={cell.address} cell={cell} renderCell={renderCell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <ul className="notes">
        <li>
          {say('web.cell.unit')}: {table.unit}
        </li>
        {table.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
};
