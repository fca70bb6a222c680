import type { NumberColumn } from '../snapshot/index.ts';
import type { TableDefinition, Term } from '../study/index.ts';
import { fraction, type Fraction } from '../vocabulary/index.ts';
import {
  histogramOf,
  rowsOf,
  sumOf,
  sumsExactly,
  tallyOf,
  type CellIndex,
  type Histogram,
} from './accumulate.ts';
import { codedColumn, type CodedColumn } from './coded-column.ts';
import { definitionProblem, fieldProblem } from './definition-problem.ts';
import { BESIDE, TERM } from './kernels.ts';
import { withTotals, type Layout } from './layout.ts';
import { truthOf } from './condition.ts';
import { combine, everyRow, lookUp, type Bytes, type Program } from './program.ts';

/** Where a measure is counted. */
export interface Ground {
  readonly program: Program;
  readonly cells: CellIndex;
  readonly layout: Layout;
  readonly definition: TableDefinition;
}

/** An amount at one place: exact, with the rows it rests on. */
export interface Amount {
  readonly value: Fraction;
  readonly n: number;
  readonly nMissing: number;
  /** False when rows are there but not one of them says anything: then 0 would be a stand-in for "not known". */
  readonly known: boolean;
}

/** A term compiled to statuses (out, in, missing) and to what a row that is in adds. */
export interface TermPlan {
  /** Undefined: every row is in. */
  readonly status: Bytes | undefined;
  readonly adds:
    | { readonly kind: 'one' }
    | { readonly kind: 'number'; readonly path: string; readonly column: NumberColumn }
    | { readonly kind: 'distinct'; readonly path: string; readonly coded: CodedColumn };
}

const RECORDED = new Uint8Array(256).fill(2).fill(1, 0, 1);

/** In where the column has a value, missing where it has a gap; undefined when it has none anywhere. */
export const recorded = (program: Program, path: string): Bytes | undefined => {
  const missing = program.view.column(path)?.missing;
  return missing === undefined ? undefined : lookUp(program, `recorded ${path}`, missing, RECORDED);
};

/** Status of a field under a condition. */
export const fieldStatus = (program: Program, path: string, where: Term['where']): Bytes | undefined => {
  const values = recorded(program, path);
  if (where === undefined) return values;
  const truth = truthOf(program, where.root);
  return values === undefined ? truth : combine(program, 'term', truth, values, TERM);
};

export const numberColumn = (definition: TableDefinition, program: Program, path: string): NumberColumn => {
  const column = program.view.column(path);
  if (column === undefined) throw fieldProblem(definition, path);
  if (column.kind !== 'number') throw definitionProblem(definition, 'not_a_number', path);
  return column;
};

const distinctPlan = (
  definition: TableDefinition,
  program: Program,
  path: string,
  where: Term['where'],
): TermPlan => {
  const column = program.view.column(path);
  if (column === undefined) throw fieldProblem(definition, path);
  return {
    status: fieldStatus(program, path, where),
    adds: { kind: 'distinct', path, coded: codedColumn(column) },
  };
};

/** Compiles a term. In a table that counts a reference (`unit: distinct(…)`) a count counts its different values. */
export const planTerm = (definition: TableDefinition, program: Program, term: Term): TermPlan => {
  switch (term.kind) {
    case 'count':
      if (definition.distinct !== undefined)
        return distinctPlan(definition, program, definition.distinct, term.where);
      return {
        status: term.where === undefined ? undefined : truthOf(program, term.where.root),
        adds: { kind: 'one' },
      };
    case 'sum': {
      const column = numberColumn(definition, program, term.field);
      return {
        status: fieldStatus(program, term.field, term.where),
        adds: { kind: 'number', path: term.field, column },
      };
    }
    case 'distinct':
      return distinctPlan(definition, program, term.field, term.where);
  }
};

/** The term beside another one in a ratio: rows where the other part is missing are missing here too. */
export const planBeside = (program: Program, term: TermPlan, other: TermPlan): TermPlan => {
  if (other.status === undefined) return term;
  const own = term.status ?? everyRow(program);
  return { ...term, status: combine(program, 'beside', own, other.status, BESIDE) };
};
type At<T> = (place: number) => T;

/** Rows in, missing and out at a place. */
export interface Standing {
  readonly n: number;
  readonly nMissing: number;
  readonly known: boolean;
}

export const standing = (
  { program, cells, layout }: Ground,
  status: Bytes | undefined,
): (() => At<Standing>) => {
  if (status === undefined) {
    const rows = rowsOf(program, cells);
    return () => {
      const total = withTotals(rows, layout, 1);
      return (place) => ({ n: total[place] as number, nMissing: 0, known: true });
    };
  }
  const tally = tallyOf(program, cells, status);
  return () => {
    const total = withTotals(tally, layout, 3);
    return (place) => {
      const [out, n, nMissing] = [
        total[place * 3] as number,
        total[place * 3 + 1] as number,
        total[place * 3 + 2] as number,
      ];
      return { n, nMissing, known: out + n > 0 || nMissing === 0 };
    };
  };
};

/** Exact sum of value x count over a histogram, in units of 10^-decimals. */
export const histogramSum = (histogram: Histogram, coded: CodedColumn, cells: readonly number[]): bigint =>
  histogram
    .over(cells)
    .reduce((sum, [entry, count]) => sum + BigInt(coded.entries[entry]?.number ?? 0) * BigInt(count), 0n);

const numberAt = (
  ground: Ground,
  { status, adds }: TermPlan & { adds: { kind: 'number' } },
): (() => At<Fraction>) => {
  const { program, cells, layout } = ground;
  const scale = 10n ** BigInt(adds.column.decimals);
  if (sumsExactly(program, adds.column)) {
    const sums = sumOf(program, cells, status, adds.path, adds.column);
    return () => {
      const total = withTotals(sums, layout, 1);
      return (place) => fraction(BigInt(total[place] as number), scale);
    };
  }
  const coded = codedColumn(adds.column);
  const histogram = histogramOf(program, cells, status, adds.path, coded);
  return () => (place) => fraction(histogramSum(histogram, coded, layout.inner(place)), scale);
};

/** Adds a term to the program; the result is read when the program has run. */
export const countTerm = (ground: Ground, term: TermPlan): (() => At<Amount>) => {
  const { adds, status } = term;
  const stand = standing(ground, status);
  if (adds.kind === 'one')
    return () => {
      const at = stand();
      return (place) => {
        const s = at(place);
        return { ...s, value: fraction(s.n) };
      };
    };
  if (adds.kind === 'number') {
    const sums = numberAt(ground, { ...term, adds });
    return () => {
      const [at, sum] = [stand(), sums()];
      return (place) => ({ ...at(place), value: sum(place) });
    };
  }
  const histogram = histogramOf(ground.program, ground.cells, status, adds.path, adds.coded);
  return () => {
    const at = stand();
    return (place) => {
      const different = histogram.over(ground.layout.inner(place)).length;
      return { ...at(place), n: different, value: fraction(different) };
    };
  };
};
