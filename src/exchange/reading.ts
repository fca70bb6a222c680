import type { EntryValue } from '../records/index.ts';
import type { ProblemCode, ProblemDetails } from '../vocabulary/index.ts';

/** What a cell turned out to be: a value, a gap with its reason (both `value`), nothing at all, or a problem. */
export type Reading =
  | { readonly value: EntryValue }
  | { readonly bad: ProblemCode; readonly details: ProblemDetails }
  | { readonly empty: true };

export const EMPTY: Reading = { empty: true };
export const read = (value: EntryValue): Reading => ({ value });
export const bad = (code: ProblemCode, details: ProblemDetails = {}): Reading => ({ bad: code, details });
