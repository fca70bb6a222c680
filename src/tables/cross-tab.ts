import {
  columnsOf,
  type Expression,
  type ExpressionNode,
  type Measure,
  type Study,
  type StudyColumn,
  type TableDefinition,
  type Term,
} from '../study/index.ts';
import { type Label, type Language, type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import { DIMENSION_LABELS, plainLabel } from './reserved-codes.ts';

/** What a person asks for on screen: any statistical fields, a condition, one measure. */
export interface CrossTabRequest {
  /** Instrument or child table to count. */
  readonly of: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Default: the rows that count by the study's rule. */
  readonly where?: Expression;
  /** Default: the number of rows. `share` refers to the measure `n`, which is then counted beside it. */
  readonly measure?: Measure;
}

const COMPUTED: ReadonlySet<string> = new Set(['period', 'unit', 'year', 'quarter', 'month']);
const COUNTED: Expression = { source: 'counted', root: { kind: 'counted', at: 0, type: 'boolean' } };

/** Fields that an expression reads. */
const fieldsRead = (node: ExpressionNode): readonly string[] => {
  switch (node.kind) {
    case 'field':
      return [node.path];
    case 'binary':
      return [...fieldsRead(node.left), ...fieldsRead(node.right)];
    case 'negate':
      return fieldsRead(node.operand);
    case 'call':
      return node.args.flatMap(fieldsRead);
    default:
      return [];
  }
};

const fieldsOfTerm = (term: Term): readonly string[] => [
  ...(term.kind === 'count' ? [] : [term.field]),
  ...(term.where === undefined ? [] : fieldsRead(term.where.root)),
];

const fieldsOfMeasure = (measure: Measure): readonly string[] => {
  switch (measure.kind) {
    case 'term':
      return fieldsOfTerm(measure.term);
    case 'ratio':
      return [...fieldsOfTerm(measure.numerator), ...fieldsOfTerm(measure.denominator)];
    case 'statistic':
      return [measure.field, ...(measure.where === undefined ? [] : fieldsRead(measure.where.root))];
    case 'top_box':
      return [measure.field];
    default:
      return [];
  }
};

/** `sanctions.kind` inside any(): the class of the child field, looked up in its own table. */
const findColumn = (study: Study, of: string, path: string): StudyColumn | undefined => {
  const columns = columnsOf(study, of) ?? [];
  const own = columns.find((c) => c.path === path);
  if (own !== undefined) return own;
  const above = columns.find((c) => c.child !== undefined && path.startsWith(`${c.path}.`));
  if (above?.child === undefined) return undefined;
  if (above.sensitivity !== 'statistical') return above;
  return columnsOf(study, above.child)?.find((c) => c.path === path.slice(above.path.length + 1));
};

/** Only coded statistical values are counted for a screen; restricted and identity fields are refused, filters included. */
const check = (study: Study, of: string, path: string): Problem | undefined => {
  if (COMPUTED.has(path)) return undefined;
  const column = findColumn(study, of, path);
  if (column === undefined)
    return problem('table_field_unknown', { table: 'crosstab', field: path, of, nearest: 'none' });
  if (column.sensitivity === 'identity') return problem('snapshot_identity_field', { field: path });
  if (column.sensitivity === 'restricted')
    return problem('table_definition', { table: 'crosstab', reason: 'dimension_restricted', name: path });
  return undefined;
};

const labelOf = (study: Study, of: string, path: string): Label =>
  DIMENSION_LABELS.get(path) ?? findColumn(study, of, path)?.field?.label ?? plainLabel(path);

const joinLabels = (labels: readonly Label[]): Label => {
  const text = (language: Language) => {
    const review = labels.some((l) => l[language].review === 'needed');
    return {
      text: labels.map((l) => l[language].text).join(' × '),
      ...(review ? { review: 'needed' as const } : {}),
    };
  };
  return { kk: text('kk'), ru: text('ru'), en: text('en') };
};

const COUNT_LABEL: Label = { kk: { text: 'Саны' }, ru: { text: 'Число' }, en: { text: 'Count' } };

/**
 * The definition of a cross-tab, like one of a study's own: it can be counted, addressed, traced and saved into a study.
 * The last column dimension is the printed column. Throws ProblemError when a field is unknown or not statistical.
 */
export const crossTab = (study: Study, request: CrossTabRequest): TableDefinition => {
  const { of, rows, columns, where = COUNTED, measure } = request;
  const instrument = [...study.instruments.values()].find((i) => of === i.id || of.startsWith(`${i.id}.`));
  if (instrument === undefined || columnsOf(study, of) === undefined)
    throw new ProblemError(
      problem('table_field_unknown', { table: 'crosstab', field: of, of: '', nearest: 'none' }),
    );
  const dimensions = [...rows, ...columns];
  const used = [
    ...dimensions,
    ...fieldsRead(where.root),
    ...(measure === undefined ? [] : fieldsOfMeasure(measure)),
  ];
  const problems = [...new Set(used)].flatMap((path) => check(study, of, path) ?? []);
  const twice = dimensions.find((by, i) => dimensions.indexOf(by) !== i);
  if (twice !== undefined)
    problems.push(problem('table_definition', { table: 'crosstab', reason: 'dimension_twice', name: twice }));
  if (problems.length > 0) throw new ProblemError(problems);

  const n: Measure = {
    id: 'n',
    label: COUNT_LABEL,
    unit: instrument.unit,
    decimals: 0,
    kind: 'term',
    term: { kind: 'count' },
  };
  const refers = measure?.kind === 'share' || measure?.kind === 'rate';
  return {
    id: ['crosstab', of, rows.join('+') || '_', columns.join('+') || '_'].join('.'),
    title: joinLabels(
      dimensions.length === 0 ? [instrument.title] : dimensions.map((by) => labelOf(study, of, by)),
    ),
    unit: instrument.unit,
    of,
    where,
    measures: measure === undefined ? [n] : refers ? [n, measure] : [measure],
    dimensions: dimensions.map((by) => ({ by, order: { kind: 'list' }, empty: 'hide' })),
    totals: dimensions,
    published: [],
    file: 'crosstab',
    line: 1,
  };
};
