import type { Label } from '../vocabulary/index.ts';
import { checkReferences } from './check-references.ts';
import { checkUpgrades } from './check-upgrades.ts';
import type { CodeList } from './code-list.ts';
import { columnsOfField, RESERVED_NAMES } from './columns.ts';
import { ALWAYS_IDENTITY, type Field, type FieldType, type Instrument } from './instrument.ts';
import type { FieldSource, InstrumentSource } from './instrument-source.ts';
import { byId, type Findings, itemsOf, type Located, labelOf, placeOf, report } from './located.ts';
import { nearest } from './nearest.ts';
import type { FieldInput, InstrumentInput } from './shape/instrument-file.ts';

interface Around {
  readonly findings: Findings;
  readonly codeLists: ReadonlyMap<string, CodeList>;
  readonly instruments: ReadonlySet<string>;
  /** Instruments of another study that lies beside this one. */
  readonly instrumentsOf: (study: string) => ReadonlySet<string> | undefined;
}

/** Instruments without their expressions: names unique, types complete, lists and references known. */
export const buildInstruments = (
  findings: Findings,
  inputs: readonly Located<InstrumentInput>[],
  codeLists: ReadonlyMap<string, CodeList>,
  instrumentsOf: Around['instrumentsOf'] = () => undefined,
): ReadonlyMap<string, InstrumentSource> => {
  const instruments = new Set(inputs.map((i) => i.value.id));
  const around: Around = { findings, codeLists, instruments, instrumentsOf };
  const built = byId(
    findings,
    'instrument',
    inputs.map((input) => [input.value.id, buildInstrument(around, input), placeOf(input, 'id')] as const),
  );
  checkReferences(findings, built);
  return built;
};

const buildInstrument = (around: Around, input: Located<InstrumentInput>): InstrumentSource => {
  const { findings } = around;
  const { value } = input;
  const sections = (value.sections ?? []).map((s) => ({
    id: s.id,
    label: labelOf(findings, s.label, `${value.id} section ${s.id}`),
  }));
  const fields = buildFields(
    around,
    value.id,
    itemsOf({ value: value.fields, source: input.source, path: [...input.path, 'fields'] }),
  );
  for (const { field, input: at } of fields)
    if (field.section !== undefined && !sections.some((s) => s.id === field.section))
      unknown(
        around,
        'section',
        field.section,
        sections.map((s) => s.id),
        at,
        'section',
      );
  const instrument: Instrument = {
    id: value.id,
    version: value.version,
    kind: value.kind,
    unit: value.unit,
    title: labelOf(findings, value.title, value.id),
    sections,
    fields: fields.map((f) => f.field),
    ...(value.date === undefined ? {} : { dateField: value.date }),
    ...(value.place === undefined ? {} : { placeField: value.place }),
    keyFields: value.key ?? [],
    unique: value.unique ?? [],
    ...(value.linkage === undefined ? {} : { linkage: linkageOf(value.linkage) }),
    upgrades: (value.upgrades ?? []).map((u) => ({
      from: u.from,
      rename: new Map(Object.entries(u.rename ?? {})),
      recode: new Map(
        Object.entries(u.recode ?? {}).map(([field, codes]) => [field, new Map(Object.entries(codes))]),
      ),
    })),
  };
  checkPlacement(around, instrument, input);
  checkUnique(around, instrument, input);
  checkLinkage(around, instrument, input);
  checkUpgrades(findings, instrument, input, around.codeLists);
  return { instrument, input, fields };
};

const unknown = (
  around: Around,
  kind: string,
  name: string,
  known: Iterable<string>,
  at: Located<unknown>,
  ...path: (string | number)[]
): void =>
  report(
    around.findings,
    'study_name_unknown',
    { kind, name, nearest: nearest(name, known) },
    placeOf(at, ...path),
  );

const buildFields = (
  around: Around,
  table: string,
  inputs: readonly Located<FieldInput>[],
): readonly FieldSource[] => {
  const sources = inputs.map((input) => buildField(around, table, input));
  const named = sources.flatMap((s) => {
    const paths = [s.field.path, ...columnsOfField(table, s.field).map((c) => c.path)];
    return [...new Set(paths)].map((path) => [path, s, placeOf(s.input, 'name')] as const);
  });
  byId(around.findings, 'field', named);
  for (const { field, input } of sources)
    if (RESERVED_NAMES.has(field.path))
      report(around.findings, 'study_name_reserved', { name: field.path }, placeOf(input, 'name'));
  return sources;
};

const buildField = (around: Around, table: string, input: Located<FieldInput>): FieldSource => {
  const { value } = input;
  const { findings } = around;
  const where = `${table}.${value.name}`;
  checkType(around, input);
  const label = labelOf(findings, value.label, where);
  const rows =
    value.type === 'shares'
      ? shareRows(around, where, input)
      : buildFields(
          around,
          where,
          itemsOf({ value: value.fields ?? [], source: input.source, path: [...input.path, 'fields'] }),
        );
  const codeList = value.type === 'count' ? value.methods : value.list;
  const field: Field = {
    path: value.name,
    type: value.type,
    label,
    sensitivity: value.sensitivity,
    required: value.required === true,
    ...optionalLabel('hint', value.hint && labelOf(findings, value.hint, `${where} hint`)),
    ...optionalLabel(
      'constraintMessage',
      value.constraint_message && labelOf(findings, value.constraint_message, `${where} constraint`),
    ),
    ...(codeList === undefined ? {} : { codeList }),
    ...(value.decimals === undefined ? {} : { decimals: value.decimals }),
    ...(value.scale === undefined ? {} : { scale: value.scale }),
    ...(value.unit === undefined ? {} : { unit: value.unit }),
    ...(value.to === undefined ? {} : { reference: { to: value.to, several: value.several === true } }),
    ...(value.brings === undefined ? {} : { brings: value.brings }),
    ...(value.inverse_of === undefined ? {} : { inverseOf: value.inverse_of }),
    ...(value.consent === undefined ? {} : { consent: value.consent }),
    ...(value.follows === undefined ? {} : { follows: value.follows }),
    ...(rows.length === 0 ? {} : { fields: rows.map((r) => r.field) }),
    ...(value.section === undefined ? {} : { section: value.section }),
  };
  return { field, input, rows };
};

const optionalLabel = <K extends string>(key: K, label: Label | undefined): { readonly [P in K]?: Label } =>
  (label === undefined ? {} : { [key]: label }) as { readonly [P in K]?: Label };

/** Shares are rows of a code and its percent. */
const shareRows = (around: Around, where: string, input: Located<FieldInput>): readonly FieldSource[] => {
  const { value } = input;
  const percent = { kk: '%', ru: '%', en: '%' };
  const inner: readonly FieldInput[] = [
    {
      name: 'code',
      type: 'select_one',
      label: value.label,
      sensitivity: value.sensitivity,
      required: true,
      ...(value.list === undefined ? {} : { list: value.list }),
    },
    {
      name: 'percent',
      type: 'decimal',
      label: percent,
      sensitivity: value.sensitivity,
      required: true,
      decimals: value.decimals ?? 0,
      unit: 'percent',
    },
  ];
  const quiet: Around = { ...around, findings: { problems: [], reviewNeeded: [] } };
  return inner.map((row) => buildField(quiet, where, { ...input, value: row }));
};

/** Which key a type needs, and which keys belong to which types only. */
const NEEDS: Partial<Record<FieldInput['type'], readonly (keyof FieldInput)[]>> = {
  select_one: ['list'],
  select_multiple: ['list'],
  shares: ['list'],
  scale: ['scale'],
  repeat: ['fields'],
  reference: ['to'],
  decimal: ['decimals'],
  money: ['decimals'],
};
const ONLY_FOR: readonly (readonly [keyof FieldInput, readonly FieldInput['type'][]])[] = [
  ['list', ['select_one', 'select_multiple', 'shares']],
  ['methods', ['count']],
  ['scale', ['scale']],
  ['fields', ['repeat']],
  ['to', ['reference']],
  ['several', ['reference']],
  ['brings', ['reference']],
  ['inverse_of', ['reference']],
  ['consent', ['reference']],
  ['follows', ['reference']],
  ['decimals', ['decimal', 'money', 'shares']],
  ['unit', ['integer', 'decimal', 'money', 'scale', 'count', 'duration']],
  ['derived', ['integer', 'decimal', 'scale', 'duration', 'select_one', 'date', 'text']],
];

const checkType = (around: Around, input: Located<FieldInput>): void => {
  const { findings, codeLists } = around;
  const { value } = input;
  const { type, name } = value;
  for (const key of NEEDS[type] ?? [])
    if (value[key] === undefined)
      report(findings, 'study_field_needs', { field: name, type, key }, placeOf(input));
  for (const [key, types] of ONLY_FOR)
    if (value[key] !== undefined && !types.includes(type))
      report(
        findings,
        'study_field_key_unfit',
        { field: name, type, key },
        input.source.atKey([...input.path, key]),
      );
  for (const key of ['list', 'methods'] as const) {
    const list = value[key];
    if (list !== undefined && !codeLists.has(list))
      unknown(around, 'list', list, codeLists.keys(), input, key);
  }
  if (value.to !== undefined) checkReference(around, value.to, input);
  if (ALWAYS_IDENTITY.includes(type) && value.sensitivity !== 'identity')
    report(findings, 'study_sensitivity_low', { field: name, type }, placeOf(input, 'sensitivity'));
  if (value.scale !== undefined && value.scale.min >= value.scale.max)
    report(
      findings,
      'study_shape',
      { path: 'scale', kind: 'small', expected: String(value.scale.min + 1), found: String(value.scale.max) },
      placeOf(input, 'scale'),
    );
  if (value.derived !== undefined && value.required === true)
    report(
      findings,
      'study_field_key_unfit',
      { field: name, type: 'derived', key: 'required' },
      input.source.atKey([...input.path, 'required']),
    );
};

/** What a reference points to; a study that is not beside this one cannot be looked into. */
const checkReference = (around: Around, to: string, input: Located<FieldInput>): void => {
  const [study, name] = to.includes('/') ? to.split('/') : [undefined, to];
  const known = study === undefined ? around.instruments : around.instrumentsOf(study);
  if (known !== undefined && !known.has(name ?? '')) unknown(around, 'instrument', to, known, input, 'to');
};

const linkageOf = ({
  codes = [],
  url,
  name,
  distinct_by: distinctBy = [],
}: NonNullable<InstrumentInput['linkage']>): NonNullable<Instrument['linkage']> => ({
  codes,
  ...(url === undefined ? {} : { url }),
  ...(name === undefined ? {} : { name }),
  distinctBy,
});

/** What records are compared by exists. What is sealed stands under `name` alone, where keys are needed to read it. */
const checkLinkage = (around: Around, instrument: Instrument, input: Located<InstrumentInput>): void => {
  const { linkage } = instrument;
  if (linkage === undefined) return;
  const fields = instrument.fields.flatMap((f) => [
    f,
    ...(f.fields ?? []).map((row) => ({ ...row, path: `${f.path}.${row.path}` })),
  ]);
  const pathsOf = (isSealed: boolean): readonly string[] =>
    fields.filter((f) => (f.sensitivity === 'identity') === isSealed).map((f) => f.path);
  const check = (path: string | undefined, known: readonly string[], ...at: (string | number)[]): void => {
    if (path !== undefined && !known.includes(path))
      report(
        around.findings,
        'study_field_unknown',
        { field: path, table: instrument.id, nearest: nearest(path, known) },
        placeOf(input, 'linkage', ...at),
      );
  };
  for (const [i, path] of linkage.codes.entries()) check(path, pathsOf(false), 'codes', i);
  check(linkage.url, pathsOf(false), 'url');
  check(linkage.name, pathsOf(true), 'name');
  const compared = [...linkage.codes, ...(linkage.url === undefined ? [] : [linkage.url])];
  for (const [i, path] of linkage.distinctBy.entries()) check(path, compared, 'distinct_by', i);
};

/** Types with one value that two records can be found to share. */
const COMPARABLE: readonly FieldType[] = [
  'text',
  'integer',
  'decimal',
  'date',
  'time',
  'duration',
  'select_one',
  'scale',
  'place',
  'reference',
];

/** What no two records may share is entered as one value, and in plain. */
const checkUnique = (around: Around, instrument: Instrument, input: Located<InstrumentInput>): void => {
  const known = instrument.fields
    .filter(
      (f) => COMPARABLE.includes(f.type) && f.sensitivity !== 'identity' && f.reference?.several !== true,
    )
    .map((f) => f.path)
    .filter((path) => !input.value.fields.some((f) => f.name === path && f.derived !== undefined));
  for (const [i, path] of instrument.unique.entries())
    if (!known.includes(path))
      report(
        around.findings,
        'study_field_unknown',
        { field: path, table: instrument.id, nearest: nearest(path, known) },
        placeOf(input, 'unique', i),
      );
};

/** The fields that place a record and name it exist, have the right type, and can be read by the server. */
const checkPlacement = (around: Around, instrument: Instrument, input: Located<InstrumentInput>): void => {
  const paths = instrument.fields.map((f) => f.path);
  const check = (path: string, types: readonly string[] | undefined, ...at: (string | number)[]): void => {
    const field = instrument.fields.find((f) => f.path === path);
    const place = placeOf(input, ...at);
    if (field === undefined)
      report(
        around.findings,
        'study_field_unknown',
        { field: path, table: instrument.id, nearest: nearest(path, paths) },
        place,
      );
    else if (types !== undefined && !types.includes(field.type))
      report(
        around.findings,
        'study_shape',
        { path: at.join('.'), kind: 'value', expected: types.join(', '), found: field.type },
        place,
      );
    else if (field.sensitivity === 'identity')
      report(around.findings, 'snapshot_identity_field', { field: path }, place);
  };
  if (instrument.dateField !== undefined) check(instrument.dateField, ['date'], 'date');
  if (instrument.placeField !== undefined) check(instrument.placeField, ['place'], 'place');
  for (const [i, key] of instrument.keyFields.entries()) check(key, undefined, 'key', i);
};
