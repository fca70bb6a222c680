import type { PublishedNumber, SeriesBreak, Study, TableDefinition } from '../study/index.ts';
import { compare, isMissing, missing, type Period } from '../vocabulary/index.ts';
import {
  type Cell,
  type CellFlag,
  type Table,
  type TableDimension,
  type TableMeasure,
  TOTAL,
} from './cell.ts';
import { dimensionLabels } from './dimension-labels.ts';
import { isGapCode, PANEL_BREAK, plainLabel } from './reserved-codes.ts';

const published = new WeakMap<Study, Map<string, readonly PublishedNumber[]>>();

/** Numbers of earlier publications that belong to a table: of its files, and of its series. */
export const publishedNumbersOf = (study: Study, definition: TableDefinition): readonly PublishedNumber[] => {
  if (definition.published.length === 0) return [];
  const known = published.get(study) ?? new Map<string, readonly PublishedNumber[]>();
  published.set(study, known);
  const key = [definition.id, ...definition.published].join(' ');
  let numbers = known.get(key);
  if (numbers === undefined) {
    const files = study.published.filter((file) => definition.published.includes(file.id));
    numbers = files
      .flatMap((f) => f.numbers)
      .filter((n) => n.series === definition.id && n.status === 'as_printed');
    known.set(key, numbers);
  }
  return numbers;
};

/** Codes that earlier publications give for a dimension: a series shows them, cases or not. */
export const publishedCodes = (
  study: Study,
  definition: TableDefinition,
  by: string,
): ReadonlySet<string> => {
  if (by === 'period' || !definition.dimensions.some((d) => d.by === 'period')) return new Set();
  const index = definition.dimensions.filter((d) => d.by !== 'period').findIndex((d) => d.by === by);
  return new Set(publishedNumbersOf(study, definition).flatMap((n) => n.row[index] ?? []));
};

const keyOf = (codes: readonly string[], measure: string): string => [...codes, measure].join('\n');

const LOWER_BOUND: ReadonlySet<string> = new Set(['at_least', 'more_than', 'over']);

const publishedCell = (at: Cell['at'], measure: TableMeasure, n: PublishedNumber): Cell => ({
  at,
  measure: measure.id,
  value: n.value,
  n: 0,
  nMissing: 0,
  unit: measure.unit,
  origin: 'published',
  flags: LOWER_BOUND.has(n.relation) ? ['lower_bound'] : [],
  source: `${n.file}.csv:${n.line}`,
  printed: { text: n.valueRaw, decimals: n.decimals },
});

const noCell = (at: Cell['at'], measure: TableMeasure): Cell => ({
  at,
  measure: measure.id,
  value: missing('not_published'),
  n: 0,
  nMissing: 0,
  unit: measure.unit,
  origin: 'published',
  flags: [],
});

/** Codes as shown, with those that only the publications have in their place of the list, before gaps and the total. */
const joinCodes = (
  study: Study,
  definition: TableDefinition,
  shown: TableDimension,
  more: ReadonlySet<string>,
): TableDimension => {
  const dimension = definition.dimensions.find((d) => d.by === shown.by);
  const known = new Set(shown.codes.map((c) => c.code));
  const added = [...more].filter((code) => !known.has(code));
  if (dimension === undefined || added.length === 0) return shown;
  const { labelOf, listed } = dimensionLabels(study, definition, dimension);
  const rank = (code: string): number => (listed.includes(code) ? listed.indexOf(code) : listed.length);
  const last = shown.codes.filter(({ code }) => code === TOTAL || isGapCode(code));
  const first = shown.codes.filter((c) => !last.includes(c));
  const extra = added.filter((c) => c !== TOTAL).sort((a, b) => rank(a) - rank(b));
  const total = added.includes(TOTAL) ? [TOTAL] : [];
  const labelled = (code: string) => ({ code, label: labelOf(code) });
  return { ...shown, codes: [...first, ...extra.map(labelled), ...last, ...total.map(labelled)] };
};

/** Periods in the study's order. The total over periods is dropped: it would cover the computed ones only. */
const joinPeriods = (study: Study, shown: TableDimension, more: ReadonlySet<string>): TableDimension => {
  const known = new Map(shown.codes.map((c) => [c.code, c]));
  if ([...more].every((code) => known.has(code))) return shown;
  const listed = study.periods.map((p) => p.id).filter((id) => known.has(id) || more.has(id));
  const foreign = [...more].filter((code) => !listed.includes(code) && code !== TOTAL);
  const codes = [...listed, ...foreign].map((code) => known.get(code) ?? { code, label: plainLabel(code) });
  return { ...shown, codes: [...codes, ...shown.codes.filter((c) => isGapCode(c.code))] };
};

const monthsDiffer = (a: Period | undefined, b: Period | undefined): boolean =>
  a?.exposure !== undefined &&
  b?.exposure !== undefined &&
  compare(a.exposure.months, b.exposure.months) !== 0;

/** The first shown period that ends on or after a date: the break lies before it or in it. */
const periodAt = (study: Study, shown: readonly string[], at: string): string | undefined => {
  if (shown.includes(at)) return at;
  return shown.find((id) => {
    const end = study.periods.find((p) => p.id === id)?.end;
    return end !== undefined && end >= at;
  });
};

type TableBreak = Table['breaks'][number];

/** Breaks of a series, those before its first period left out: declared ones, then unequal periods and printed marks. */
const breaksOf = (
  study: Study,
  tableId: string,
  shown: readonly string[],
  numbers: readonly PublishedNumber[],
): readonly TableBreak[] => {
  const applies = ({ tables }: SeriesBreak): boolean => tables.length === 0 || tables.includes(tableId);
  const declared = study.breaks.filter(applies).flatMap(({ at, kind, label }): TableBreak[] => {
    const before = periodAt(study, shown, at);
    return before === undefined ? [] : [{ before, kind, label }];
  });
  const marked = new Set(numbers.filter((n) => n.breakAfter).map((n) => shown[shown.indexOf(n.period) + 1]));
  const found: TableBreak[] = [...declared];
  shown.forEach((id, i) => {
    const [period, previous] = [id, shown[i - 1]].map((p) => study.periods.find((s) => s.id === p));
    const has = (kind: string): boolean => found.some((b) => b.before === id && b.kind === kind);
    if (marked.has(id) && !found.some((b) => b.before === id))
      found.push({ before: id, kind: 'source_panel', label: PANEL_BREAK.source_panel });
    if (i > 0 && monthsDiffer(period, previous) && !has('unequal_period'))
      found.push({ before: id, kind: 'unequal_period', label: PANEL_BREAK.unequal_period });
  });
  return found
    .filter((b) => b.before !== shown[0])
    .toSorted((a, b) => shown.indexOf(a.before) - shown.indexOf(b.before));
};

const product = (dimensions: readonly TableDimension[]): readonly (readonly string[])[] =>
  dimensions.reduce<readonly (readonly string[])[]>(
    (rows, d) => rows.flatMap((row) => d.codes.map((c) => [...row, c.code])),
    [[]],
  );

/**
 * A multi-year series: the counted table joined with what earlier publications printed for other periods. A period with
 * records is computed, whatever was printed for it. Breaks are listed, and the cells of the period after one carry
 * `break_before`. A table without a `period` dimension is returned as it is.
 */
export const joinPublished = (table: Table, study: Study): Table => {
  const definition = study.tables.find((t) => t.id === table.id);
  const position = table.dimensions.findIndex((d) => d.by === 'period');
  if (definition === undefined || position < 0) return table;
  const measures = new Map(table.measures.map((m) => [m.id, m]));
  const numbers = publishedNumbersOf(study, definition).filter(
    (n) => measures.has(n.measure) && n.row.length === table.dimensions.length - 1,
  );
  const codesAt = (n: PublishedNumber): readonly string[] => n.row.toSpliced(position, 0, n.period);
  const printed = new Map(numbers.map((n) => [keyOf(codesAt(n), n.measure), n]));
  const periods = new Set(numbers.map((n) => n.period));
  const dimensions = table.dimensions.map((d, i) =>
    i === position
      ? joinPeriods(study, d, periods)
      : joinCodes(study, definition, d, new Set(numbers.map((n) => codesAt(n)[i] ?? ''))),
  );
  const shown = (dimensions[position]?.codes ?? [])
    .map((c) => c.code)
    .filter((code) => code !== TOTAL && !isGapCode(code));
  const breaks = breaksOf(study, table.id, shown, numbers);
  const broken = new Set(breaks.map((b) => b.before));
  const computedPeriods = new Set(table.dimensions[position]?.codes.map((c) => c.code));
  const order = table.dimensions.map((d) => d.by);
  const computed = new Map(
    table.cells.map((c) => [
      keyOf(
        order.map((by) => c.at[by] ?? ''),
        c.measure,
      ),
      c,
    ]),
  );

  const cells = product(dimensions).flatMap((codes) => {
    const at = Object.fromEntries(order.map((by, i) => [by, codes[i] ?? '']));
    const period = codes[position] ?? '';
    return table.measures.map((measure): Cell => {
      const key = keyOf(codes, measure.id);
      const number = printed.get(key);
      const own =
        computed.get(key) ??
        (computedPeriods.has(period) || number === undefined
          ? noCell(at, measure)
          : publishedCell(at, measure, number));
      const flags: CellFlag[] = broken.has(period) ? [...own.flags, 'break_before'] : [...own.flags];
      return { ...own, flags };
    });
  });
  return { ...table, dimensions, cells, breaks };
};

/** Does the table rest on records alone, on publications alone, or on both? */
export const originsOf = (table: Table): ReadonlySet<Cell['origin']> =>
  new Set(table.cells.filter((c) => !isMissing(c.value)).map((c) => c.origin));
