import { ProblemError, problem } from './problem.ts';
import { JSON_LIMITS, type JsonLimits } from './text-limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Whether the quotation mark at a place is escaped: an odd number of backslashes stands before it. */
const isEscaped = (text: string, at: number): boolean => {
  let before = at;
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
};

/** The limit that the brackets outside strings exceed. One pass; of a text that is no JSON it says nothing. */
const exceeded = (
  text: string,
  { depth: deepest, tokens: most = text.length }: JsonLimits,
): 'depth' | 'tokens' | undefined => {
  let [depth, opened] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      do at = text.indexOf('"', at + 1);
      while (at >= 0 && isEscaped(text, at));
      if (at < 0) return undefined;
    } else if (code === LIST || code === OBJECT) {
      depth += 1;
      opened += 1;
      if (depth > deepest) return 'depth';
      if (opened > most) return 'tokens';
    } else if (code === LIST_END || code === OBJECT_END) depth -= 1;
  }
  return undefined;
};

/**
 * JSON of foreign origin. Whoever walks its value may recurse: it is no deeper than the limit. Throws ProblemError `text_limit`
 * for what is too long, too deep or too many, SyntaxError for what is no JSON.
 */
export const readJson = (text: string, limits: JsonLimits = JSON_LIMITS): unknown => {
  if (text.length > limits.characters)
    throw new ProblemError(problem('text_limit', { what: 'characters', limit: limits.characters }));
  const what = exceeded(text, limits);
  if (what !== undefined) throw new ProblemError(problem('text_limit', { what, limit: limits[what] ?? 0 }));
  return JSON.parse(text);
};
