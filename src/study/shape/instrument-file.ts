import { z } from 'zod';
import { FIELD_TYPES } from '../instrument.ts';
import { ExpressionText, FieldPath, Id, LabelShape, Section, SensitivityShape, Version } from './base.ts';

/** A field; which keys go with which type is checked when the instrument is built. */
const FieldShape = z.strictObject({
  name: FieldPath,
  type: z.enum(FIELD_TYPES),
  label: LabelShape,
  sensitivity: SensitivityShape,
  hint: LabelShape.optional(),
  section: Id.optional(),
  required: z.boolean().optional(),
  relevant: ExpressionText.optional(),
  constraint: ExpressionText.optional(),
  constraint_message: LabelShape.optional(),
  derived: ExpressionText.optional(),
  list: Id.optional().describe('select_one, select_multiple, shares: the code list'),
  methods: Id.optional().describe('count: the code list of estimation methods'),
  decimals: z.int().min(0).max(9).optional().describe('decimal, money, shares'),
  scale: z.strictObject({ min: z.int(), max: z.int() }).optional(),
  unit: Id.optional().describe('what the number counts or measures: persons, minutes, …'),
  to: z
    .string()
    .regex(/^[a-z][a-z0-9_]*(\/[a-z][a-z0-9_]*)?$/)
    .optional()
    .describe('reference: instrument, or study/instrument'),
  several: z.boolean().optional(),
  brings: z
    .array(FieldPath)
    .min(1)
    .optional()
    .describe('reference: columns of the record referred to that tables may use'),
  inverse_of: FieldPath.optional().describe(
    'reference: the field of `to` that refers to this record; never entered',
  ),
  consent: z
    .literal(true)
    .optional()
    .describe('reference: the record leaves every table when the one referred to withdraws consent'),
  follows: z
    .literal(true)
    .optional()
    .describe('reference: the record is not dated before those it refers to'),
  get fields() {
    return z.array(FieldShape).min(1).optional();
  },
});
export type FieldInput = z.infer<typeof FieldShape>;

const UpgradeShape = z.strictObject({
  from: Version,
  rename: z.record(FieldPath, FieldPath).optional(),
  recode: z.record(FieldPath, z.record(z.string(), z.string())).optional(),
});

/** `instruments/*.yaml`. */
export const InstrumentFile = z.strictObject({
  id: Id,
  version: Version,
  kind: z.enum(['card', 'questionnaire', 'nil_report']),
  unit: Id,
  title: LabelShape,
  date: FieldPath.optional(),
  place: FieldPath.optional(),
  key: z.array(FieldPath).optional(),
  unique: z
    .array(FieldPath)
    .min(1)
    .optional()
    .describe('fields that no two records state alike: person and quarter of an interview'),
  sections: z.array(Section).optional(),
  fields: z.array(FieldShape).min(1),
  upgrades: z.array(UpgradeShape).optional(),
  linkage: z
    .strictObject({
      codes: z.array(FieldPath).optional(),
      url: FieldPath.optional(),
      name: FieldPath.optional(),
      distinct_by: z
        .array(FieldPath)
        .optional()
        .describe(
          'those of codes and url that tell two things apart where they differ: outlet and address of a material',
        ),
    })
    .optional()
    .describe('by what duplicates are found, beside date and place'),
});
export type InstrumentInput = z.infer<typeof InstrumentFile>;
