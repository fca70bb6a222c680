import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drawFigure,
  FIGURE_KINDS,
  type FigureKind,
  type FigureRequest,
  isProblem,
  type RenderedFigure,
} from '../../src/figures/index.ts';
import type { Table } from '../../src/tables/index.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aRequestFor, aTableOf, label, plain, VINTAGES } from './builders.ts';
import * as examples from './examples.ts';

const drawn = (table: Table, kind: FigureKind, more: Partial<FigureRequest> = {}): RenderedFigure => {
  const figure = drawFigure(aRequestFor(table, kind, { vintage: VINTAGES[20], ...more }));
  if (isProblem(figure)) throw new Error(JSON.stringify(figure));
  return figure;
};
const all: readonly (readonly [string, Table, FigureKind])[] = [
  ['bars', examples.cities, 'bar'],
  ['grouped bars', examples.citiesOfYears, 'bar'],
  ['stacked bars', examples.forms, 'stacked'],
  ['whole bars', examples.formCounts, 'whole'],
  ['a line', examples.byYear, 'line'],
  ['lines', examples.linesOfFew, 'line'],
  ['panels', examples.linesOfMany, 'line'],
  ['tiles', examples.units20, 'tiles'],
  ['flows', examples.cityKinds, 'flow'],
  ['panels of bars', examples.indicators[0] as Table, 'panels'],
  ['panels of lines', examples.mediaAndViolations[0] as Table, 'panels'],
  ['a timeline', examples.manyCases, 'timeline'],
  ['answers of a scale', examples.likelihoods[0] as Table, 'diverging'],
];

describe('a picture is safe to put into a page', () => {
  test.each(all)('%s hold no script, no outside reference and no style sheet', (_, table, kind) => {
    const { svg } = drawn(table, kind);
    expect(svg).not.toMatch(/<script|href|<style|<foreignObject|\son\w+=|@import|url\((?!#f-)/i);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  test.each(all)('%s: every id starts with the id given, and is there once', (_, table, kind) => {
    const { svg } = drawn(table, kind);
    const ids = [...svg.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.every((id) => id?.startsWith('f-'))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('labels cannot break out of the text they stand in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (hostile) => {
        const table = aTableOf({
          title: plain(hostile),
          codes: { a: plain(`<script>${hostile}"&`) },
          rows: { a: ['1'], b: ['2'] },
        });
        const { svg } = drawn(table, 'bar');
        expect(svg).not.toContain('<script');
        // oxlint-disable-next-line no-control-regex
        expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
        expect(svg.match(/<text /g)?.length).toBe(svg.match(/<\/text>/g)?.length);
      }),
      { numRuns: 100 },
    );
  });

  test('title and description are in the picture, and the picture says it is one', () => {
    const { svg, alt } = drawn(examples.cities, 'bar');
    expect(svg).toContain('role="img" aria-labelledby="f-title f-desc"');
    expect(svg).toContain(`<desc id="f-desc">${alt}</desc>`);
    expect(svg).toContain('<title id="f-title">Assemblies by city</title>');
  });
});

describe('a withheld value appears nowhere', () => {
  const secret = (value: string) =>
    aTableOf({ rows: { almaty: ['12'], oral: [value], aktau: ['3'], taraz: ['suppressed'] } });

  test('neither in the picture nor in its text: the picture is the same whatever lies behind the gap', () => {
    const table = secret('suppressed');
    const cells = table.cells.map((c) => (c.at['place'] === 'oral' ? { ...c, n: 7 } : c));
    expect(drawn({ ...table, cells }, 'bar')).toEqual(drawn(table, 'bar'));
  });

  test('not by its place in an order by size: withheld rows stand last, by code', () => {
    const { svg } = drawn(secret('suppressed'), 'bar');
    const places = ['>almaty<', '>aktau<', '>oral<', '>taraz<'].map((name) => svg.indexOf(name));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(svg.match(/>withheld</g)).toHaveLength(2);
  });

  test('negative control: the same row with a value stands where the table has it', () => {
    const { svg } = drawn(secret('7'), 'bar');
    expect(svg.indexOf('>oral<')).toBeLessThan(svg.indexOf('>aktau<'));
  });

  test('not by what is left of a whole: a bar with a withheld part is not stretched', () => {
    const { svg } = drawn(
      aTableOf({ by: ['form', 'period'], rows: { rally: ['8'], march: ['suppressed'] } }),
      'whole',
    );
    expect(svg).toContain('>withheld<');
    expect(svg).not.toContain('>8<');
  });
});

describe('same request, same bytes', () => {
  test.each(FIGURE_KINDS)('%s in two processes', (kind) => {
    const script = new URL('./draw-once.ts', import.meta.url).pathname;
    const run = () =>
      execFileSync(process.execPath, [script, kind], {
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      });
    const first = run();
    expect(first).toContain('</svg>');
    expect(run()).toBe(first);
  });

  test('the request is not changed', () => {
    const request = aRequestFor(examples.cities, 'bar');
    const before = JSON.stringify(request.table, (_, v) => (typeof v === 'bigint' ? String(v) : v));
    drawFigure(request);
    expect(JSON.stringify(request.table, (_, v) => (typeof v === 'bigint' ? String(v) : v))).toBe(before);
  });
});

describe('nothing runs out of the picture', () => {
  const long = label(
    'Өте ұзақ атау, ол бірнеше жолға бөлінуі тиіс және бағандарды ығыстырмауы керек',
    'Очень длинное название, которое должно перенестись на несколько строк и не вытеснить столбики',
    'A very long name that has to wrap over several lines and must not push the bars out',
  );
  test.each(LANGUAGES)('long labels wrap inside the width (%s)', (language) => {
    for (const width of [340, 720]) {
      const table = aTableOf({
        codes: { a: long },
        columns: ['2017', '2018'],
        rows: { a: ['12', '14'], b: ['3', '4'] },
      });
      for (const kind of ['bar', 'line', 'stacked'] as const) {
        const request = aRequestFor(table, kind, { language, width });
        const figure = drawn(table, kind, { language, width });
        for (const [, attributes = '', text = ''] of figure.svg.matchAll(/<text ([^>]*)>([^<]*)</g)) {
          const number = (name: string) =>
            Number(new RegExp(`${name}="([\\d.-]+)"`).exec(attributes)?.[1] ?? 0);
          const wide = request.measureText(
            text,
            number('font-size'),
            attributes.includes('font-weight') ? 700 : 400,
          );
          const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? 'start';
          const left = number('x') - (anchor === 'end' ? wide : anchor === 'middle' ? wide / 2 : 0);
          expect(left).toBeGreaterThanOrEqual(-1);
          expect(left + wide).toBeLessThanOrEqual(width + 1);
        }
      }
    }
  });
});
