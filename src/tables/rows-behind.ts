import type { Snapshot } from '../snapshot/index.ts';
import type { Measure, Study, TableDefinition } from '../study/index.ts';
import { add, type Fraction, fraction, ProblemError, problem } from '../vocabulary/index.ts';
import { parseAddress, placeOfAddress } from './address.ts';
import { fieldStatus, numberColumn, planTerm, type TermPlan } from './amount.ts';
import { type ContributingRow, TOTAL } from './cell.ts';
import { truthOf } from './condition.ts';
import { definitionProblem } from './definition-problem.ts';
import { type DimensionPlan, planDimension } from './dimension-plan.ts';
import { fixedDimensions, planRatio, termNamed } from './measure-plan.ts';
import { isTime } from './over-time.ts';
import { newProgram, type Program, runProgram } from './program.ts';
import { EVERY, type Status, vectorOf } from './status.ts';
import { type TableView, tableView } from './table-view.ts';

const ZERO = fraction(0);
const ONE = fraction(1);

/** What a row adds; undefined when it is out or missing. Asked row by row in order, so that a repeat of a value adds 0. */
type Part = (row: number) => Fraction | undefined;

const statusAt = (program: Program, status: Status): ((row: number) => number) => {
  const { data } = vectorOf(program, status);
  return (row) => data[row] as number;
};

/** Every row in the same period. */
const once: (row: number) => string = () => '';

/** In which of its periods a row stands, where a value that occurs in several counts in each. */
const periodOf = (
  dimensions: readonly DimensionPlan[],
  { overPeriods }: Measure & { kind: 'term' },
): ((row: number) => string) => {
  const time = dimensions.filter((d) => isTime(d.by));
  if (overPeriods !== 'sum' || time.length === 0) return once;
  return (row) => time.map(({ coded, groupOf }) => groupOf[coded.slots[row] as number]).join(' ');
};

const partOf = (program: Program, { status, adds }: TermPlan, periodAt = once): Part => {
  const is = statusAt(program, status);
  if (adds.kind === 'one') return (row) => (is(row) === 1 ? ONE : undefined);
  if (adds.kind === 'number') {
    const { values, decimals } = adds.column;
    const scale = 10n ** BigInt(decimals);
    return (row) => (is(row) === 1 ? fraction(BigInt(values[row] as number), scale) : undefined);
  }
  const seen = new Set<string>();
  return (row) => {
    if (is(row) !== 1) return undefined;
    const entry = `${adds.coded.slots[row]} ${periodAt(row)}`;
    return seen.has(entry) ? ZERO : (seen.add(entry), ONE);
  };
};

/** A row's parts, told whether the row stands in the cell itself or only in the base of its share. */
type Parts = (
  row: number,
  inCell: boolean,
) => { readonly numerator: Fraction; readonly denominator: Fraction } | undefined;

const both =
  (numerator: Part, denominator: Part): Parts =>
  (row) => {
    const [above, below] = [numerator(row), denominator(row)];
    return above === undefined && below === undefined
      ? undefined
      : { numerator: above ?? ZERO, denominator: below ?? ZERO };
  };
const alone =
  (part: Part): Parts =>
  (row) => {
    const numerator = part(row);
    return numerator === undefined ? undefined : { numerator, denominator: ZERO };
  };
const shareOf =
  (inCell: Part, inBase: Part): Parts =>
  (row, isIn) => {
    const denominator = inBase(row);
    if (denominator === undefined) return undefined;
    return { numerator: isIn ? (inCell(row) ?? ZERO) : ZERO, denominator };
  };

const planParts = (
  program: Program,
  definition: TableDefinition,
  dimensions: readonly DimensionPlan[],
  measure: Measure,
): Parts => {
  const ofTerm = (of: Measure & { kind: 'term' }): Part =>
    partOf(program, planTerm(definition, program, of.term), periodOf(dimensions, of));
  switch (measure.kind) {
    case 'term':
      return alone(ofTerm(measure));
    case 'rate':
      return alone(ofTerm(termNamed(definition, measure.measure)));
    case 'share': {
      const of = termNamed(definition, measure.measure);
      return shareOf(ofTerm(of), ofTerm(of));
    }
    case 'ratio':
    case 'top_box': {
      const { numerator, denominator } = planRatio(program, definition, measure);
      return both(partOf(program, numerator), partOf(program, denominator));
    }
    case 'statistic': {
      const column = numberColumn(definition, program, measure.field);
      const status = fieldStatus(program, measure.field, measure.where);
      const values = partOf(program, { status, adds: { kind: 'number', path: measure.field, column } });
      return both(values, partOf(program, { status, adds: { kind: 'one' } }));
    }
  }
};

/** Is a row in the place that an address names? */
const membership = (
  dimensions: readonly DimensionPlan[],
  place: Readonly<Record<string, string>>,
  fixed: (by: string) => boolean,
): ((row: number) => boolean) => {
  const tests = dimensions.map(({ by, coded, groups, groupOf }) => {
    const code = place[by] ?? TOTAL;
    const group = code === TOTAL || !fixed(by) ? undefined : groups.findIndex((g) => g.code === code);
    return (row: number): boolean => {
      const own = groupOf[coded.slots[row] as number] as number;
      return own >= 0 && (group === undefined || own === group);
    };
  });
  return (row) => tests.every((test) => test(row));
};

const identityOf = (view: TableView) => {
  const text = (path: string) => {
    const column = view.column(path);
    return column?.kind === 'text' ? column.values : undefined;
  };
  const [records, revisions] = [text('record_id'), text('revision')];
  const own = view.table.parent === undefined ? undefined : text('row_id');
  return (row: number) => ({
    recordId: records?.[row] ?? '',
    ...(own === undefined ? {} : { rowId: own[row] ?? '' }),
    revision: revisions?.[row] ?? '',
    row,
  });
};

/**
 * The rows behind a cell, in the order of the snapshot. Their parts sum to the cell's numerator and denominator: of a
 * share all rows of the base come, with numerator 0 where they are not in the cell; a repeated value of a distinct count
 * adds 0; of a rate the denominator is months, not rows; of a median and the like the numerator is the row's own value.
 * Throws ProblemError `cell_unknown`.
 */
export const rowsBehind = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  address: string,
): readonly ContributingRow[] => {
  const view = tableView(snapshot, definition.of);
  if (view === undefined) throw definitionProblem(definition, 'table_unknown', definition.of);
  const dimensions = definition.dimensions.map((d) => planDimension(study, view, definition, d));
  const parsed = parseAddress(address);
  const place = placeOfAddress(
    { id: definition.id, dimensions: dimensions.map((d) => ({ ...d, codes: [] })) },
    parsed,
  );
  const measure = definition.measures.find((m) => m.id === parsed.measure);
  const known = dimensions.every(
    ({ by, groups }) => place?.[by] === TOTAL || groups.some((g) => g.code === place?.[by]),
  );
  if (place === undefined || measure === undefined || parsed.table !== definition.id || !known)
    throw new ProblemError(problem('cell_unknown', { address }));

  const program = newProgram(view, Math.max(1, view.table.rows));
  const where = definition.where === undefined ? EVERY : truthOf(program, definition.where.root);
  const [counts, part] = [statusAt(program, where), planParts(program, definition, dimensions, measure)];
  runProgram(program);

  const fixed = measure.kind === 'share' ? fixedDimensions(definition, measure.within) : undefined;
  const inCell = membership(dimensions, place, () => true);
  const inBase = fixed === undefined ? inCell : membership(dimensions, place, (by) => fixed.has(by));
  const identity = identityOf(view);
  const found: ContributingRow[] = [];
  for (let row = 0; row < view.table.rows; row++) {
    if (counts(row) !== 1 || !inBase(row)) continue;
    const adds = part(row, inCell(row));
    if (adds !== undefined) found.push({ ...identity(row), ...adds });
  }
  return found;
};

/** Numerator and denominator that rows add up to. */
export const foldRows = (
  rows: readonly ContributingRow[],
): { readonly numerator: Fraction; readonly denominator: Fraction } =>
  rows.reduce(
    (sum, r) => ({
      numerator: add(sum.numerator, r.numerator),
      denominator: add(sum.denominator, r.denominator),
    }),
    {
      numerator: ZERO,
      denominator: ZERO,
    },
  );
