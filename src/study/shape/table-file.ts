import { z } from 'zod';
import { INTERVAL_METHODS, OVER_PERIODS } from '../table-definition.ts';
import { Code, ExpressionText, FieldPath, Id, LabelShape, TableId } from './base.ts';

/** A field path, or a path through a child table: `assembly.sanctions`. */
const Path = FieldPath;

/** A measure: exactly one of its kinds, checked when the table is built. */
export const MeasureShape = z.strictObject({
  label: LabelShape,
  unit: Id.optional(),
  decimals: z.int().min(0).max(9).optional(),
  polarity: z.enum(['high_is_bad', 'high_is_good']).optional(),
  lower_bound: z.boolean().optional().describe('what is seen is less than what there is'),
  interval: z
    .enum(INTERVAL_METHODS)
    .optional()
    .describe(
      'wilson or clopper_pearson of a percentage, poisson of a rate, bootstrap or leave_one_out of a statistic',
    ),
  count: z.union([z.literal(true), ExpressionText]).optional(),
  sum: Path.optional(),
  distinct: Path.optional(),
  over_periods: z
    .enum(OVER_PERIODS)
    .optional()
    .describe(
      'distinct: in the total over time, what occurs in several periods is one (default), or one in each',
    ),
  share: Id.optional(),
  within: z.union([z.enum(['table', 'row', 'column']), z.array(z.string())]).optional(),
  share_where: ExpressionText.optional(),
  base: ExpressionText.optional(),
  ratio: z.tuple([z.string(), z.string()]).optional(),
  scale: z.number().positive().optional(),
  rate: Id.optional(),
  per: z.enum(['month']).optional(),
  mean: Path.optional(),
  median: Path.optional(),
  mode: Path.optional(),
  spread: Path.optional(),
  min: Path.optional(),
  max: Path.optional(),
  q1: Path.optional(),
  q3: Path.optional(),
  geometric_mean: Path.optional(),
  trimmed_mean: Path.optional(),
  top_box: Path.optional(),
  codes: z.array(Code).min(1).optional(),
  where: ExpressionText.optional(),
});
export type MeasureInput = z.infer<typeof MeasureShape>;

const DimensionShape = z.strictObject({
  by: Path,
  date: Path.optional().describe('of period, year, quarter, month: the date it goes by'),
  order: z
    .string()
    .regex(/^(list|[a-z][a-z0-9_]*( (asc|desc))?)$/)
    .optional()
    .describe('list, or a measure with asc or desc'),
  regroup: Id.optional(),
  empty: z.enum(['show', 'hide']).optional(),
});
export type DimensionInput = z.infer<typeof DimensionShape>;

export const TableShape = z.strictObject({
  id: TableId,
  title: LabelShape,
  note: LabelShape.optional(),
  definition: LabelShape.optional(),
  section: Id.optional(),
  unit: Id,
  of: Path.optional(),
  distinct: Path.optional(),
  persons: Id.optional().describe('the measure of distinct persons: too few of them mark a cell'),
  where: ExpressionText.optional(),
  measures: z.record(Id, MeasureShape),
  dimensions: z.array(DimensionShape).optional(),
  totals: z.array(z.string()).optional(),
  published: z.array(Code).optional(),
});
export type TableInput = z.infer<typeof TableShape>;

/** `tables/*.yaml`. */
export const TablesFile = z.array(TableShape);
