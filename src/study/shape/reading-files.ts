import { z } from 'zod';
import { Code, ExpressionText, Id, LabelShape, PlaceOrCode, TableId } from './base.ts';

/** `conditions.yaml`. */
export const ConditionsFile = z.array(
  z.strictObject({ id: Id, instrument: Id, label: LabelShape, expression: ExpressionText }),
);
export type ConditionInput = z.infer<typeof ConditionsFile>[number];

/** `regroupings.yaml`. `list` is optional: without it the codes are checked where a table uses the regrouping. */
export const RegroupingsFile = z.array(
  z.strictObject({
    id: Id,
    list: Id.optional(),
    rest: z.enum(['keep', 'other', 'drop']),
    groups: z
      .array(z.strictObject({ code: Code, label: LabelShape, of: z.array(PlaceOrCode).min(1) }))
      .min(1),
  }),
);
export type RegroupingInput = z.infer<typeof RegroupingsFile>[number];

/** `words.yaml`: texts of the catalogue that only this study needs, its units and nouns above all (ICU MessageFormat). */
export const WordsFile = z.array(
  z.strictObject({ id: z.string().regex(/^(unit|noun|section)\.[a-z][a-z0-9_]*$/), text: LabelShape }),
);
export type WordInput = z.infer<typeof WordsFile>[number];

/** `breaks.yaml`. */
export const BreaksFile = z.array(
  z.strictObject({
    id: Id,
    at: z.string().min(1),
    kind: z.enum(['legal_regime', 'geography', 'source_panel', 'unequal_period']),
    label: LabelShape,
    tables: z.array(TableId).optional(),
  }),
);
export type BreakInput = z.infer<typeof BreaksFile>[number];
