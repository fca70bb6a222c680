import type { Binary } from './expression.ts';
import { SyntaxFault, type SyntaxNode } from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

/** Binary operators by how tightly they bind, loosest first; all group from the left. */
export const PRECEDENCE: readonly (readonly Binary['operator'][])[] = [
  ['or'],
  ['and'],
  ['=', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

const MAX_DEPTH = 100;

interface Cursor {
  readonly tokens: readonly Token[];
  index: number;
  depth: number;
}

const peek = (cursor: Cursor): Token => cursor.tokens[cursor.index] as Token;
const isSign = (token: Token, value: string): boolean => token.kind === 'sign' && token.value === value;
const unexpected = (token: Token, reason: string): SyntaxFault =>
  new SyntaxFault(token.kind === 'end' ? 'ends_early' : reason, token.at, token.value);

const take = (cursor: Cursor): Token => {
  const token = peek(cursor);
  cursor.index += 1;
  return token;
};
const expectSign = (cursor: Cursor, value: string): void => {
  const token = take(cursor);
  if (!isSign(token, value)) throw unexpected(token, value === ')' ? 'open_bracket' : 'unexpected');
};

const parseBinary = (cursor: Cursor, level: number): SyntaxNode => {
  const operators = PRECEDENCE[level];
  if (operators === undefined) return parseUnary(cursor);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const token = peek(cursor);
    const operator = token.kind === 'sign' ? operators.find((o) => o === token.value) : undefined;
    if (operator === undefined) return left;
    cursor.index += 1;
    left = { kind: 'binary', at: token.at, operator, left, right: parseBinary(cursor, level + 1) };
  }
};

const parseUnary = (cursor: Cursor): SyntaxNode => {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) throw new SyntaxFault('too_deep', peek(cursor).at, String(MAX_DEPTH));
  const token = peek(cursor);
  let node: SyntaxNode;
  if (isSign(token, '-')) {
    cursor.index += 1;
    node = { kind: 'negate', at: token.at, operand: parseUnary(cursor) };
  } else node = parsePrimary(cursor);
  cursor.depth -= 1;
  return node;
};

const parsePrimary = (cursor: Cursor): SyntaxNode => {
  const token = take(cursor);
  if (token.kind === 'number' || token.kind === 'text')
    return { kind: token.kind, at: token.at, value: token.value };
  if (token.kind === 'name') return { kind: 'name', at: token.at, path: token.value };
  if (token.kind === 'function')
    return { kind: 'call', at: token.at, name: token.value, args: parseArguments(cursor) };
  if (isSign(token, '.')) return { kind: 'self', at: token.at };
  if (isSign(token, '(')) {
    const inner = parseBinary(cursor, 0);
    expectSign(cursor, ')');
    return inner;
  }
  throw unexpected(token, 'unexpected');
};

const parseArguments = (cursor: Cursor): readonly SyntaxNode[] => {
  expectSign(cursor, '(');
  const args: SyntaxNode[] = [];
  if (isSign(peek(cursor), ')')) {
    cursor.index += 1;
    return args;
  }
  args.push(parseBinary(cursor, 0));
  while (isSign(peek(cursor), ',')) {
    cursor.index += 1;
    args.push(parseBinary(cursor, 0));
  }
  expectSign(cursor, ')');
  return args;
};

/** The tree of an expression with unresolved names. Throws SyntaxFault with the offset of what was not understood. */
export const parseSyntax = (source: string): SyntaxNode => {
  const cursor: Cursor = { tokens: tokenize(source), index: 0, depth: 0 };
  const root = parseBinary(cursor, 0);
  const rest = peek(cursor);
  if (rest.kind !== 'end') throw unexpected(rest, rest.value === ')' ? 'closed_bracket' : 'unexpected');
  return root;
};
