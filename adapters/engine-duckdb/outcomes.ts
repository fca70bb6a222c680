import {
  definitionProblem,
  fixedDimensions,
  fractionOfReal,
  type Measure,
  monthsOf,
  type Outcome,
  type Snapshot,
  type Study,
  type TableDefinition,
  type Term,
} from '../../src/tables/index.ts';
import {
  add,
  type CellMissing,
  divide,
  type Fraction,
  fraction,
  type Missing,
  missing,
  multiply,
} from '../../src/vocabulary/index.ts';
import { decimalsOf, termDecimals } from './measure-sql.ts';
import type { SqlScope } from './sources.ts';

/** A row of the outer query: bigint counts and sums, doubles of statistics, null where nothing was there. */
export type GroupRow = Readonly<Record<string, bigint | number | string | null>>;

/** Reads the outcomes of one definition from its grouped rows. Codes are those of the dimensions, `_total` for a total. */
export interface Reading {
  readonly study: Study;
  readonly snapshot: Snapshot;
  readonly definition: TableDefinition;
  readonly scope: SqlScope;
  /** The grouped row at codes; undefined where no row was counted. */
  readonly at: (codes: readonly string[]) => GroupRow | undefined;
  /** The grouped rows of the single periods, where a time dimension stands at its total; else the row at codes. */
  readonly overTime: (codes: readonly string[]) => readonly GroupRow[];
  /** Codes of the period dimension that have rows. */
  readonly periods: readonly string[];
}

const TOTAL = '_total';
const whole = (row: GroupRow | undefined, column: string): bigint =>
  BigInt((row?.[column] as bigint | null | undefined) ?? 0n);
const count = (row: GroupRow | undefined, column: string): number => Number(whole(row, column));
const nothing = (n: number, nMissing: number): Missing<CellMissing> =>
  missing(n + nMissing === 0 ? 'no_cases' : 'undefined');

interface Amount {
  readonly value: Fraction;
  readonly n: number;
  readonly nMissing: number;
  readonly known: boolean;
}

const amountAt = (reading: Reading, row: GroupRow | undefined, id: string, term: Term): Amount => {
  const { definition, scope } = reading;
  const nMissing = count(row, `${id}_missing`);
  const value = fraction(whole(row, `${id}_total`), 10n ** BigInt(termDecimals(definition, scope, term)));
  const distinct = term.kind === 'distinct' || (term.kind === 'count' && definition.distinct !== undefined);
  const rows = count(row, `${id}_n`);
  const n = distinct ? count(row, `${id}_total`) : rows;
  return { value, n, nMissing, known: nMissing === 0 || rows + count(row, `${id}_out`) > 0 };
};

type TermMeasure = Measure & { kind: 'term' };

/** The amount of a measure at codes; over time it is what the periods add up to where the measure says so. */
const measured = (
  reading: Reading,
  codes: readonly string[],
  id: string,
  { term, overPeriods }: TermMeasure,
): Amount => {
  const whole = amountAt(reading, reading.at(codes), id, term);
  if (overPeriods !== 'sum') return whole;
  const parts = reading.overTime(codes).map((row) => amountAt(reading, row, id, term));
  const value = parts.reduce((sum, part) => add(sum, part.value), fraction(0));
  return { ...whole, value, n: parts.reduce((sum, part) => sum + part.n, 0) };
};

const referred = (
  definition: TableDefinition,
  name: string,
): { readonly id: string; readonly measure: TermMeasure } => {
  const index = definition.measures.findIndex((m) => m.id === name);
  const found = definition.measures[index];
  if (found === undefined) throw definitionProblem(definition, 'measure_unknown', name);
  if (found.kind !== 'term') throw definitionProblem(definition, 'measure_not_a_term', name);
  return { id: `m${index}`, measure: found };
};

const share = (reading: Reading, measure: Measure & { kind: 'share' }, codes: readonly string[]): Outcome => {
  const { definition } = reading;
  const { id, measure: counted } = referred(definition, measure.measure);
  const fixed = fixedDimensions(definition, measure.within);
  const baseCodes = codes.map((code, d) => (fixed.has(definition.dimensions[d]?.by ?? '') ? code : TOTAL));
  const part = measured(reading, codes, id, counted);
  const base = measured(reading, baseCodes, id, counted);
  const rows = { n: base.n, nMissing: base.nMissing };
  if (!part.known || !base.known) return { value: missing('undefined'), ...rows };
  const parts = { numerator: part.value, denominator: base.value, ...rows };
  if (base.value.num === 0n) return { value: nothing(base.n, base.nMissing), ...parts };
  return { value: multiply(fraction(100), divide(part.value, base.value)), ...parts };
};

const months = (
  { study, snapshot, definition, periods }: Reading,
  codes: readonly string[],
): Fraction | undefined => {
  const partOfYear = definition.dimensions.some(
    (d, i) => ['year', 'quarter', 'month'].includes(d.by) && codes[i] !== TOTAL,
  );
  if (partOfYear) return undefined;
  const at = definition.dimensions.findIndex((d) => d.by === 'period');
  const code = codes[at];
  const shown =
    at < 0
      ? snapshot.manifest.periods
      : code !== TOTAL
        ? [code ?? '']
        : [...new Set([...snapshot.manifest.periods, ...periods])];
  const codeOf = (by: string): string | undefined =>
    codes[definition.dimensions.findIndex((d) => d.by === by)];
  return monthsOf(study, snapshot, definition, shown, codeOf);
};

const rate = (reading: Reading, measure: Measure & { kind: 'rate' }, codes: readonly string[]): Outcome => {
  const { id, measure: counted } = referred(reading.definition, measure.measure);
  const { value, n, nMissing, known } = measured(reading, codes, id, counted);
  if (!known) return { value: missing('undefined'), n, nMissing };
  const exposure = months(reading, codes);
  if (exposure === undefined || exposure.num === 0n)
    return { value: missing('no_exposure'), numerator: value, n, nMissing };
  return { value: divide(value, exposure), numerator: value, denominator: exposure, n, nMissing };
};

const ratio = (
  row: GroupRow | undefined,
  id: string,
  scale: Fraction,
  decimals: readonly [number, number],
): Outcome => {
  const [n, nMissing] = [count(row, `${id}_n`), count(row, `${id}_missing`)];
  const numerator = fraction(whole(row, `${id}_a_total`), 10n ** BigInt(decimals[0]));
  const denominator = fraction(whole(row, `${id}_b_total`), 10n ** BigInt(decimals[1]));
  if (denominator.num === 0n) return { value: nothing(n, nMissing), numerator, denominator, n, nMissing };
  return { value: multiply(scale, divide(numerator, denominator)), numerator, denominator, n, nMissing };
};

/** Quartiles of integers are whole multiples of a quarter: exact in a double. */
const quarters = (value: number): Fraction => fraction(BigInt(Math.round(value * 4)), 4n);

const statistic = (
  reading: Reading,
  row: GroupRow | undefined,
  id: string,
  measure: Measure & { kind: 'statistic' },
): Outcome => {
  const [n, nMissing] = [count(row, `${id}_n`), count(row, `${id}_missing`)];
  if (n === 0) return { value: nothing(n, nMissing), n, nMissing };
  const scale = fraction(1, 10n ** BigInt(decimalsOf(reading.definition, reading.scope, measure.field)));
  const found = row?.[`${id}_total`] ?? null;
  if (found === null) return { value: missing('undefined'), n, nMissing };
  switch (measure.statistic) {
    case 'mean': {
      const numerator = multiply(scale, fraction(BigInt(found)));
      return { value: divide(numerator, fraction(n)), numerator, denominator: fraction(n), n, nMissing };
    }
    case 'trimmed_mean':
      return {
        value: divide(multiply(scale, fraction(BigInt(found))), fraction(n - 2 * Math.floor(n / 10))),
        n,
        nMissing,
      };
    case 'mode':
    case 'min':
    case 'max':
      return { value: multiply(scale, fraction(BigInt(found))), n, nMissing };
    case 'median':
    case 'q1':
    case 'q3':
      return { value: multiply(scale, quarters(Number(found))), n, nMissing };
    case 'geometric_mean':
      if (whole(row, `${id}_least`) <= 0n) return { value: missing('undefined'), n, nMissing };
      return { value: multiply(scale, fractionOfReal(Number(found))), n, nMissing };
    case 'spread':
      return { value: multiply(scale, fractionOfReal(Number(found))), n, nMissing };
  }
};

/** The outcome of a measure at codes. */
export const outcomeAt = (reading: Reading, measureId: string, codes: readonly string[]): Outcome => {
  const { definition, scope } = reading;
  const index = definition.measures.findIndex((m) => m.id === measureId);
  const measure = definition.measures[index];
  if (measure === undefined) throw definitionProblem(definition, 'measure_unknown', measureId);
  const [id, row] = [`m${index}`, reading.at(codes)];
  switch (measure.kind) {
    case 'term': {
      const { value, n, nMissing, known } = measured(reading, codes, id, measure);
      return known ? { value, numerator: value, n, nMissing } : { value: missing('undefined'), n, nMissing };
    }
    case 'share':
      return share(reading, measure, codes);
    case 'rate':
      return rate(reading, measure, codes);
    case 'ratio': {
      const decimals = [
        termDecimals(definition, scope, measure.numerator),
        termDecimals(definition, scope, measure.denominator),
      ] as const;
      return ratio(row, id, fraction(BigInt(Math.round(measure.scale * 1e6)), 1_000_000n), decimals);
    }
    case 'top_box':
      return ratio(row, id, fraction(100), [0, 0]);
    case 'statistic':
      return statistic(reading, row, id, measure);
  }
};
