import type { ExpressionType } from './expression.ts';
import type { Field, Instrument, Sensitivity } from './instrument.ts';
import { EVIDENCE, PERIODS, PLACES, REVIEW, UNITS } from './listed-codes.ts';

/**
 * A column of a snapshot table, or (types `codes` and `rows`) a field that lives in a child table. The single source for
 * which columns exist: expressions, snapshot, tables and import all ask here.
 */
export interface StudyColumn {
  /** Instrument id or child path, e.g. `assembly.sanctions`. */
  readonly table: string;
  /** Path within its table, as expressions write it: `participants.best`. */
  readonly path: string;
  readonly type: ExpressionType;
  /** A code list of the study, or one of the built-in ones above. Absent for a code without a list (a currency). */
  readonly codeList?: string;
  readonly sensitivity: Sensitivity;
  /** Digits after the point of a number; its values are scaled integers. */
  readonly decimals: number;
  readonly unit?: string;
  /** For `codes` and `rows`: the child table with one row for each. */
  readonly child?: string;
  /** The field it comes from; absent for standard columns. */
  readonly field?: Field;
  /** For a column of another record, seen through a reference: which. */
  readonly brought?: { readonly instrument: string; readonly path: string };
}

/** What `columnsOf` needs of a study: also met while the study is still being read. */
export interface StudyShape {
  readonly instruments: ReadonlyMap<string, Instrument>;
}

/** Repeat groups, shares, select_multiple and references to several have a child table. */
export const isChild = (field: Field): boolean =>
  field.type === 'repeat' ||
  field.type === 'shares' ||
  field.type === 'select_multiple' ||
  (field.type === 'reference' && field.reference?.several === true);

const column = (
  table: string,
  path: string,
  type: ExpressionType,
  more: Partial<StudyColumn> = {},
): StudyColumn => ({
  table,
  path,
  type,
  sensitivity: 'statistical',
  decimals: 0,
  ...more,
});

/** Default unit of a number by field type; others name theirs in `unit`. */
const UNIT_OF: Partial<Record<Field['type'], string>> = {
  count: 'persons',
  duration: 'minutes',
  time: 'minutes',
  scale: 'points',
};

/** The columns that one field flattens to; `codes` and `rows` for those that live in a child table. */
export const columnsOfField = (table: string, field: Field): readonly StudyColumn[] => {
  const unit = field.unit ?? UNIT_OF[field.type];
  const base: Partial<StudyColumn> = {
    sensitivity: field.sensitivity,
    field,
    ...(unit === undefined ? {} : { unit }),
    ...(field.codeList === undefined ? {} : { codeList: field.codeList }),
  };
  const { codeList: _list, ...plain } = base;
  const at = (suffix: string, type: ExpressionType, more: Partial<StudyColumn> = plain): StudyColumn =>
    column(table, suffix === '' ? field.path : `${field.path}.${suffix}`, type, more);
  const child = { ...base, child: `${table}.${field.path}` };
  switch (field.type) {
    case 'text':
      return [at('', 'text')];
    case 'integer':
    case 'scale':
    case 'time':
    case 'duration':
      return [at('', 'number')];
    case 'decimal':
      return [at('', 'number', { ...plain, decimals: field.decimals ?? 0 })];
    case 'money':
      return [at('amount', 'number', { ...plain, decimals: field.decimals ?? 0 }), at('currency', 'code')];
    case 'count':
      return [at('low', 'number'), at('best', 'number'), at('high', 'number'), at('method', 'code', base)];
    case 'date':
      return [at('', 'date'), at('last', 'date'), at('text', 'text')];
    case 'select_one':
      return [at('', 'code', base)];
    case 'place':
      return [at('', 'code', { ...base, codeList: PLACES })];
    case 'point':
      return [at('lat', 'number', { ...plain, decimals: 6 }), at('lon', 'number', { ...plain, decimals: 6 })];
    case 'select_multiple':
      return [at('', 'codes', child)];
    case 'repeat':
    case 'shares':
      return [at('', 'rows', child)];
    case 'reference':
      return [field.reference?.several === true ? at('', 'rows', child) : at('', 'text')];
    case 'attachment':
    case 'note':
      return [];
  }
};

/** Columns that every record row has, whatever its fields. `unit_id` is there when the instrument has a place. */
const instrumentColumns = (instrument: Instrument): readonly StudyColumn[] => [
  column(instrument.id, 'record_id', 'text'),
  column(instrument.id, 'revision', 'text'),
  column(instrument.id, 'period', 'code', { codeList: PERIODS }),
  column(instrument.id, 'counted', 'boolean'),
  ...(instrument.placeField === undefined
    ? []
    : [column(instrument.id, 'unit_id', 'code', { codeList: UNITS })]),
  column(instrument.id, 'review', 'code', { codeList: REVIEW }),
  column(instrument.id, 'evidence', 'code', { codeList: EVIDENCE }),
  column(instrument.id, 'late_verified', 'boolean'),
];

const childColumns = (table: string, field: Field): readonly StudyColumn[] => [
  column(table, 'record_id', 'text'),
  column(table, 'row_id', 'text'),
  column(table, 'ordinal', 'number'),
  ...(field.type === 'select_multiple'
    ? [
        column(table, 'value', 'code', {
          field,
          sensitivity: field.sensitivity,
          ...(field.codeList === undefined ? {} : { codeList: field.codeList }),
        }),
      ]
    : field.type === 'reference'
      ? [column(table, 'value', 'text', { field, sensitivity: field.sensitivity })]
      : []),
];

/** Names that a field may not have: columns of every table, keywords of dimensions, operators. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  (
    'record_id revision period counted unit_id review evidence late_verified row_id ordinal value ' +
    'unit year quarter month and or div mod not its_counted its_period its_unit_id'
  ).split(' '),
);

/** The columns of an instrument's own rows, without what its references bring. */
const ownColumns = (instrument: Instrument): readonly StudyColumn[] => [
  ...instrumentColumns(instrument),
  ...instrument.fields.flatMap((f) => columnsOfField(instrument.id, f)),
];

/** Standard columns of the record referred to, under names that hide none of those of the record that refers. */
const ITS: Readonly<Record<string, string>> = {
  counted: 'its_counted',
  period: 'its_period',
  unit_id: 'its_unit_id',
};

/** What a reference to this instrument may bring: coded values and numbers of its own rows. */
export const bringable = (instrument: Instrument): readonly StudyColumn[] =>
  ownColumns(instrument).filter(
    (c) =>
      c.sensitivity === 'statistical' &&
      c.type !== 'codes' &&
      c.type !== 'rows' &&
      (c.field !== undefined || c.path in ITS),
  );

/** Columns of the referred records: in the child table of a reference to several, else behind the field's path. */
const broughtColumns = (study: StudyShape, table: string, field: Field): readonly StudyColumn[] => {
  const target = study.instruments.get(field.reference?.to ?? '');
  if (field.type !== 'reference' || target === undefined) return [];
  if (field.brings === undefined && field.inverseOf === undefined) return [];
  const wanted = new Set(['counted', ...(field.brings ?? [])]);
  const several = field.reference?.several === true;
  return bringable(target)
    .filter((c) => wanted.has(c.path))
    .map((c) => {
      const name = ITS[c.path] ?? c.path;
      return {
        ...c,
        table: several ? `${table}.${field.path}` : table,
        path: several ? name : `${field.path}.${name}`,
        brought: { instrument: target.id, path: c.path },
      };
    });
};

interface TablePlace {
  readonly instrument: Instrument;
  /** From the instrument inwards. */
  readonly children: readonly { readonly table: string; readonly field: Field }[];
}

/** Finds the fields on the way to a child table, e.g. `assembly.sanctions`. */
const locate = (study: StudyShape, tablePath: string): TablePlace | undefined => {
  const instrument = [...study.instruments.values()].find(
    (i) => tablePath === i.id || tablePath.startsWith(`${i.id}.`),
  );
  if (instrument === undefined) return undefined;
  const children: { table: string; field: Field }[] = [];
  let table = instrument.id;
  let fields = instrument.fields;
  while (table !== tablePath) {
    const rest = tablePath.slice(table.length + 1);
    const field = fields.find((f) => isChild(f) && (rest === f.path || rest.startsWith(`${f.path}.`)));
    if (field === undefined) return undefined;
    table = `${table}.${field.path}`;
    children.push({ table, field });
    fields = field.fields ?? [];
  }
  return { instrument, children };
};

/**
 * All columns an expression or a table over `tablePath` may name: the table's own first, then those of the tables it lies
 * in (a row of `assembly.sanctions` sees the assembly's `place` and `counted`). Undefined when there is no such table.
 * Identity fields are listed with their class, and are never columns of a snapshot: `snapshotColumnsOf` leaves them out.
 */
export const columnsOf = (study: StudyShape, tablePath: string): readonly StudyColumn[] | undefined => {
  const place = locate(study, tablePath);
  if (place === undefined) return undefined;
  const { instrument, children } = place;
  const single = (at: string, fields: readonly Field[]): readonly StudyColumn[] =>
    fields.filter((f) => !isChild(f)).flatMap((f) => broughtColumns(study, at, f));
  const levels = [
    [...ownColumns(instrument), ...single(instrument.id, instrument.fields)],
    ...children.map(({ table, field }) => [
      ...childColumns(table, field),
      ...(field.fields ?? []).flatMap((f) => columnsOfField(table, f)),
      ...single(table, field.fields ?? []),
      ...broughtColumns(study, table.slice(0, -field.path.length - 1), field),
    ]),
  ];
  const seen = new Set<string>();
  return levels
    .reverse()
    .flat()
    .filter(({ path }) => !seen.has(path) && seen.add(path));
};

/**
 * A column that a snapshot may hold. What identifies people is none, by its type. A `codes` column holds how many answers
 * were chosen, or why none is known: no answer and no choice are different things.
 */
export type SnapshotColumn = StudyColumn & { readonly sensitivity: Exclude<Sensitivity, 'identity'> };

/** The columns stored in one snapshot table: its own, without identity fields, and without repeats and references to several. */
export const snapshotColumnsOf = (
  study: StudyShape,
  tablePath: string,
): readonly SnapshotColumn[] | undefined =>
  columnsOf(study, tablePath)?.filter(
    (c): c is SnapshotColumn => c.table === tablePath && c.sensitivity !== 'identity' && c.type !== 'rows',
  );

/** Every table of an instrument: itself, then its child tables, outermost first. Identity children are left out. */
export const tablesOf = (instrument: Instrument): readonly string[] => {
  const below = (table: string, fields: readonly Field[]): readonly string[] =>
    fields
      .filter((f) => isChild(f) && f.sensitivity !== 'identity')
      .flatMap((f) => [`${table}.${f.path}`, ...below(`${table}.${f.path}`, f.fields ?? [])]);
  return [instrument.id, ...below(instrument.id, instrument.fields)];
};
