/** Three-valued logic on bytes: 0 false or out, 1 true or in, 2 unknown or missing. */

const table = (f: (a: number, b: number) => number): Uint8Array =>
  Uint8Array.from({ length: 9 }, (_, i) => f(Math.floor(i / 3), i % 3));

/** A truth table of two operands at 3a + b. */
export const AND = table((a, b) => (a === 0 || b === 0 ? 0 : a === 2 || b === 2 ? 2 : 1));
export const OR = table((a, b) => (a === 1 || b === 1 ? 1 : a === 2 || b === 2 ? 2 : 0));
/** Status of a term: out where its condition is false, missing where condition or value is, else in. */
export const TERM = table((where, recorded) => (where === 1 ? recorded : where));
/** Status of a ratio: missing where either part is, in where either part has something, else out. */
export const EITHER = table((a, b) => (a === 2 || b === 2 ? 2 : a === 1 || b === 1 ? 1 : 0));
/** A part's status inside a ratio: its own, unless the other part is missing. */
export const BESIDE = table((own, other) => (own === 2 || other === 2 ? 2 : own));
