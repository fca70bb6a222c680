import { readFileSync } from 'node:fs';
// Node loads the CommonJS build, whose one export is the default; its browser build has none.
// oxlint-disable-next-line import/default
import opentype from 'opentype.js';
import { type MeasureText, textMetrics } from '../figures/index.ts';
import { figureFaces } from './fonts.ts';

/** Texts of an SVG: what stands between tags. */
const textOf = (svg: string): string =>
  svg.replaceAll(/<[^<>]*>/g, ' ').replaceAll(/&(amp|lt|gt|quot);/g, '&<>"');

/** Characters in order of code, each once, the no-break space with them. */
const charactersOf = (texts: Iterable<string>): readonly string[] =>
  [...new Set(`${[...texts].join('')}\u00a0`)].filter((c) => c > ' ').sort();

const parsed = new Map<string, opentype.Font>();
const fontAt = (file: string): opentype.Font => {
  let font = parsed.get(file);
  if (font === undefined) {
    const bytes = readFileSync(file);
    font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    parsed.set(file, font);
  }
  return font;
};

/**
 * The writer stamps the present time into the `head` table (OpenType 1.9); with it go the checksums that cover it. Browsers
 * check neither.
 */
const withoutTime = (font: Buffer): Buffer => {
  const tables = font.readUInt16BE(4);
  for (let record = 12; record < 12 + 16 * tables; record += 16) {
    if (font.toString('latin1', record, record + 4) !== 'head') continue;
    const head = font.readUInt32BE(record + 8);
    font.fill(0, record + 4, record + 8);
    font.fill(0, head + 8, head + 12);
    font.fill(0, head + 28, head + 36);
  }
  return font;
};

/** A font with only these characters, as a data URI. No time goes into it: the same characters give the same bytes. */
const subset = (file: string, characters: readonly string[]): string => {
  const full = fontAt(file);
  const glyph = (name: string, from: opentype.Glyph, unicode?: number): opentype.Glyph =>
    new opentype.Glyph({
      name,
      ...(unicode === undefined ? {} : { unicode }),
      advanceWidth: from.advanceWidth ?? full.unitsPerEm / 2,
      path: from.path,
    });
  const code = (c: string): number => c.codePointAt(0) ?? 0;
  const glyphs = [
    glyph('.notdef', full.glyphs.get(0)),
    glyph('space', full.charToGlyph(' '), 0x20),
    ...characters
      .filter((c) => full.charToGlyphIndex(c) > 0)
      .map((c) => glyph(`u${code(c).toString(16)}`, full.charToGlyph(c), code(c))),
  ];
  const font = new opentype.Font({
    familyName: 'Figures',
    styleName: 'Regular',
    unitsPerEm: full.unitsPerEm,
    ascender: full.ascender,
    descender: full.descender,
    createdTimestamp: 1,
    glyphs,
  });
  return `data:font/otf;base64,${withoutTime(Buffer.from(font.toArrayBuffer())).toString('base64')}`;
};

/**
 * The face in which the figures were measured, cut to the characters they use, so that labels are as wide as their places
 * on every machine and the page still stands alone (Noto Sans, SIL Open Font License).
 */
export const figureFace = (svgs: readonly string[]): string => {
  if (svgs.length === 0) return '';
  const characters = charactersOf(svgs.map(textOf));
  return figureFaces
    .map(
      ({ file, weight }) =>
        `@font-face { font-family: 'Noto Sans'; font-weight: ${weight}; src: url(${subset(file, characters)}) format('opentype'); }`,
    )
    .join('\n');
};

let metrics: MeasureText | undefined;

/** Text widths in that face, read once. */
export const measureText = (): MeasureText => {
  const bytes = (weight: 400 | 700): Uint8Array<ArrayBuffer> =>
    new Uint8Array(readFileSync(figureFaces.find((f) => f.weight === weight)?.file ?? ''));
  return (metrics ??= textMetrics({ regular: bytes(400), bold: bytes(700) }));
};

/** An SVG that stands alone, with the letters it uses inside. */
export const withFace = (svg: string): string =>
  svg.replace(/^(<svg[^>]*>)/, `$1<style>${figureFace([svg])}</style>`);
