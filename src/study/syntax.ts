import type { Binary } from './expression.ts';

/**
 * What the parser reads before names are looked up: the typed tree of `expression.ts` with names still unresolved (a name
 * may turn out to be a field, a condition or `counted`).
 */
export type SyntaxNode =
  | { readonly kind: 'number'; readonly at: number; readonly value: string }
  | { readonly kind: 'text'; readonly at: number; readonly value: string }
  | { readonly kind: 'name'; readonly at: number; readonly path: string }
  | { readonly kind: 'self'; readonly at: number }
  | {
      readonly kind: 'call';
      readonly at: number;
      readonly name: string;
      readonly args: readonly SyntaxNode[];
    }
  | {
      readonly kind: 'binary';
      readonly at: number;
      readonly operator: Binary['operator'];
      readonly left: SyntaxNode;
      readonly right: SyntaxNode;
    }
  | { readonly kind: 'negate'; readonly at: number; readonly operand: SyntaxNode };

/** Thrown inside the parser and turned into a problem at its edge. `reason` is a word of `study.syntax` in the catalogue. */
export class SyntaxFault extends Error {
  readonly reason: string;
  readonly at: number;
  readonly found: string;

  constructor(reason: string, at: number, found: string) {
    super(`${reason} at ${at}: ${found}`);
    this.reason = reason;
    this.at = at;
    this.found = found;
  }
}
