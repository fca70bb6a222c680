/** Offsets of a text as line and column, both from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export const positionsIn = (text: string): ((offset: number) => TextPosition) => {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
};

/** A tag as it stands in the text. Annotations (`{% #id %}`) have no name. */
export interface WrittenTag {
  readonly name?: string;
  readonly kind: 'open' | 'close' | 'alone';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Longer than any tag of a report; a tag that is never closed is not looked for through the whole text. */
export const MAX_TAG = 1_000;

/** Where `%}` closes a tag, outside its quoted texts, as the parser looks for it; undefined where nothing closes it. */
const endOfTag = (text: string, start: number): number | undefined => {
  let quoted = false;
  for (let at = start; at < Math.min(text.length, start + MAX_TAG); at += 1) {
    const char = text[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === '%' && text[at + 1] === '}') return at;
  }
  return undefined;
};

const tagBetween = (text: string, start: number, end: number): WrittenTag => {
  const inside = text.slice(start + 2, end).trim();
  const [, slash = '', name] = /^(\/?)\s*([A-Za-z_][\w-]*)?/.exec(inside) ?? [];
  return {
    ...(name === undefined ? {} : { name }),
    kind: slash === '/' ? 'close' : inside.endsWith('/') ? 'alone' : 'open',
    start,
    end: end + 2,
    text: text.slice(start, end + 2),
  };
};

/** All tags of a text in order. The parser gives no column for a tag inside a paragraph; this does. */
export const writtenTags = (text: string): readonly WrittenTag[] => {
  const tags: WrittenTag[] = [];
  for (let at = text.indexOf('{%'); at >= 0; ) {
    const end = endOfTag(text, at + 2);
    if (end !== undefined) tags.push(tagBetween(text, at, end));
    at = text.indexOf('{%', end ?? at + 2);
  }
  return tags;
};
