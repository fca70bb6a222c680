import { z } from 'zod';
import { Day, Id, LabelShape } from './base.ts';

/** `law.yaml` of a base package (methodology 8.2). */
export const LawFile = z.strictObject({
  regimes: z
    .array(
      z.strictObject({
        id: Id,
        label: LabelShape,
        valid_from: Day,
        valid_to: Day.optional(),
        source: z.string().min(1).optional(),
      }),
    )
    .optional(),
  mci: z
    .array(
      z.strictObject({ from: Day, to: Day.optional(), tenge: z.int().positive(), source: z.string().min(1) }),
    )
    .optional(),
});
export type LawInput = z.infer<typeof LawFile>;
