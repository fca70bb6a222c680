import type { Field, Instrument, Study } from '../study/index.ts';
import type { ColumnRule, Mapping } from './mapping.ts';
import type { Target } from './target.ts';

export interface BoundRule {
  readonly target: Target;
  readonly rule: ColumnRule;
}

/** A repeat as a list of row templates: `split` has one template for all its parts. */
export interface BoundRepeat {
  readonly field: Field;
  readonly rows: readonly (readonly BoundRule[])[];
  readonly split?: { readonly from: string; readonly by: string; readonly within?: string | undefined };
  /** As written: counts as empty. */
  readonly skip: ReadonlySet<string>;
}

/** A mapping whose every field, code and list exists in the study. */
export interface BoundMapping {
  readonly study: Study;
  readonly instrument: Instrument;
  readonly mapping: Mapping;
  readonly rules: readonly BoundRule[];
  readonly repeats: readonly BoundRepeat[];
}
