import { z } from 'zod';
import { parsePartialDate } from '../../vocabulary/index.ts';
import { SENSITIVITIES } from '../instrument.ts';

/** Ids and codes: lower snake_case; table ids have dots. */
export const Id = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/)
  .describe('lower case letters, digits and _');
export const TableId = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/);
export const Code = z.string().regex(/^[a-z0-9][a-z0-9_]*$/);
/** A place in a record or a regrouping: a settlement, or `unit:<id>` when only the first-level unit is known. */
export const PlaceOrCode = z.string().regex(/^(unit:)?[a-z0-9][a-z0-9_]*$/);
/** Dots make groups: `presence.police.warned`. */
export const FieldPath = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/);
/** A day that exists: no 32 February. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => parsePartialDate(text)?.precision === 'day')
  .describe('YYYY-MM-DD');
export const Version = z.int().min(1);
export const ExpressionText = z.string().min(1).describe('an expression, see docs/study-format.md');

/** One language of a text: reviewed, or a draft (`~text` or {text, review: needed}). */
export const TextShape = z.union([
  z.string().min(1),
  z.strictObject({ text: z.string().min(1), review: z.literal('needed').optional() }),
]);
export const LabelShape = z.strictObject({ kk: TextShape, ru: TextShape, en: TextShape });
export type LabelInput = z.infer<typeof LabelShape>;

export const SensitivityShape = z.enum(SENSITIVITIES);
export const Section = z.strictObject({ id: Id, label: LabelShape });
