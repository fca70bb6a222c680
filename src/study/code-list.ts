import type { Label } from '../vocabulary/index.ts';

/** A code never changes its meaning; a retired one keeps its `validTo`. */
export interface Code {
  readonly code: string;
  readonly label: Label;
  readonly parent?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly crosswalk: ReadonlyMap<string, string>;
}

export interface CodeList {
  readonly id: string;
  readonly title: Label;
  readonly codes: readonly Code[];
}
