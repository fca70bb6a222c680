import { z } from 'zod';
import { Code, Day, Id, LabelShape } from './base.ts';

const Words = z.string().min(1);

/** What other vocabularies call a code: `huridocs: {broad: 4/3501}`, or why they do not: `huridocs: {none: …}`. */
const Crosswalk = z.record(
  z.string(),
  z.union([
    z.strictObject({ exact: Words }),
    z.strictObject({ close: Words }),
    z.strictObject({ broad: Words }),
    z.strictObject({ none: Words }),
  ]),
);
export type CrosswalkInput = z.infer<typeof Crosswalk>;

const CodeShape = z.strictObject({
  code: Code,
  label: LabelShape,
  parent: Code.optional(),
  valid_from: Day.optional(),
  valid_to: Day.optional(),
  crosswalk: Crosswalk.optional(),
});
const CodeListShape = z.strictObject({
  id: Id,
  title: LabelShape,
  ordered: z
    .literal(true)
    .optional()
    .describe('the codes are the answers of a scale, from one end to the other'),
  /** Said of every code that says nothing itself. */
  crosswalk: Crosswalk.optional(),
  codes: z.array(CodeShape).min(1),
});
export type CodeListInput = z.infer<typeof CodeListShape>;

/** `codelists/*.yaml`: one list, or several as a YAML list. */
export const CodeListFile = z.array(CodeListShape);
