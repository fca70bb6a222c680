import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
// Node loads the CommonJS build, whose one export is the default; its browser build has none.
// oxlint-disable-next-line import/default
import opentype, { type Font } from 'opentype.js';
import { type MeasureText, textMetrics } from '../figures/index.ts';

const require = createRequire(import.meta.url);

const FILES = { 400: '400Regular/NotoSans_400Regular.ttf', 700: '700Bold/NotoSans_700Bold.ttf' } as const;

type Weight = keyof typeof FILES;

const bytesOf = (weight: Weight): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(require.resolve(`@expo-google-fonts/noto-sans/${FILES[weight]}`)));

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Text widths of the report's own typeface, read once. */
export const measureText: () => MeasureText = once(() =>
  textMetrics({ regular: bytesOf(400), bold: bytesOf(700) }),
);

const fonts: Readonly<Record<Weight, () => Font>> = {
  400: once(() => opentype.parse(bytesOf(400).buffer)),
  700: once(() => opentype.parse(bytesOf(700).buffer)),
};

/** The letters of a text as a typeface of a few kilobytes. */
const faceOf = (text: string, weight: Weight): string => {
  const font = fonts[weight]();
  const letters = [...new Set(text)]
    .map((letter) => font.charToGlyph(letter))
    .filter((g) => g.unicode !== undefined);
  const part = new opentype.Font({
    familyName: 'Noto Sans',
    styleName: weight === 700 ? 'Bold' : 'Regular',
    unitsPerEm: font.unitsPerEm,
    ascender: font.ascender,
    descender: font.descender,
    glyphs: [font.glyphs.get(0), ...letters],
  });
  const data = Buffer.from(part.toArrayBuffer()).toString('base64');
  return `@font-face{font-family:"Noto Sans";font-weight:${weight};src:url(data:font/otf;base64,${data})}`;
};

/**
 * An SVG with the letters it uses inside. Its places were measured in Noto Sans; in another face, which a picture gets on a
 * machine without that one, labels would be cut off.
 */
export const withTypeface = (svg: string): string => {
  const text = svg
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(
      /&(amp|lt|gt|quot);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '',
    );
  return svg.replace(/^(<svg[^>]*>)/, `$1<style>${faceOf(text, 400)}${faceOf(text, 700)}</style>`);
};
