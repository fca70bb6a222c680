import { z } from 'zod';
import { Code, Day, Id, LabelShape } from './base.ts';

const Kato = z
  .string()
  .regex(/^\d{9}$/)
  .describe('nine digits, quoted');
const Aliases = z
  .array(z.string().trim().min(1))
  .optional()
  .describe('other names and spellings; no other place may have them');
const dated = { from: Day.optional(), to: Day.optional() };

const named = {
  label: LabelShape,
  short: LabelShape.optional().describe('as maps call it'),
  narrow: LabelShape.optional().describe('as maps on a phone call it, where the short name is too long'),
};

const UnitShape = z.strictObject({
  id: Code,
  ...named,
  kato: Kato.optional(),
  iso: z.array(z.strictObject({ code: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/), ...dated })).optional(),
  valid_from: Day.optional(),
  valid_to: Day.optional(),
  split_from: Code.optional(),
  names: z.array(z.strictObject({ ...named, ...dated })).optional(),
  aliases: Aliases,
});

const SettlementShape = z.strictObject({
  id: Code,
  label: LabelShape,
  kato: Kato.optional(),
  zone: z
    .string()
    .regex(/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)*$/)
    .describe('IANA zone: Asia/Almaty'),
  units: z.array(z.strictObject({ unit: Code, ...dated })).min(1),
  aliases: Aliases,
});

/** `geography.yaml` of a base package (methodology 8.1). */
export const GeographyFile = z.strictObject({
  units: z.array(UnitShape),
  settlements: z.array(SettlementShape),
  vintages: z
    .array(z.strictObject({ id: z.string().min(1), from: Day.optional(), units: z.array(Code).min(1) }))
    .min(1)
    .describe('oldest first'),
  macro_regions: z
    .array(z.strictObject({ id: Id, label: LabelShape, units: z.array(Code).min(1) }))
    .optional(),
});
export type GeographyInput = z.infer<typeof GeographyFile>;
