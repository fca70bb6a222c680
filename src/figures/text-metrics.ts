import * as namespace from 'opentype.js';

/** Width of a line of text in the units of `size`, from the font itself. */
export type MeasureText = (text: string, size: number, weight?: 400 | 700) => number;

/** Node loads the package as CommonJS (all in `default`), a bundler as a module (named exports only). */
const opentype = (namespace as { default?: Pick<typeof namespace, 'parse'> }).default ?? namespace;

type Bytes = ArrayBuffer | Uint8Array<ArrayBuffer>;

const bufferOf = (bytes: Bytes): ArrayBuffer =>
  bytes instanceof ArrayBuffer
    ? bytes
    : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

/** Advance width of every character once; kerning is left out, it is below a pixel in the sizes of labels. */
const widths = (bytes: Bytes): ((text: string) => number) => {
  const font = opentype.parse(bufferOf(bytes));
  const known = new Map<string, number>();
  const widthOf = (character: string): number => {
    let width = known.get(character);
    if (width === undefined) {
      width = (font.charToGlyph(character).advanceWidth ?? font.unitsPerEm / 2) / font.unitsPerEm;
      known.set(character, width);
    }
    return width;
  };
  return (text) => {
    let sum = 0;
    for (const character of text) sum += widthOf(character);
    return sum;
  };
};

/**
 * Real text widths from the bytes of Noto Sans Regular and Bold (TTF), which the caller reads: Cyrillic and Kazakh letters
 * are wider than a guess from the number of letters.
 */
export const textMetrics = (fonts: { readonly regular: Bytes; readonly bold: Bytes }): MeasureText => {
  const [regular, bold] = [widths(fonts.regular), widths(fonts.bold)];
  return (text, size, weight = 400) => size * (weight === 700 ? bold(text) : regular(text));
};
