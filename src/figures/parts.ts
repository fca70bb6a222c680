import type { Table, TableMeasure } from '../tables/index.ts';
import { type Problem, problem } from '../vocabulary/index.ts';
import type { FigureRequest } from './figure.ts';
import type { Pen } from './pen.ts';

/** One of the tables that make a picture, with the measure drawn of it. */
export interface Part {
  readonly table: Table;
  readonly measure: TableMeasure;
}

/** The table of a request and those beside it, in their order; a measure that a table lacks is a problem. */
export const partsOf = ({ table, beside = [] }: FigureRequest, pen: Pen): readonly Part[] | Problem => {
  const parts: Part[] = [{ table, measure: pen.measure }];
  for (const one of beside) {
    const measure = one.table.measures.find((m) => m.id === one.measure);
    if (measure === undefined)
      return problem('figure_measure_unknown', { measure: one.measure, table: one.table.id });
    parts.push({ table: one.table, measure });
  }
  return parts;
};

/** Titles of tables without what all of them share before or after a colon: "Likelihood: theft" among its kind is "Theft". */
export const tellingTitles = (titles: readonly string[]): readonly string[] => {
  const pieces = titles.map((title) => title.split(': '));
  const shared = new Set(pieces[0]?.filter((piece) => pieces.every((other) => other.includes(piece))));
  if (titles.length < 2) return titles;
  return pieces.map((of, i) => {
    const telling = of.filter((piece) => !shared.has(piece)).join(': ');
    return telling === '' ? (titles[i] ?? '') : telling.slice(0, 1).toLocaleUpperCase() + telling.slice(1);
  });
};
