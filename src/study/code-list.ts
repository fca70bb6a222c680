import type { Label } from '../vocabulary/index.ts';

/**
 * What another vocabulary calls a code, in the words of SKOS: its term means the same (`exact`), nearly the same (`close`),
 * or more (`broad`). `none` says why it has no term for it. Our code is never replaced by theirs.
 */
export type Counterpart =
  | { readonly match: 'exact' | 'close' | 'broad'; readonly term: string }
  | { readonly match: 'none'; readonly reason: string };

/** A code never changes its meaning; a retired one keeps its `validTo`. */
export interface Code {
  readonly code: string;
  readonly label: Label;
  readonly parent?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  /** By vocabulary, what the list says of all its codes included. */
  readonly crosswalk: ReadonlyMap<string, Counterpart>;
}

export interface CodeList {
  readonly id: string;
  readonly title: Label;
  /** The codes are the answers of a scale, in its order from one end to the other. */
  readonly ordered?: true;
  readonly codes: readonly Code[];
}
