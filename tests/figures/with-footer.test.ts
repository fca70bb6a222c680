import { describe, expect, test } from 'vitest';
import { drawFigure, isProblem, type RenderedFigure, withFooter } from '../../src/figures/index.ts';
import { aRequestFor, measureText } from './builders.ts';
import { cities } from './examples.ts';

const drawn = (width: number): RenderedFigure => {
  const figure = drawFigure(aRequestFor(cities, 'bar', { language: 'kk', width }));
  if (isProblem(figure)) throw new Error(figure.code);
  return figure;
};
const linesOf = (svg: string): readonly { readonly y: number; readonly text: string }[] =>
  [...svg.matchAll(/<text[^>]* y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, y, text]) => ({
    y: Number(y),
    text: text ?? '',
  }));
const heightOf = (svg: string): number => Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1]);
const WORDS = 'Ішкі пайдалануға арналған, деректердің ашылуына тексерілмеген';

describe.each([280, 720])('a drawing of %i pixels that leaves its page', (width) => {
  const figure = drawn(width);
  const svg = withFooter(figure, [WORDS, 'two'], measureText);
  const footer = linesOf(svg).slice(linesOf(figure.svg).length);

  test('says under the picture what the page said', () => {
    expect(footer.map(({ text }) => text).join(' ')).toBe(`${WORDS} two`);
    for (const { y } of footer) expect(y).toBeGreaterThan(figure.height);
  });
  test('has room for the words', () => {
    for (const { y } of footer) expect(y).toBeLessThanOrEqual(heightOf(svg));
    for (const { text } of footer) expect(measureText(text, 11, 400)).toBeLessThanOrEqual(width);
  });
  test('is otherwise the same', () => {
    expect(linesOf(svg).slice(0, -footer.length)).toEqual(linesOf(figure.svg));
  });
});
