import {
  type Fraction,
  fraction,
  isMissing,
  type Missing,
  missing,
  parseDecimal,
} from '../vocabulary/index.ts';

/**
 * One number as an earlier publication printed it. `address` is ours, or absent when no table of ours has that number
 * (then it is judged by rule only).
 */
export interface PublishedNumber {
  readonly file: string;
  /** Line in the file, header = 1. */
  readonly line: number;
  readonly series: string;
  readonly measure: string;
  readonly period: string;
  /** Our row codes in the order of the table's dimensions without the period; `_total` for a total. */
  readonly row: readonly string[];
  /** Column of our table, where it is not the period: written after a slash in `row` (`yes/individual`). */
  readonly column?: string;
  readonly value: Fraction | Missing<'none_recorded' | 'not_published'>;
  readonly valueRaw: string;
  readonly decimals: number;
  readonly unit: string;
  /** `as_printed`, or `not_a_statistic` (years, dates, law articles). */
  readonly status: string;
  readonly sourceTable: string;
  readonly breakAfter: boolean;
  /** The row and column keys of the reference file, as its readers know them. */
  readonly referenceRow: string;
  readonly referenceColumn: string;
  /** `eq`; for prose also approx, at_least, at_most_approx, more_than, slightly_below, range, increase, decrease, … */
  readonly relation: string;
  readonly valueMax?: Fraction;
  readonly address?: string;
}

export interface PublishedFile {
  /** File name without extension, e.g. `assemblies_by_city_2018`. */
  readonly id: string;
  readonly source: string;
  readonly numbers: readonly PublishedNumber[];
}

/**
 * - sum: result = Σ parts; a leading minus subtracts; a printed dash counts as 0.
 * - ratio: result = scale × Σ parts × times / Σ under. Shares have scale 100; `under` may be a constant number of months.
 * - equal: the same number in two places; the result repeats the part.
 * - at_most: a part is not greater than the whole.
 * - attainable: some whole number out of Σ parts gives the printed percentage (GRIM).
 * - rows: result = how many of the parts are printed and not 0.
 * - change: result = percent by which the first part differs from the second.
 * - rank: result = the place of the first part among the others, the largest first.
 * - weighted_mean: result = Σ part × weight / Σ weight; weights are `times`, paired with the parts by row, then in order.
 * - least_spread: result is the standard deviation of d = x·y/z, where the parts are the printed means of x, y, z and d,
 *   `times` the printed deviations of x, y, z, `under` the number of answers: not less than they allow (see checker).
 */
export const PUBLISHED_RULE_KINDS = [
  'sum',
  'ratio',
  'equal',
  'at_most',
  'attainable',
  'rows',
  'change',
  'rank',
  'weighted_mean',
  'least_spread',
] as const;
export type PublishedRuleKind = (typeof PUBLISHED_RULE_KINDS)[number];

/**
 * Arithmetic that published numbers must obey among themselves (methodology 11), as data in `published/rules.yaml`.
 * A selector is `file/row/column/period` in reference keys; `*` is any key but a total (`all`, `…_total`), `$name` binds,
 * `{a,b}` lists. The rule is tested once for every number (or, with a constant result, for every binding of the first
 * part) that the variables fit. A plain decimal stands for itself.
 */
export interface PublishedRule {
  readonly id: string;
  readonly kind: PublishedRuleKind;
  readonly result: string;
  readonly parts: readonly string[];
  readonly under: readonly string[];
  readonly times: readonly string[];
  readonly scale: Fraction;
  /** `least_spread`: the whole scores that x, y, z can take, and seven multipliers; any multipliers give a true bound. */
  readonly scores?: readonly [number, number];
  readonly multipliers?: readonly Fraction[];
  /** Variables restricted to some keys. */
  readonly where: ReadonlyMap<string, readonly string[]>;
}

export interface PublishedRules {
  readonly rules: readonly PublishedRule[];
  /** Where two printed numbers contradict each other: which are dropped, by which rules, and what is kept instead. */
  readonly readings: readonly PublishedReading[];
  /** Numbers that records cannot give, with the reason (message id `published.reason.<because>`). */
  readonly notReproducible: readonly { readonly number: string; readonly because: string }[];
}
export interface PublishedReading {
  readonly question: string;
  readonly drop: readonly string[];
  readonly because: readonly string[];
  readonly keep: readonly string[];
}

export const PUBLISHED_COLUMNS = [
  'series',
  'measure',
  'period',
  'row',
  'value',
  'value_raw',
  'decimals',
  'unit',
  'status',
  'source_table',
  'break_after',
  'reference_row',
  'reference_column',
  'relation',
  'value_max',
] as const;

/** Our cell address; a table whose only dimension is the period has that as its row and `_` as its column. */
export const publishedAddress = (
  series: string,
  row: readonly string[],
  column: string,
  measure: string,
): string =>
  row.length === 0 ? `${series}/${column}/_/${measure}` : `${series}/${row.join('.')}/${column}/${measure}`;

/** How a published number is named in rules, witnesses and comparisons: `file/row/column/period` in reference keys. */
export const publishedName = (n: PublishedNumber): string =>
  `${n.file}/${n.referenceRow}/${n.referenceColumn}/${n.period}`;

/**
 * Reads one `published/*.csv`: plain comma-separated text whose cells hold no comma, quote or line break (codes and
 * numbers only), so that a study needs no CSV reader. Throws RangeError naming the line.
 */
export const readPublishedFile = (id: string, text: string): PublishedFile => {
  const numbers = plainRows(id, text, PUBLISHED_COLUMNS).map((cells, index) =>
    readNumber(id, index + 2, cells),
  );
  return { id, source: [...new Set(numbers.map((n) => n.sourceTable))].join('; '), numbers };
};

/** Rows of a plain CSV text under exactly these headings. */
export const plainRows = <C extends string>(
  id: string,
  text: string,
  columns: readonly C[],
): Record<C, string>[] => {
  const [header = '', ...lines] = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  if (header !== columns.join(','))
    throw new RangeError(`${id}.csv:1: the headings must be ${columns.join(',')}`);
  return lines.map((line, index) => {
    const cells = line.split(',');
    if (cells.length !== columns.length || line.includes('"'))
      throw new RangeError(
        `${id}.csv:${index + 2}: ${columns.length} plain cells are needed, without commas or quotes inside`,
      );
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])) as Record<C, string>;
  });
};

const readNumber = (
  file: string,
  line: number,
  cells: Readonly<Record<(typeof PUBLISHED_COLUMNS)[number], string>>,
): PublishedNumber => {
  const [rowText = '', column] = cells.row.split('/');
  const row = rowText === '' ? [] : rowText.split('.');
  const value =
    cells.value !== ''
      ? parseDecimal(cells.value)
      : missing(cells.value_raw === '-' ? 'none_recorded' : 'not_published');
  return {
    file,
    line,
    series: cells.series,
    measure: cells.measure,
    period: cells.period,
    row,
    ...(column === undefined ? {} : { column }),
    value,
    valueRaw: cells.value_raw,
    decimals: Number(cells.decimals || 0),
    unit: cells.unit,
    status: cells.status,
    sourceTable: cells.source_table,
    breakAfter: cells.break_after === 'true',
    referenceRow: cells.reference_row,
    referenceColumn: cells.reference_column,
    relation: cells.relation,
    ...(cells.value_max === '' ? {} : { valueMax: parseDecimal(cells.value_max) }),
    ...(cells.series === ''
      ? {}
      : { address: publishedAddress(cells.series, row, column ?? cells.period, cells.measure) }),
  };
};

export const isPrinted = (n: PublishedNumber): n is PublishedNumber & { readonly value: Fraction } =>
  !isMissing(n.value);

type YamlNode = Readonly<Record<string, unknown>>;
const texts = (node: unknown): readonly string[] =>
  node === undefined ? [] : (Array.isArray(node) ? node : [node]).map((v) => String(v));
const nodes = (node: unknown): readonly YamlNode[] => (Array.isArray(node) ? (node as YamlNode[]) : []);
const isKind = (kind: string): kind is PublishedRuleKind =>
  (PUBLISHED_RULE_KINDS as readonly string[]).includes(kind);

/** Reads the parsed `published/rules.yaml`. Throws RangeError for an unknown kind or a rule without id, result or parts. */
export const readPublishedRules = (document: unknown): PublishedRules => {
  const root = (document ?? {}) as YamlNode;
  return {
    rules: nodes(root['rules']).map(readRule),
    readings: nodes(root['readings']).map((r) => ({
      question: String(r['question'] ?? ''),
      drop: texts(r['drop']),
      because: texts(r['because']),
      keep: texts(r['keep']),
    })),
    notReproducible: nodes(root['not_reproducible']).flatMap((r) =>
      texts(r['numbers']).map((number) => ({ number, because: String(r['because']) })),
    ),
  };
};

const readScores = (id: string, node: unknown): readonly [number, number] => {
  const [low, high] = texts(node).map(Number);
  if (low === undefined || high === undefined || !Number.isInteger(low) || !Number.isInteger(high) || low < 1)
    throw new RangeError(`rules.yaml: rule ${id} needs scores: [lowest, highest], whole numbers from 1`);
  return [low, high];
};

const readRule = (node: YamlNode): PublishedRule => {
  const [id, kind] = [String(node['id'] ?? ''), String(node['kind'] ?? '')];
  const parts = texts(node['parts']);
  if (id === '' || !isKind(kind) || node['result'] === undefined || parts.length === 0)
    throw new RangeError(
      `rules.yaml: rule ${id || '(without id)'} needs id, kind (${PUBLISHED_RULE_KINDS.join(', ')}), result, parts`,
    );
  const where = Object.entries((node['where'] ?? {}) as YamlNode).map(
    ([name, keys]) => [name, texts(keys)] as const,
  );
  return {
    id,
    kind,
    result: String(node['result']),
    parts,
    under: texts(node['under']),
    times: texts(node['times']),
    scale: node['scale'] === undefined ? fraction(1) : parseDecimal(String(node['scale'])),
    where: new Map(where),
    ...(node['scores'] === undefined ? {} : { scores: readScores(id, node['scores']) }),
    ...(node['multipliers'] === undefined
      ? {}
      : { multipliers: texts(node['multipliers']).map(parseDecimal) }),
  };
};

export const CROSSWALK_COLUMNS = ['list', 'reference_code', 'our_code', 'note'] as const;
