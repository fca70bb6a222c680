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

const TAG = /\{%\s*(\/?)\s*([A-Za-z_][\w-]*)?((?:"(?:\\.|[^"\\])*"|[^"])*?)(\/?)\s*%\}/g;

/** All tags of a text in order. The parser gives no column for a tag inside a paragraph; this does. */
export const writtenTags = (text: string): readonly WrittenTag[] =>
  [...text.matchAll(TAG)].map((m) => ({
    ...(m[2] === undefined ? {} : { name: m[2] }),
    kind: m[1] === '/' ? 'close' : m[4] === '/' ? 'alone' : 'open',
    start: m.index,
    end: m.index + m[0].length,
    text: m[0],
  }));
