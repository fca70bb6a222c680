import { z } from 'zod';
import { EVIDENCE_STATES, LANGUAGES, REVIEW_STATES } from '../../vocabulary/index.ts';
import { Code, Day, Id, LabelShape, Version } from './base.ts';

const Exposure = z.strictObject({
  months: z.number().positive(),
  source: z.enum(['stated', 'inferred', 'nil_reports']),
  low: z.number().positive().optional(),
  high: z.number().positive().optional(),
});

const PeriodShape = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/)
    .describe('quote it: "2018"'),
  start: Day.optional(),
  end: Day.optional(),
  exposure: Exposure.optional(),
  label: LabelShape.optional(),
});

const EVIDENCE_RULE = new RegExp(`^(>= )?(${EVIDENCE_STATES.join('|')})$`);

/** `review` and `evidence`, and any field of a record's instrument with the codes that count. */
const Counted = z
  .object({
    review: z.array(z.enum(REVIEW_STATES)).min(1).optional(),
    evidence: z.string().regex(EVIDENCE_RULE).optional(),
  })
  .catchall(z.array(Code).min(1));

/** `study.yaml`. */
export const StudyFile = z.strictObject({
  id: Id,
  version: Version,
  title: LabelShape,
  languages: z.array(z.enum(LANGUAGES)).min(1).optional(),
  uses: z.array(z.string().regex(/^[a-z][a-z0-9_]*@[1-9]\d*$/)).optional(),
  periods: z.array(PeriodShape).optional(),
  geography: z.strictObject({ vintage: z.string().min(1) }).optional(),
  counted: Counted.optional(),
  disclosure: z
    .strictObject({ threshold_persons: z.int().min(0), of_one_person: z.array(Id).optional() })
    .optional(),
});
export type StudyInput = z.infer<typeof StudyFile>;
