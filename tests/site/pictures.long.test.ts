import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fittingFigures, isProblem, type RenderedFigure } from '../../src/figures/index.ts';
import { type FigureRequest, measureText } from '../../src/report/index.ts';
import type { ServedStudy } from '../../src/server/index.ts';
import type { Language } from '../../src/vocabulary/index.ts';
import { aSite, type Site } from './a-site.ts';

let site: Site;
beforeAll(async () => {
  site = await aSite();
}, 120_000);
afterAll(() => site?.close());

type Asked = Omit<FigureRequest, 'id' | 'width'>;

/** Every picture that the site offers of a study in a language. */
const offered = ({ tables, figures }: ServedStudy, language: Language): readonly Asked[] => [
  ...figures(language).map(({ request }) => request),
  ...tables.flatMap((table) =>
    fittingFigures(table).map(({ kind, measure, others = [] }) => ({
      kind,
      table,
      measure,
      language,
      ...(others.length === 0 ? {} : { beside: others.map((other) => ({ table, measure: other })) }),
    })),
  ),
];

interface Words {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
const plain = (xml: string): string => xml.replaceAll(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);

/** Where the words of a drawing stand: capitals above the baseline; groups are only ever moved sideways. */
const wordsOf = ({ svg }: RenderedFigure): readonly Words[] => {
  const measure = measureText();
  let shift = 0;
  const words: Words[] = [];
  for (const [tag, moved, style = '', content = ''] of svg.matchAll(
    /<g transform="translate\(([-\d.]+) 0\)">|<\/g>|<text([^>]*)>([^<]*)<\/text>/g,
  )) {
    if (!tag.startsWith('<text')) {
      shift = Number(moved ?? 0);
      continue;
    }
    const at = (name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(style)?.[1];
    const [size, text, bottom] = [Number(at('font-size')), plain(content), Number(at('y'))];
    const width = measure(text, size, at('font-weight') === '700' ? 700 : 400);
    const part = { start: 0, middle: 0.5, end: 1 }[at('text-anchor') ?? 'start'] ?? 0;
    const left = Number(at('x')) + shift - part * width;
    words.push({ text, left, right: left + width, top: bottom - 0.72 * size, bottom });
  }
  return words;
};

const outside = ({ left, right, top, bottom }: Words, { width, height }: RenderedFigure): boolean =>
  left < -1 || right > width + 1 || top < -1 || bottom > height + 1;
const meet = (a: Words, b: Words): boolean =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
/** Cut between words: not because one word alone is wider than its line. */
const isCut = ({ text }: Words): boolean => /\s.*…$/.test(text);

/** What a reader could not read in a drawing. */
const faultsOf = (figure: RenderedFigure): readonly string[] => {
  const words = wordsOf(figure);
  return [
    ...words.filter((one) => outside(one, figure)).map(({ text }) => `outside: ${text}`),
    ...words.filter(isCut).map(({ text }) => `cut: ${text}`),
    ...words.flatMap((one, i) =>
      words.slice(i + 1).flatMap((other) => (meet(one, other) ? `${one.text} on ${other.text}` : [])),
    ),
  ];
};

describe.each(['kk', 'ru', 'en'] as const)('every picture that the site offers, in %s', (language) => {
  it.each([
    ['phone', 328],
    ['desk', 720],
  ])(
    'can be read on a %s: no words outside, cut off or on each other',
    (_, width) => {
      let drawn = 0;
      for (const served of site.studies)
        for (const request of offered(served, language)) {
          const figure = served.draw({ ...request, id: 'f', width });
          if (isProblem(figure)) continue;
          drawn += 1;
          expect(faultsOf(figure), `${request.table.id} ${request.kind}`).toEqual([]);
        }
      expect(drawn).toBeGreaterThan(300);
    },
    180_000,
  );
});
