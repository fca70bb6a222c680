import { z } from 'zod';
import { DELIMITERS, ENCODINGS } from '../sheets/index.ts';
import { EVIDENCE_STATES } from '../vocabulary/index.ts';

const name = z.string().min(1);
const written = z.union([z.string(), z.number()]).transform(String);
/** Gaps that a file can state; `in_conflict` and `sealed` are found by the system. */
const reason = z.enum(['not_recorded', 'not_asked', 'refused']);

/** Columns are numbered by people; a table has 500 at most. */
const MAX_NUMBER = 9_999;

/** A year, and a month and a day at most once, among signs that are no letters. */
const isDateFormat = (format: string): boolean => {
  const marks = (format.match(/YYYY|MM?|DD?/g) ?? []).map(([kind]) => kind);
  const rest = format.replaceAll(/YYYY|MM?|DD?/g, '');
  return marks.includes('Y') && new Set(marks).size === marks.length && !/[A-Za-z]/.test(rest);
};

/** Whether a path stays below where it starts, on every system. */
export const isPathBelow = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
  !/\\|\0|^[A-Za-z]:/.test(path);

const parse = z.strictObject({
  date: z
    .string()
    .max(40)
    .regex(/YYYY/)
    .refine(isDateFormat, 'YYYY, and MM or M, DD or D at most once each')
    .describe(
      'How dates are written: DD.MM.YYYY, D/M/YYYY, MM.YYYY, YYYY. Without it: YYYY-MM-DD, YYYY-MM or YYYY.',
    )
    .optional(),
  time: z.enum(['HH:MM', 'HH.MM', 'HHMM']).optional(),
  duration: z.enum(['minutes', 'hours', 'HH:MM']).optional(),
  number: z
    .strictObject({
      decimal: z.enum(['.', ',']).optional(),
      thousands: z.enum([' ', '.', ',', "'"]).optional(),
    })
    .optional(),
});

const ruleShape = z.strictObject({
  from: z
    .union([name, z.array(name).min(1)])
    .describe('Column, or the key columns of a referenced record.')
    .optional(),
  part: z.number().int().positive().describe('In a split repeat: which part, from 1.').optional(),
  constant: written.optional(),
  flags: z.record(name, name).describe('Column -> code, for columns that are ticked.').optional(),
  yes: z.array(written).describe('What counts as ticked; default 1.').optional(),
  parse: parse.optional(),
  values: z.record(z.string(), written).describe('As written -> code.').optional(),
  otherwise: written.describe('Code for whatever `values` does not name.').optional(),
  match: z.literal('label').describe('Accept labels of the code list, in any of its languages.').optional(),
  split: z.string().min(1).describe('For several codes or references in one cell.').optional(),
  default: written.describe('What an empty cell stands for.').optional(),
  missing: z.record(z.string(), reason).describe('As written -> reason of the gap.').optional(),
  folder: z
    .string()
    .refine(isPathBelow, 'a folder inside that of the table, without `..`')
    .describe('For attachments: the folder of the files, inside that of the table; without it that folder.')
    .optional(),
  must_exist: z.boolean().describe('For references; default true.').optional(),
});

const rule = z.union([name.transform((from) => ({ from })), ruleShape]);
const rules = z.record(name, rule);

const repeat = z.union([
  z.strictObject({ rows: z.array(rules).min(1), skip: z.array(written).optional() }),
  z.strictObject({
    numbered: z
      .strictObject({ from: z.number().int().min(0), to: z.number().int().max(MAX_NUMBER) })
      .describe('{n} in column names.'),
    columns: rules,
    skip: z.array(written).optional(),
  }),
  z.strictObject({
    split: z.strictObject({ from: name, by: z.string().min(1), within: z.string().min(1).optional() }),
    columns: rules,
    skip: z.array(written).optional(),
  }),
]);

const person = z
  .strictObject({
    from: name.optional(),
    constant: name.optional(),
    values: z.record(z.string(), name).optional(),
  })
  .refine(
    (p) => (p.from === undefined) !== (p.constant === undefined),
    'either `from` (a column) or `constant`',
  );

const review = z
  .strictObject({
    state: z.enum(['submitted', 'verified']),
    author: person.describe('Who filled the card: a monitor code, never a name.'),
    submitted_on: rule.optional(),
    vouched_by: person.describe('The second person who verified it.').optional(),
    verified_on: rule.optional(),
    evidence: z
      .strictObject({
        from: name.optional(),
        constant: z.enum(EVIDENCE_STATES).optional(),
        values: z.record(z.string(), z.enum(EVIDENCE_STATES)).optional(),
      })
      .optional(),
  })
  .refine(
    (r) => r.state === 'submitted' || r.vouched_by !== undefined,
    'a verified import says who vouches: `vouched_by`',
  );

/** The shape of a mapping file: how a table of somebody's becomes records of an instrument. */
export const mappingShape = z
  .strictObject({
    study: name,
    instrument: name,
    file: z.strictObject({
      format: z.enum(['csv', 'xlsx']),
      encoding: z.enum(ENCODINGS).optional(),
      delimiter: z.enum(DELIMITERS).optional(),
      sheet: z.union([name, z.number().int().positive()]).optional(),
      header_row: z.number().int().positive().optional(),
    }),
    key: z.array(name).min(1).describe('Columns that name the same thing on every import.').optional(),
    columns: rules,
    repeats: z.record(name, repeat).optional(),
    missing: z.record(z.string(), reason).describe('For all columns.').optional(),
    outside_period: z.enum(['refuse', 'accept']).optional(),
    review,
    ignore: z.array(name).optional(),
  })
  .describe('Mapping of a CSV or XLSX file to the records of one instrument');

export type Mapping = z.output<typeof mappingShape>;
export type ColumnRule = z.output<typeof ruleShape>;
export type RepeatRule = z.output<typeof repeat>;
export type PersonRule = z.output<typeof person>;

/** JSON Schema for editors (docs/schema/mapping.json). */
export const mappingJsonSchema = (): unknown =>
  z.toJSONSchema(mappingShape, { io: 'input', target: 'draft-2020-12' });
