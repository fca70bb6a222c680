import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { drawFigure, type FigureKind, isProblem } from '../../src/figures/index.ts';
import type { Table } from '../../src/tables/index.ts';
import { aRequestFor, aTableOf, type Value, VINTAGES } from './builders.ts';
import * as examples from './examples.ts';

/** Small pictures whose every element can be read in a diff. `vitest -u` writes them anew: look at them before you commit. */
const two = aTableOf({ rows: { almaty: ['12'], oral: ['suppressed'] } });
const years = aTableOf({
  by: ['_', 'period'],
  columns: ['2016', '2017', '2018', '2020'],
  rows: { '': ['published:5', 'no_exposure', '3', '4'] as Value[] },
  breaks: [
    {
      before: '2020',
      kind: 'legal_regime',
      label: { kk: { text: 'заң' }, ru: { text: 'закон' }, en: { text: 'law' } },
    },
  ],
});
const cases: readonly [string, FigureKind, ReturnType<typeof aTableOf>, number?][] = [
  ['bar', 'bar', two],
  ['grouped', 'bar', aTableOf({ columns: ['2017', '2018'], rows: { almaty: ['14', '12'] } })],
  ['stacked', 'stacked', aTableOf({ by: ['form', 'period'], rows: { rally: ['8'], picket: ['9'] } })],
  ['line', 'line', years],
  ['diverging', 'diverging', examples.likelihoods[2] as Table],
  [
    'flow',
    'flow',
    aTableOf({
      by: ['place', 'kind'],
      columns: ['arrest', 'fine'],
      rows: { almaty: ['12', '3'], oral: ['suppressed', '2'] },
    }),
  ],
  ['panels', 'panels', examples.indicators[0] as Table],
  ['polarity', 'tiles', examples.security],
  ['timeline', 'timeline', examples.manyCases],
  ['tiles', 'tiles', aTableOf({ by: ['unit', 'period'], rows: { almaty: ['12'], atyrau: ['suppressed'] } })],
];

/** One element a line, so that a change shows as the lines it touches. */
const lines = (svg: string): string => `${svg.replace(/></g, '>\n<')}\n`;

const draw = (id: string, kind: FigureKind, table: ReturnType<typeof aTableOf>, width: number): string => {
  const figure = drawFigure(aRequestFor(table, kind, { width, id, vintage: VINTAGES[16] }));
  if (isProblem(figure)) throw new Error(figure.code);
  return figure.svg;
};

describe('golden pictures', () => {
  test.each(cases)('%s', async (name, kind, table, width = 340) => {
    await expect(lines(draw(name, kind, table, width))).toMatchFileSnapshot(`golden/${name}.svg`);
  });

  test.each(cases)('%s is well-formed XML that a reader of SVG opens', (name, kind, table, width = 340) => {
    expect(new Resvg(draw(name, kind, table, width), { font: { loadSystemFonts: false } }).width).toBe(340);
  });
});
