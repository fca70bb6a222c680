import { type Field, type Instrument, nearest, type Study } from '../study/index.ts';
import { type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import type { BoundMapping, BoundRepeat, BoundRule } from './bound-mapping.ts';
import type { ColumnRule, Mapping, RepeatRule } from './mapping.ts';
import { unknownCodes } from './read-code.ts';
import { secretColumnProblems } from './secret-columns.ts';
import { type Target, targetsOf } from './target.ts';

type Rules = Readonly<Record<string, ColumnRule>>;

const shape = (path: string, what: string, name: string, near = 'none'): Problem =>
  problem('import_mapping_shape', { path, what, name, nearest: near });

const covers = (field: Field, path: string): boolean =>
  path === field.path || path.startsWith(`${field.path}.`);

const ruleProblems = (study: Study, at: string, target: Target, rule: ColumnRule): readonly Problem[] => {
  const sources = [rule.from, rule.part, rule.constant, rule.flags].filter((s) => s !== undefined).length;
  if (sources !== 1) return [shape(at, 'one_source', target.path)];
  if (Array.isArray(rule.from) && target.kind !== 'reference') return [shape(at, 'one_column', target.path)];
  if (rule.flags !== undefined && target.kind !== 'codes') return [shape(at, 'flags', target.path)];
  if (rule.folder !== undefined && target.kind !== 'files') return [shape(at, 'folder', target.path)];
  if (target.codeList === undefined) return [];
  return unknownCodes(study, target.codeList, rule).map((code) =>
    shape(at, 'code_unknown', code, target.codeList),
  );
};

/** What rules are checked against. */
interface Binding {
  readonly study: Study;
  /** Whether there are keys to seal identity fields to. */
  readonly canSeal: boolean;
  readonly problems: Problem[];
}

/**
 * Rules against the fields they name. Identity comes first: without keys such a mapping is refused whatever else is wrong
 * with it.
 */
const bindRules = (
  { study, canSeal, problems }: Binding,
  fields: readonly Field[],
  rules: Rules,
  at: string,
): readonly BoundRule[] => {
  const targets = targetsOf(fields);
  return Object.entries(rules).flatMap(([path, rule]) => {
    const place = `${at}.${path}`;
    const field = fields.find((f) => covers(f, path));
    const target = targets.get(path);
    if (field?.sensitivity === 'identity' && !canSeal)
      problems.push(problem('identity_needs_sealing', { field: path }, { field: path }));
    else if (target === undefined)
      problems.push(
        shape(
          place,
          field === undefined ? 'field_unknown' : 'field_not_filled',
          path,
          nearest(path, targets.keys()),
        ),
      );
    else {
      const found = ruleProblems(study, place, target, rule);
      problems.push(...found);
      return found.length === 0 ? [{ target, rule }] : [];
    }
    return [];
  });
};

const numbered = (columns: Rules, n: number): Rules =>
  Object.fromEntries(
    Object.entries(columns).map(([path, rule]) => [
      path,
      typeof rule.from === 'string' ? { ...rule, from: rule.from.replaceAll('{n}', String(n)) } : rule,
    ]),
  );

const templates = (rule: RepeatRule): readonly Rules[] => {
  if ('rows' in rule) return rule.rows;
  if ('split' in rule) return [rule.columns];
  const { from, to } = rule.numbered;
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => numbered(rule.columns, from + i));
};

/**
 * The fields of a row. Those of a repeat that is sealed as a whole are what it is, whatever they say of themselves, and no
 * file is attached there: its rows are one value.
 */
const inSecret = ({ sensitivity, fields = [] }: Field): readonly Field[] =>
  sensitivity === 'identity'
    ? fields.filter((field) => field.type !== 'attachment').map((field) => ({ ...field, sensitivity }))
    : fields;

const bindRepeat = (
  binding: Binding,
  instrument: Instrument,
  path: string,
  rule: RepeatRule,
): readonly BoundRepeat[] => {
  const { canSeal, problems } = binding;
  const field = instrument.fields.find((f) => f.path === path);
  if (field?.sensitivity === 'identity' && !canSeal) {
    problems.push(problem('identity_needs_sealing', { field: path }, { field: path }));
    return [];
  }
  if (field === undefined || (field.type !== 'repeat' && field.type !== 'shares')) {
    const repeats = instrument.fields
      .filter((f) => f.type === 'repeat' || f.type === 'shares')
      .map((f) => f.path);
    problems.push(shape(`repeats.${path}`, 'repeat_unknown', path, nearest(path, repeats)));
    return [];
  }
  const rows = templates(rule).map((rules) => bindRules(binding, inSecret(field), rules, `repeats.${path}`));
  return [
    {
      field,
      rows,
      ...('split' in rule ? { split: rule.split } : {}),
      skip: new Set(rule.skip ?? []),
    },
  ];
};

/**
 * Checks a mapping against its study before any file is opened; `canSeal` says whether identity fields may be filled.
 * Throws ProblemError with everything found: `identity_needs_sealing`, `import_column_identity`, `import_mapping_shape`,
 * `import_same_person`.
 */
export const bindMapping = (study: Study, mapping: Mapping, canSeal: boolean): BoundMapping => {
  const problems: Problem[] = [];
  const binding = { study, canSeal, problems };
  const instrument = study.instruments.get(mapping.instrument);
  if (mapping.study !== study.id) problems.push(shape('study', 'study_unknown', mapping.study, study.id));
  if (instrument === undefined)
    throw new ProblemError([
      ...problems,
      shape(
        'instrument',
        'instrument_unknown',
        mapping.instrument,
        nearest(mapping.instrument, study.instruments.keys()),
      ),
    ]);
  const rules = bindRules(binding, instrument.fields, mapping.columns, 'columns');
  const repeats = Object.entries(mapping.repeats ?? {}).flatMap(([path, rule]) =>
    bindRepeat(binding, instrument, path, rule),
  );
  const bound = { study, instrument, mapping, rules, repeats };
  problems.push(...secretColumnProblems(bound));
  const { author, vouched_by: voucher } = mapping.review;
  if (author.constant !== undefined && author.constant === voucher?.constant)
    problems.push(problem('import_same_person', { person: author.constant }));
  if (problems.length > 0) throw new ProblemError(problems);
  return bound;
};
