import type { Expression } from './expression.ts';
import { labelOf } from './located.ts';
import type { MeasureInput } from './shape/table-file.ts';
import { type IntervalMethod, type Measure, STATISTICS, type Term } from './table-definition.ts';
import { definitionFault, type TableScope, tableColumn, tableExpression, tableFault } from './table-scope.ts';

const KINDS = [
  'count',
  'sum',
  'distinct',
  'share',
  'share_where',
  'ratio',
  'rate',
  'top_box',
  ...STATISTICS,
] as const;
type Kind = (typeof KINDS)[number];
/** Keys that complete a kind. */
const EXTRA: readonly (readonly [keyof MeasureInput, readonly Kind[]])[] = [
  ['within', ['share']],
  ['base', ['share_where']],
  ['scale', ['ratio']],
  ['per', ['rate']],
  ['codes', ['top_box']],
  ['over_periods', ['distinct']],
  ['where', ['sum', 'distinct', ...STATISTICS]],
];

/** A measure, its unit already known: shares and rates refer to other measures by name. */
type Unit = string | undefined;
type Built = { readonly kindPart: KindPart; readonly unit: Unit; readonly decimals: number };
type KindPart = Measure extends infer M
  ? M extends Measure
    ? Omit<M, 'id' | 'label' | 'unit' | 'decimals' | 'polarity' | 'lowerBound' | 'interval'>
    : never
  : never;

/** The measures of a table in their order. One that is faulty is reported and left out. */
export const buildMeasures = (t: TableScope): readonly Measure[] => {
  const { measures, id: table } = t.input.value;
  if (Object.keys(measures).length === 0) definitionFault(t, 'no_measure', '', 'measures');
  return Object.entries(measures).flatMap(([id, input]) => {
    const built = buildMeasure(t, id, input);
    if (built === undefined) return [];
    return [
      {
        id,
        label: labelOf(t.findings, input.label, `table ${table}.${id}`),
        unit: input.unit ?? built.unit ?? 'number',
        decimals: input.decimals ?? built.decimals,
        ...(input.polarity === undefined ? {} : { polarity: input.polarity }),
        ...(input.lower_bound === true ? { lowerBound: true } : {}),
        ...intervalMethod(t, id, input, built.kindPart),
        ...built.kindPart,
      } as Measure,
    ];
  });
};

const isCount = (term: Term): boolean => term.kind === 'count';

/**
 * An interval needs counts of rows: a share of rows, or a rate of them. Sums of persons are no independent cases. Of a
 * statistic it needs to know who is one person.
 */
const intervalMethod = (
  t: TableScope,
  id: string,
  { interval, share, rate: rated }: MeasureInput,
  part: KindPart,
): { readonly interval?: IntervalMethod } => {
  if (interval === undefined) return {};
  const countsRows = t.input.value.measures[share ?? rated ?? '']?.count !== undefined;
  const fits =
    interval === 'bootstrap' || interval === 'leave_one_out'
      ? part.kind === 'statistic' && t.input.value.persons !== undefined
      : interval === 'poisson'
        ? part.kind === 'rate' && countsRows
        : part.kind === 'top_box' ||
          (part.kind === 'share' && countsRows) ||
          (part.kind === 'ratio' &&
            part.scale === 100 &&
            isCount(part.numerator) &&
            isCount(part.denominator));
  return fits
    ? { interval }
    : (definitionFault(t, 'interval_unfit', interval, 'measures', id, 'interval') ?? {});
};

const kindOf = (t: TableScope, id: string, input: MeasureInput): Kind | undefined => {
  const kinds = KINDS.filter((kind) => input[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined) return definitionFault(t, 'no_kind', id, 'measures', id);
  if (kinds.length > 1) return definitionFault(t, 'two_kinds', kinds.join(', '), 'measures', id);
  for (const [key, of] of EXTRA)
    if (input[key] !== undefined && !of.includes(kind))
      definitionFault(t, 'key_unfit', key, 'measures', id, key);
  return kind;
};

const buildMeasure = (t: TableScope, id: string, input: MeasureInput): Built | undefined => {
  const kind = kindOf(t, id, input);
  const at = ['measures', id] as const;
  switch (kind) {
    case undefined:
      return undefined;
    case 'count':
    case 'sum':
    case 'distinct': {
      const term = plainTerm(t, kind, input, at);
      const over = input.over_periods === undefined ? {} : { overPeriods: input.over_periods };
      return (
        term && {
          kindPart: { kind: 'term', term: term.term, ...over },
          unit: term.unit,
          decimals: term.decimals,
        }
      );
    }
    case 'share': {
      const of = otherMeasure(t, id, input.share ?? '', ...at, 'share');
      return (
        of && {
          kindPart: { kind: 'share', measure: input.share ?? '', within: within(t, id, input) },
          unit: 'percent',
          decimals: 1,
        }
      );
    }
    case 'share_where':
      return shareWhere(t, input, at);
    case 'ratio':
      return ratio(t, input, at);
    case 'rate':
      return rate(t, id, input, at);
    case 'top_box': {
      const column = tableColumn(t, input.top_box ?? '', ...at, 'top_box');
      if (column === undefined) return undefined;
      if (input.codes === undefined) return definitionFault(t, 'codes_needed', id, ...at);
      const known = column.codeList === undefined ? undefined : t.scope.codes(column.codeList);
      for (const [i, code] of input.codes.entries())
        if (known !== undefined && !known.has(code))
          tableFault(
            t,
            'study_code_unknown',
            { code, list: column.codeList ?? '', nearest: 'none' },
            ...at,
            'codes',
            i,
          );
      return {
        kindPart: { kind: 'top_box', field: column.path, codes: input.codes },
        unit: 'percent',
        decimals: 1,
      };
    }
    default: {
      const column = numberColumn(t, input[kind] ?? '', ...at, kind);
      const where = input.where === undefined ? undefined : tableExpression(t, input.where, ...at, 'where');
      return (
        column && {
          kindPart: { kind: 'statistic', statistic: kind, field: column.path, ...optional(where) },
          unit: column.unit,
          decimals: 1,
        }
      );
    }
  }
};

type At = readonly (string | number)[];
interface UnitTerm {
  readonly term: Term;
  readonly unit: Unit;
  readonly decimals: number;
}
const optional = (where: Expression | undefined): { readonly where?: Expression } =>
  where === undefined ? {} : { where };

const numberColumn = (t: TableScope, name: string, ...at: At) => {
  const column = tableColumn(t, name, ...at);
  return column === undefined || column.type === 'number'
    ? column
    : definitionFault(t, 'not_a_number', name, ...at);
};

const plainTerm = (
  t: TableScope,
  kind: 'count' | 'sum' | 'distinct',
  input: MeasureInput,
  at: At,
): UnitTerm | undefined => {
  const where = input.where === undefined ? undefined : tableExpression(t, input.where, ...at, 'where');
  if (kind === 'count') {
    const condition =
      input.count === true || input.count === undefined
        ? undefined
        : tableExpression(t, input.count, ...at, 'count');
    return { term: { kind, ...optional(condition) }, unit: t.input.value.unit, decimals: 0 };
  }
  return fieldTerm(t, kind, input[kind] ?? '', where, [...at, kind]);
};

const fieldTerm = (
  t: TableScope,
  kind: 'sum' | 'distinct',
  name: string,
  where: Expression | undefined,
  at: At,
): UnitTerm | undefined => {
  const column = kind === 'sum' ? numberColumn(t, name, ...at) : tableColumn(t, name, ...at);
  if (column === undefined) return undefined;
  return {
    term: { kind, field: column.path, ...optional(where) },
    unit: kind === 'sum' ? (column.unit ?? 'number') : (column.unit ?? column.path),
    decimals: kind === 'sum' ? column.decimals : 0,
  };
};

/** A term of a ratio: `count`, `count(expr)`, `sum(path)`, `distinct(path)`. */
const writtenTerm = (t: TableScope, text: string, at: At): UnitTerm | undefined => {
  const match = /^(count|sum|distinct)(?:\s*\((.*)\))?$/s.exec(text.trim());
  const [, kind, inside] = match ?? [];
  if (kind === 'count') {
    const where =
      inside === undefined || inside.trim() === '' ? undefined : tableExpression(t, inside, ...at);
    return { term: { kind, ...optional(where) }, unit: t.input.value.unit, decimals: 0 };
  }
  if ((kind === 'sum' || kind === 'distinct') && inside !== undefined)
    return fieldTerm(t, kind, inside.trim(), undefined, at);
  return definitionFault(t, 'term', text, ...at);
};

const ratio = (t: TableScope, input: MeasureInput, at: At): Built | undefined => {
  const [over, under] = input.ratio ?? ['', ''];
  const numerator = writtenTerm(t, over, [...at, 'ratio', 0]);
  const denominator = writtenTerm(t, under, [...at, 'ratio', 1]);
  if (numerator === undefined || denominator === undefined) return undefined;
  if (numerator.unit !== denominator.unit && input.unit === undefined)
    return tableFault(
      t,
      'study_unit_division',
      { numerator: numerator.unit ?? '', denominator: denominator.unit ?? '' },
      ...at,
      'ratio',
    );
  const scale = input.scale ?? 1;
  const kindPart = {
    kind: 'ratio',
    numerator: numerator.term,
    denominator: denominator.term,
    scale,
  } as const;
  return { kindPart, unit: scale === 100 ? 'percent' : 'ratio', decimals: 2 };
};

/** Percent of the base rows: what is counted above is also in the base below. */
const shareWhere = (t: TableScope, input: MeasureInput, at: At): Built | undefined => {
  const part = input.share_where ?? '';
  const { base } = input;
  const counted = tableExpression(t, part, ...at, 'share_where');
  const below = base === undefined ? undefined : tableExpression(t, base, ...at, 'base');
  if (counted === undefined || (base !== undefined && below === undefined)) return undefined;
  const both: Expression =
    below === undefined
      ? counted
      : {
          source: `(${base}) and (${part})`,
          root: {
            kind: 'binary',
            at: 0,
            type: 'boolean',
            operator: 'and',
            left: below.root,
            right: counted.root,
          },
        };
  const kindPart = {
    kind: 'ratio',
    numerator: { kind: 'count', where: both },
    denominator: { kind: 'count', ...optional(below) },
    scale: 100,
  } as const;
  return { kindPart, unit: 'percent', decimals: 1 };
};

/** A rate divides a count by months, so its definition must say what that is. */
const rate = (t: TableScope, id: string, input: MeasureInput, at: At): Built | undefined => {
  const of = otherMeasure(t, id, input.rate ?? '', ...at, 'rate');
  if (of === undefined) return undefined;
  if (input.unit === undefined)
    return tableFault(
      t,
      'study_unit_division',
      { numerator: of.unit ?? t.input.value.unit, denominator: 'months' },
      ...at,
      'rate',
    );
  return {
    kindPart: { kind: 'rate', measure: input.rate ?? '', per: 'month' },
    unit: input.unit,
    decimals: 2,
  };
};

/** A share or rate is taken of a count, a sum or a distinct count of the same table. */
const otherMeasure = (t: TableScope, id: string, name: string, ...at: At): MeasureInput | undefined => {
  const other = t.input.value.measures[name];
  if (other === undefined || name === id) return definitionFault(t, 'measure_unknown', name, ...at);
  if (other.count === undefined && other.sum === undefined && other.distinct === undefined)
    return definitionFault(t, 'measure_not_a_term', name, ...at);
  return other;
};

const within = (
  t: TableScope,
  id: string,
  input: MeasureInput,
): 'table' | 'row' | 'column' | readonly string[] => {
  const base = input.within ?? 'table';
  const dimensions = (t.input.value.dimensions ?? []).map((d) => d.by);
  if (typeof base !== 'string')
    for (const [i, name] of base.entries())
      if (!dimensions.includes(name))
        definitionFault(t, 'dimension_unknown', name, 'measures', id, 'within', i);
  return base;
};
