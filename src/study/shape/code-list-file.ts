import { z } from 'zod';
import { Code, Day, Id, LabelShape } from './base.ts';

const CodeShape = z.strictObject({
  code: Code,
  label: LabelShape,
  parent: Code.optional(),
  valid_from: Day.optional(),
  valid_to: Day.optional(),
  crosswalk: z.record(z.string(), z.string()).optional(),
});
const CodeListShape = z.strictObject({ id: Id, title: LabelShape, codes: z.array(CodeShape).min(1) });
export type CodeListInput = z.infer<typeof CodeListShape>;

/** `codelists/*.yaml`: one list, or several as a YAML list. */
export const CodeListFile = z.array(CodeListShape);
