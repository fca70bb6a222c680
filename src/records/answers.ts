import type { Field, Instrument } from '../study/index.ts';
import { dayText, isMissing, missing, parsePartialDate, roundTo } from '../vocabulary/index.ts';
import type { EntryValue, EntryValues } from './entry.ts';
import { evaluateExpression, type RecordScope } from './evaluate.ts';
import type { Evaluated } from './evaluated.ts';
import { isRows } from './leaf.ts';
import { sameValue } from './register.ts';

/** The paths under which a field's answers are stated: a count has four, a note none. */
export const valuePaths = (field: Field): readonly string[] => {
  const parts: Partial<Record<Field['type'], readonly string[]>> = {
    count: ['low', 'best', 'high', 'method'],
    money: ['amount', 'currency'],
    point: ['lat', 'lon'],
    note: [],
  };
  return parts[field.type]?.map((part) => `${field.path}.${part}`) ?? [field.path];
};

/** A record or a row as expressions see it: answers that are not relevant are `not_asked`, derived fields are computed. */
export interface AnswerScope extends RecordScope {
  readonly fields: readonly Field[];
  readonly stated: EntryValues;
  /** True, false, or undefined where the answers it rests on are gaps. A field without a condition is relevant. */
  readonly relevant: (field: Field) => boolean | undefined;
  readonly children: (field: Field) => readonly AnswerScope[];
}

export const answersOf = (instrument: Instrument, values: EntryValues): AnswerScope =>
  scopeOn(instrument.id, instrument.fields, values);

/** Which field a path belongs to. Fields never change once a study is read, so this is worked out once. */
const knownOwners = new WeakMap<readonly Field[], ReadonlyMap<string, Field>>();
const ownersIn = (fields: readonly Field[]): ReadonlyMap<string, Field> => {
  const known = knownOwners.get(fields);
  if (known !== undefined) return known;
  const pathsOf = (field: Field): readonly string[] => [
    field.path,
    ...valuePaths(field),
    ...(field.type === 'date' ? [`${field.path}.last`, `${field.path}.text`] : []),
  ];
  const owners = new Map(fields.flatMap((field) => pathsOf(field).map((path) => [path, field] as const)));
  knownOwners.set(fields, owners);
  return owners;
};

const scopeOn = (
  table: string,
  fields: readonly Field[],
  stated: EntryValues,
  parent?: AnswerScope,
): AnswerScope => {
  const owners = ownersIn(fields);
  const relevance = new Map<Field, boolean | undefined>();
  const derived = new Map<Field, EntryValue>();
  const relevant = (field: Field): boolean | undefined => {
    if (field.relevant === undefined) return true;
    if (relevance.has(field)) return relevance.get(field);
    // Set first: a circle, which `study` refuses, ends here instead of never.
    relevance.set(field, undefined);
    const result = evaluateExpression(field.relevant, scope);
    relevance.set(field, typeof result === 'boolean' ? result : undefined);
    return relevance.get(field);
  };
  const computed = (field: Field, expression: NonNullable<Field['derived']>): EntryValue => {
    const known = derived.get(field);
    if (known !== undefined) return known;
    derived.set(field, missing('not_recorded'));
    const value = valueOf(field, evaluateExpression(expression, scope));
    derived.set(field, value);
    return value;
  };
  const children = (field: Field): readonly AnswerScope[] => {
    const value = relevant(field) === false ? undefined : stated[field.path];
    const rows = isRows(value)
      ? value
      : Array.isArray(value)
        ? value.map((id) => ({ row_id: String(id), values: { value: String(id) } }))
        : [];
    return rows.map((row) => scopeOn(`${table}.${field.path}`, field.fields ?? [], row.values, scope));
  };
  const scope: AnswerScope = {
    table,
    fields,
    stated,
    relevant,
    children,
    get: (path) => {
      const field = owners.get(path);
      if (field === undefined) return stated[path] ?? missing('not_recorded');
      if (relevant(field) === false) return missing('not_asked');
      const value = field.derived === undefined ? stated[path] : computed(field, field.derived);
      if (field.type === 'date' && path !== field.path)
        return datePart(stated[field.path], path.slice(field.path.length + 1));
      return value ?? missing('not_recorded');
    },
    rows: (path) => {
      const field = fields.find((f) => f.path === path);
      return field === undefined ? [] : children(field);
    },
    ...(parent === undefined ? {} : { parent }),
  };
  return scope;
};

const datePart = (value: EntryValue | undefined, part: string): EntryValue => {
  if (value === undefined || isMissing(value))
    return (value as EntryValue | undefined) ?? missing('not_recorded');
  const date = typeof value === 'string' ? parsePartialDate(value) : undefined;
  if (date === undefined) return missing('not_recorded');
  return part === 'last' ? dayText(date.lastDay) : date.text;
};

/** A computed value as an answer of its field: rounded to the field's decimals, half away from zero. */
const valueOf = (field: Field, value: Evaluated): EntryValue => {
  if (isMissing(value)) return value;
  if (typeof value === 'object' && 'num' in value) {
    const text = roundTo(value, field.decimals ?? 0);
    return field.type === 'decimal' || field.type === 'money' ? text : Number(text);
  }
  if (typeof value === 'number') return dayText(value);
  return typeof value === 'boolean' ? (field.type === 'select_one' ? (value ? 'yes' : 'no') : value) : value;
};

/**
 * The answers as they go into an entry: what is not relevant is Missing `not_asked` whatever was typed before (XLSForm),
 * derived fields are computed, everything else as stated. Rows likewise. Paths that the instrument does not know stay.
 */
export const deriveValues = (instrument: Instrument, values: EntryValues): EntryValues =>
  settled(answersOf(instrument, values));

const settled = (scope: AnswerScope): EntryValues => {
  const values: Record<string, EntryValue> = { ...scope.stated };
  for (const field of scope.fields) {
    const derives = field.derived !== undefined;
    const cleared = scope.relevant(field) === false;
    for (const path of valuePaths(field)) if (derives || cleared) values[path] = scope.get(path);
    if (!cleared && isRows(scope.stated[field.path]))
      values[field.path] = scope
        .children(field)
        .map((child, i) => ({ row_id: rowId(scope.stated[field.path], i), values: settled(child) }));
  }
  return values;
};
const rowId = (rows: EntryValue | undefined, index: number): string =>
  isRows(rows) ? (rows[index]?.row_id ?? '') : '';

/** What a revision must state to bring `before` to `after`: changed fields, and `not_recorded` for those that are gone. */
export const reviseValues = (before: ReadonlyMap<string, EntryValue>, after: EntryValues): EntryValues => {
  const changed: Record<string, EntryValue> = {};
  for (const [path, value] of Object.entries(after)) {
    const old = before.get(path);
    if (old === undefined || !sameValue(old, value)) changed[path] = value;
  }
  for (const [path, old] of before)
    if (!(path in after) && !isMissing(old)) changed[path] = missing('not_recorded');
  return changed;
};
