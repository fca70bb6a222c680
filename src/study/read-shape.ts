import type { z } from 'zod';
import { LANGUAGES, type Problem, type ProblemPlace, problem } from '../vocabulary/index.ts';
import { ALWAYS_IDENTITY } from './instrument.ts';
import { nearest } from './nearest.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** Keys whose value is a text for people: without it the study has an unlabelled thing. */
const LABEL_KEYS: ReadonlySet<string | number> = new Set([
  'label',
  'title',
  'note',
  'definition',
  'hint',
  'constraint_message',
]);
const isLanguage = (key: unknown): boolean => (LANGUAGES as readonly unknown[]).includes(key);

/**
 * Reads a value of a file by its schema. All faults are reported; where only a label, a sensitivity class or an unknown
 * key is at fault, a stand-in lets the reading go on, so that one run tells everything. The stand-in never gets out: a
 * study with problems is not returned.
 */
export const readShape = <S extends z.ZodType>(
  schema: S,
  source: YamlSource,
): { readonly value?: z.output<S>; readonly problems: readonly Problem[] } => {
  const { value } = source;
  const first = schema.safeParse(value);
  if (first.success) return { value: first.data, problems: [] };
  const problems = first.error.issues.flatMap((issue) => problemsOf(issue, schema, source));
  const mended = structuredClone(value);
  for (const issue of first.error.issues) mend(mended, issue, source);
  const second = schema.safeParse(mended);
  return second.success ? { value: second.data, problems } : { problems };
};

const keysOf = (path: readonly PropertyKey[]): YamlPath =>
  path.map((key) => (typeof key === 'number' ? key : String(key)));
const valueAt = (value: unknown, path: YamlPath): unknown =>
  path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined,
    value,
  );

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const isLabelFault = (key: unknown, present: boolean, value: unknown): boolean =>
  ((isLanguage(key) || LABEL_KEYS.has(key as string)) && !present) ||
  (LABEL_KEYS.has(key as string) && typeof value === 'string');

const problemsOf = (issue: Issue, schema: z.ZodType, source: YamlSource): readonly Problem[] => {
  const path = keysOf(issue.path);
  const root = source.value;
  const at = source.at(path);
  const key = path.at(-1);
  const present = source.has(path);
  const value = valueAt(root, path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) =>
      problem(
        'study_key_unknown',
        { key: name, nearest: nearest(name, knownKeys(schema, path)) },
        source.atKey([...path, name]),
      ),
    );
  if (isLabelFault(key, present, value))
    return [problem('study_label_missing', labelDetails(path, root), at)];
  if (key === 'sensitivity')
    return [
      problem(
        'study_sensitivity_missing',
        { field: shown(valueAt(root, [...path.slice(0, -1), 'name'])) },
        at,
      ),
    ];
  // The only rule beyond shapes is that a day exists.
  if (issue.code === 'custom') return [problem('study_date_impossible', { date: shown(value) }, at)];
  return [shapeProblem(issue, path, present, value, at, named(path, root))];
};

/** A path as a person names it: items of lists by their name, id or code. */
const named = (path: YamlPath, root: unknown): string => {
  let node = root;
  const steps = path.map((key) => {
    node = valueAt(node, [key]);
    const { name, id, code } = (
      typeof key === 'number' && typeof node === 'object' ? (node ?? {}) : {}
    ) as Record<string, unknown>;
    return String([name, id, code].find((n) => typeof n === 'string') ?? key);
  });
  return steps.join('.');
};

const labelDetails = (
  path: YamlPath,
  root: unknown,
): { readonly what: string; readonly languages: string } =>
  isLanguage(path.at(-1))
    ? { what: named(path.slice(0, -1), root), languages: String(path.at(-1)) }
    : { what: named(path, root), languages: LANGUAGES.join(', ') };

const shapeProblem = (
  issue: Issue,
  path: YamlPath,
  present: boolean,
  value: unknown,
  at: ProblemPlace,
  name: string,
): Problem => {
  const say = (kind: string, expected: string): Problem =>
    problem('study_shape', { path: name || '.', kind, expected, found: shown(value) }, at);
  if (!present && path.length > 0) return say('missing', String(path.at(-1)));
  switch (issue.code) {
    case 'invalid_type':
      return say('type', issue.expected);
    case 'invalid_value':
      return say('value', issue.values.map(String).join(', '));
    case 'invalid_format':
      return say('format', issue.pattern ?? issue.format);
    case 'invalid_key':
      return say('key', String(issue.path.at(-1) ?? ''));
    case 'too_small':
      return say('small', String(issue.minimum));
    case 'too_big':
      return say('big', String(issue.maximum));
    default:
      return say('other', '');
  }
};

/** The keys that a schema knows at a path, for a suggestion. */
const knownKeys = (schema: z.ZodType, path: YamlPath): readonly string[] => {
  let def = (schema as unknown as Schema).def;
  for (const key of path) {
    for (let inner = def.innerType; inner !== undefined; inner = def.innerType) def = inner.def;
    const next =
      typeof key === 'number' ? (def.element ?? def.items?.[key]) : (def.shape?.[key] ?? def.valueType);
    if (next === undefined) return [];
    def = next.def;
  }
  for (let inner = def.innerType; inner !== undefined; inner = def.innerType) def = inner.def;
  const objects = def.options?.map((o) => o.def) ?? [def];
  return objects.flatMap((o) => Object.keys(o.shape ?? {}));
};
interface SchemaDef {
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly valueType?: Schema;
  readonly items?: readonly Schema[];
  readonly options?: readonly Schema[];
}
interface Schema {
  readonly def: SchemaDef;
}

const SEALED_TYPES: readonly string[] = ALWAYS_IDENTITY;
const STAND_IN = { kk: '?', ru: '?', en: '?' };

/** Puts a stand-in where a label or class is missing, and drops unknown keys. */
const mend = (root: unknown, issue: Issue, source: YamlSource): void => {
  const path = keysOf(issue.path);
  const key = path.at(-1);
  const parent = valueAt(root, issue.code === 'unrecognized_keys' ? path : path.slice(0, -1));
  if (typeof parent !== 'object' || parent === null) return;
  const record = parent as Record<string, unknown>;
  if (issue.code === 'unrecognized_keys') for (const name of issue.keys) delete record[name];
  else if (key === 'sensitivity')
    record['sensitivity'] = SEALED_TYPES.includes(String(record['type'])) ? 'identity' : 'statistical';
  else if (key !== undefined && isLabelFault(key, source.has(path), record[key]))
    record[key] = isLanguage(key) ? '?' : STAND_IN;
};
