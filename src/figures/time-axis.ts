import { isGapCode, monthLabel } from '../tables/index.ts';
import type { Grid, GridColumn } from './grid.ts';

const MONTH = /^\d{4}-\d{2}$/;

const nextMonth = (code: string): string => {
  const [year = 0, month = 0] = code.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
};

/** Every month from the first to the last: a month in which nothing was is as wide as any other. */
const monthsBetween = (codes: readonly string[]): readonly string[] => {
  const [first, last] = [codes.toSorted()[0] ?? '', codes.toSorted().at(-1) ?? ''];
  const all = [first];
  while ((all.at(-1) ?? last) < last) all.push(nextMonth(all.at(-1) ?? last));
  return all;
};

/** The periods of several tables as one axis, dates that are not known at its end. */
export const timeAxis = (grids: readonly Grid[]): readonly GridColumn[] => {
  const columns = new Map(grids.flatMap((grid) => grid.columns.map((c) => [c.code, c] as const)));
  const known = [...columns.keys()].filter((code) => !isGapCode(code));
  const isMonths = known.length > 0 && known.every((code) => MONTH.test(code));
  const codes = isMonths ? monthsBetween(known) : known;
  const unknown = [...columns.keys()].filter(isGapCode);
  return [...codes, ...unknown].flatMap((code): GridColumn[] => {
    const label = columns.get(code)?.label ?? monthLabel(code);
    return label === undefined ? [] : [{ code, label }];
  });
};

/** The rows of a grid, without totals, along an axis: no cell where its table has none. */
export const along = (axis: readonly GridColumn[], { rows, columns }: Grid): Grid => {
  const at = new Map(columns.map((c, i) => [c.code, i]));
  return {
    columns: axis,
    rows: rows
      .filter((row) => !row.total)
      .map((row) => ({ ...row, cells: axis.map(({ code }) => row.cells[at.get(code) ?? -1]) })),
  };
};
