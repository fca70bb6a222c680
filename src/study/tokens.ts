import { SyntaxFault } from './syntax.ts';

export type Token =
  | { readonly kind: 'number' | 'text' | 'name' | 'function'; readonly at: number; readonly value: string }
  | { readonly kind: 'sign'; readonly at: number; readonly value: string }
  | { readonly kind: 'end'; readonly at: number; readonly value: '' };

/** Longer than any readable expression; a limit so that hostile input stays cheap. */
export const MAX_EXPRESSION_LENGTH = 10_000;
/** A chain such as `a or b or …` is a tree as deep as it is long: whoever walks it recurses. */
const MAX_TOKENS = 2_000;

const SPACE = /\s+/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const TEXT = /'([^']*)'|"([^"]*)"/y;
/** The only names with a hyphen, which is otherwise the minus sign. */
const HYPHENATED = /(?:count-selected|string-length)(?=\s*\()/y;
const NAME = /[A-Za-z_]\w*(?:\.\w+)*/y;
const BRACED = /\$\{\s*([A-Za-z_]\w*(?:\.\w+)*)\s*\}/y;
const SIGN = /!=|<=|>=|[=<>+\-*(),.]/y;
const WORD_OPERATORS = new Set(['and', 'or', 'div', 'mod']);

const match = (pattern: RegExp, source: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(source);
};

const nextToken = (source: string, at: number): { readonly token: Token; readonly end: number } => {
  const braced = match(BRACED, source, at);
  if (braced) return { token: { kind: 'name', at, value: braced[1] ?? '' }, end: at + braced[0].length };
  const text = match(TEXT, source, at);
  if (text) return { token: { kind: 'text', at, value: text[1] ?? text[2] ?? '' }, end: at + text[0].length };
  const number = match(NUMBER, source, at);
  if (number) return { token: { kind: 'number', at, value: number[0] }, end: at + number[0].length };
  const word = match(HYPHENATED, source, at) ?? match(NAME, source, at);
  if (word) {
    const value = word[0];
    const end = at + value.length;
    if (WORD_OPERATORS.has(value)) return { token: { kind: 'sign', at, value }, end };
    const isFunction = match(/\s*\(/y, source, end) !== null;
    return { token: { kind: isFunction ? 'function' : 'name', at, value }, end };
  }
  const sign = match(SIGN, source, at);
  if (sign) return { token: { kind: 'sign', at, value: sign[0] }, end: at + sign[0].length };
  const found = source[at] ?? '';
  throw new SyntaxFault(found === "'" || found === '"' ? 'open_text' : 'character', at, found);
};

/** Tokens of an expression with their offsets. Throws SyntaxFault. */
export const tokenize = (source: string): readonly Token[] => {
  if (source.length > MAX_EXPRESSION_LENGTH) throw new SyntaxFault('too_long', 0, String(source.length));
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const space = match(SPACE, source, at);
    if (space) at += space[0].length;
    if (at >= source.length) break;
    const { token, end } = nextToken(source, at);
    if (tokens.length >= MAX_TOKENS) throw new SyntaxFault('too_long', at, String(source.length));
    tokens.push(token);
    at = end;
  }
  tokens.push({ kind: 'end', at: source.length, value: '' });
  return tokens;
};
