import { describe, expect, test } from 'vitest';
import { drawFigure, type FigureKind, type FigureRequest, isProblem } from '../../src/figures/index.ts';
import type { Table } from '../../src/tables/index.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aRequestFor, aTableOf, measureText, plain, VINTAGES } from './builders.ts';
import * as examples from './examples.ts';

const drawn = (table: Table, kind: FigureKind, more: Partial<FigureRequest> = {}) => {
  const figure = drawFigure(aRequestFor(table, kind, { vintage: VINTAGES[16], ...more }));
  if (isProblem(figure)) throw new Error(JSON.stringify(figure));
  return figure;
};
const problemOf = (table: Table, kind: FigureKind, more: Partial<FigureRequest> = {}) => {
  const figure = drawFigure(aRequestFor(table, kind, more));
  return isProblem(figure) ? figure.code : undefined;
};
const beside = (tables: readonly Table[], measure: string) =>
  tables.slice(1).map((table) => ({ table, measure }));
const rects = (svg: string, fill: string) =>
  [...svg.matchAll(/<rect ([^>]*)>/g)]
    .map(([, attributes = '']) => attributes)
    .filter((attributes) => attributes.includes(`fill="${fill}"`))
    .map((attributes) => ({
      x: Number(/\bx="([\d.]+)"/.exec(attributes)?.[1]),
      width: Number(/\bwidth="([\d.]+)"/.exec(attributes)?.[1]),
    }))
    // The tile of a hatch has no place.
    .filter(({ x }) => !Number.isNaN(x));

const [first, second, third] = examples.likelihoods as [Table, Table, Table];
const answers = (rows: Readonly<Record<string, readonly string[]>>, unit = 'percent') =>
  aTableOf({ measure: { unit }, by: ['answer', 'type'], columns: ['all'], rows });

describe('diverging bars', () => {
  test('the lower half of a scale ends, and the upper half begins, at the line', () => {
    const { svg } = drawn(
      answers({ no: ['10'], rather_no: ['20'], rather_yes: ['30'], yes: ['40'] }),
      'diverging',
    );
    const line = Number(/<path d="M([\d.]+) [\d.]+v30"/.exec(svg)?.[1]);
    const lower = rects(svg, '#dde1e5').at(-1);
    const upper = rects(svg, '#86b3d6').at(-1);
    expect((lower?.x ?? 0) + (lower?.width ?? 0)).toBeCloseTo(line, 0);
    expect(upper?.x).toBeCloseTo(line, 0);
  });
  test('the middle answer of an odd scale lies across the line', () => {
    const { svg } = drawn(answers({ no: ['20'], unsure: ['40'], yes: ['40'] }), 'diverging');
    const line = Number(/<path d="M([\d.]+) [\d.]+v30"/.exec(svg)?.[1]);
    const middle = rects(svg, 'url(#f-between)').at(-1);
    expect((middle?.x ?? 0) + (middle?.width ?? 0) / 2).toBeCloseTo(line, 0);
  });
  test('a bar a column of one table, the total among them', () => {
    const { svg } = drawn(first, 'diverging');
    for (const name of ['Individuals', 'Organisations', 'Total']) expect(svg).toContain(`>${name}<`);
  });
  test('a bar a table of several, named by what tells their titles apart', () => {
    const { svg, alt } = drawn(first, 'diverging', { beside: beside(examples.likelihoods, 'n') });
    for (const name of ['Attacks on reputation', 'Technical attacks', 'Physical attacks'])
      expect(svg).toContain(`>${name}<`);
    expect(alt).toContain('Physical attacks: Excluded – 31%');
  });
  test('of several tables the column asked for is drawn', () => {
    const { alt } = drawn(first, 'diverging', {
      beside: beside([first, second], 'n'),
      column: 'organisation',
    });
    expect(alt).toContain('Technical attacks: Excluded – 10%');
  });
  test('a bar with a withheld part is not drawn: its place would tell the part', () => {
    const { svg } = drawn(third, 'diverging');
    expect(svg).toContain('>withheld<');
    expect(svg).not.toContain('>40%<');
  });
  test('tables with other answers, counts, and scales nobody can read are refused', () => {
    const other = answers({ yes: ['60'], no: ['40'] });
    expect(problemOf(first, 'diverging', { beside: beside([first, other], 'n') })).toBe('figure_scale');
    expect(problemOf(answers({ no: ['4'], yes: ['6'] }, 'persons'), 'diverging')).toBe('figure_not_parts');
    expect(problemOf(answers({ yes: ['100'] }), 'diverging')).toBe('figure_scale');
  });
  test('shares that sum to more than a whole are refused', () => {
    expect(problemOf(answers({ no: ['60'], yes: ['60'] }), 'diverging')).toBe('figure_not_parts');
  });
});

describe('a flow picture', () => {
  const flow = (rows: Readonly<Record<string, readonly string[]>>) =>
    aTableOf({ by: ['place', 'kind'], columns: ['arrest', 'fine'], rows });
  test('both ends carry the same sum', () => {
    const { alt } = drawn(flow({ almaty: ['5', '3'], oral: ['2', '1'] }), 'flow');
    expect(alt).toContain('From: almaty – 8, oral – 3. To: arrest – 7, fine – 4.');
  });
  test('more than nine rows: the smaller ones are together, and a note names them', () => {
    const { alt, notes } = drawn(examples.cityKinds, 'flow');
    expect(alt).toContain('Other (4) – 10');
    expect(notes).toEqual(['Other: Атырау, Семей, Жезказган, Жанаозен.']);
  });
  test('bands are as wide as their numbers', () => {
    const { svg } = drawn(flow({ almaty: ['30', '10'] }), 'flow');
    const widths = [
      ...svg.matchAll(/<path d="M[\d.]+ ([\d.]+)C[^V]*V[\d.]+C[\d.]+ [\d.]+ [\d.]+ ([\d.]+)/g),
    ].map(([, top, bottom]) => Number(bottom) - Number(top));
    expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(3, 1);
  });
  test('an end with a withheld part has no sum', () => {
    const { alt } = drawn(flow({ almaty: ['5', 'suppressed'], oral: ['2', '1'] }), 'flow');
    expect(alt).toContain('almaty – withheld');
    expect(alt).toContain('fine – withheld');
    expect(alt).toContain('arrest – 7');
  });
  test('a table of one dimension has nothing to flow to', () => {
    const table = aTableOf({ rows: { almaty: ['1'] } });
    const one = { ...table, dimensions: table.dimensions.slice(0, 1) };
    expect(problemOf(one, 'flow')).toBe('figure_not_parts');
  });
});

describe('maps say which end is worse', () => {
  test('the same numbers as what is good and as what is bad: other words, other colours, the same order', () => {
    const good = drawn(examples.security, 'tiles').svg;
    const bad = drawn(examples.threats, 'tiles').svg;
    expect(good).toContain('>2.2 – 2.6 (worse)<');
    expect(good).toContain('>4.6 – 5.0 (better)<');
    expect(bad).toContain('>2.2 – 2.6 (better)<');
    expect(bad).toContain('>4.6 – 5.0 (worse)<');
    expect(good).not.toContain('#702b06');
    expect(bad).not.toContain('#0a4a40');
  });
  test('what rests on few persons is hatched, and the legend says so', () => {
    const { svg } = drawn(examples.security, 'tiles');
    expect(svg).toContain('id="f-class-0-few"');
    expect(svg).toContain('>rests on fewer persons than the disclosure policy allows<');
  });
  test('negative control: without such cells there is neither hatch nor words', () => {
    const cells = examples.security.cells.map((cell) => ({ ...cell, flags: [] }));
    const { svg } = drawn({ ...examples.security, cells }, 'tiles');
    expect(svg).not.toContain('-few"');
    expect(svg).not.toContain('rests on fewer');
  });
});

describe('small panels', () => {
  const [threats] = examples.indicators as [Table, ...Table[]];
  const measures = [
    ...beside(examples.indicators.slice(0, 4), 'mean'),
    ...beside(examples.indicators.slice(3), 'gm'),
  ];
  test('the rows of the first table are named once, in its order', () => {
    const { svg } = drawn(threats, 'panels', { beside: measures });
    expect(svg.match(/>Oskemen</g)).toHaveLength(1);
    expect(svg.indexOf('>Almaty<')).toBeLessThan(svg.indexOf('>Astana<'));
  });
  test('panels of one measure have one scale, another measure has its own', () => {
    const { svg } = drawn(threats, 'panels', { beside: measures });
    // Almaty's threats (4.4) and vulnerability (3.9), Astana's vulnerability (4.5, the longest of the three means).
    const widths = rects(svg, '#b75d1d').map(({ width }) => width);
    const [threatsOfAlmaty = 0, , , , vulnerability = 0] = widths;
    expect(vulnerability / threatsOfAlmaty).toBeCloseTo(3.9 / 4.4, 2);
    // The longest bar of risk, 5.50, is about as long as the longest of the means, 4.5: it has a scale of its own.
    const risk = Math.max(...widths.slice(-4));
    expect(risk / Math.max(...widths.slice(0, 8))).toBeGreaterThan(0.85);
    expect(risk / Math.max(...widths.slice(0, 8))).toBeLessThan(1.1);
  });
  test('each panel says in words whether more is worse', () => {
    const { svg } = drawn(threats, 'panels', { beside: measures, width: 1600 });
    expect(svg).toContain('>Mean; more is worse<');
    expect(svg).toContain('>Mean; more is better<');
  });
  test('series of different units stand on axes of their own', () => {
    const { svg } = drawn(examples.mediaAndViolations[0] as Table, 'panels', {
      beside: beside(examples.mediaAndViolations, 'n'),
    });
    expect(svg).toContain('>150<');
    expect(svg).toContain('>750<');
    expect(svg).toContain('Each panel has an axis of its own.');
  });
  test('a series and a table of things do not share a picture', () => {
    expect(
      problemOf(threats, 'panels', {
        beside: [{ table: examples.mediaAndViolations[0] as Table, measure: 'n' }],
      }),
    ).toBe('figure_panels');
  });
  test('a measure that a further table lacks is refused', () => {
    expect(problemOf(threats, 'panels', { beside: beside(examples.indicators, 'nothing') })).toBe(
      'figure_measure_unknown',
    );
  });
});

describe('a timeline', () => {
  test('marks stand where there is a number, and nowhere else', () => {
    expect(drawn(examples.oneCase, 'timeline').svg.match(/<circle/g)).toHaveLength(6);
  });
  test('its words tell what happened when', () => {
    expect(drawn(examples.oneCase, 'timeline').alt).toContain('Appeal: Feb 2016 – 1.');
  });
  test('a withheld number is a hatched mark, never a circle', () => {
    const { svg } = drawn(examples.manyCases, 'timeline');
    expect(svg).toContain('url(#f-withheld)');
  });
  test('a table without periods is refused, beside another one too', () => {
    expect(problemOf(examples.cityKinds, 'timeline')).toBe('figure_without_time');
    const more = { beside: beside([examples.oneCase, examples.cityKinds], 'n') };
    expect(problemOf(examples.oneCase, 'timeline', more)).toBe('figure_without_time');
  });
  describe('of several tables', () => {
    const hearings = aTableOf({
      title: plain('Case: hearings'),
      by: ['month', 'stage'],
      columns: ['trial', 'appeal'],
      codes: { trial: plain('Trial'), appeal: plain('Appeal') },
      rows: { '2015-11': ['1', '0'], '2016-03': ['1', '2'] },
    });
    const decided = aTableOf({
      title: plain('Case: decisions'),
      by: ['month', 'outcome'],
      columns: ['lost'],
      codes: { lost: plain('Lost') },
      rows: { '2016-03': ['1'] },
    });
    const both = drawn(hearings, 'timeline', { beside: beside([hearings, decided], 'n') });
    const x = (mark: string): number => Number(/cx="([\d.]+)"/.exec(mark)?.[1]);
    const marks = both.svg.match(/<circle[^>]*>/g) ?? [];
    test('has a lane for each row of each, named by its table', () => {
      for (const text of ['Hearings', 'Trial', 'Appeal', 'Decisions', 'Lost'])
        expect(both.svg).toContain(`>${text}<`);
      expect(both.alt).toContain('Hearings, Appeal: 2016-03 – 2.');
    });
    test('has them along one axis: the same month is at the same place', () => {
      expect(marks).toHaveLength(4);
      expect(new Set(marks.slice(1).map(x)).size).toBe(1);
    });
    test('has marks of one scale: the same number is as large in every table', () => {
      const sizes = marks.map((mark) => Number(/ r="([\d.]+)"/.exec(mark)?.[1]));
      expect(sizes[3]).toBe(sizes[0]);
      expect(sizes[2]).toBeGreaterThan(sizes[0] as number);
    });
    test('shows the months between, in which no table has anything', () => {
      const rules = both.svg.match(/M[\d.]+ [\d.]+V/g) ?? [];
      expect(rules).toHaveLength(5);
      expect(both.svg).toContain('>January 2016<');
    });
    test('names no two months over each other on a phone, where the first name begins at the edge', () => {
      const months = Array.from({ length: 8 }, (_, i) => `2016-0${i + 1}`);
      const name = 'октябрь 2015';
      const long = aTableOf({
        by: ['month', 'stage'],
        columns: ['trial'],
        codes: Object.fromEntries(months.map((month) => [month, plain(name)])),
        rows: Object.fromEntries(months.map((month) => [month, ['1']])),
      });
      const { svg } = drawn(long, 'timeline', { width: 328 });
      const places = [...svg.matchAll(new RegExp(`<text x="([\\d.]+)"[^>]*>${name}<`, 'g'))].map(([, x]) =>
        Number(x),
      );
      expect(places.length).toBeGreaterThan(1);
      for (const [i, x] of places.slice(1).entries()) expect(x - (places[i] as number)).toBeGreaterThan(70);
    });
    test('takes periods from the rows of a table as well as from its columns', () => {
      expect(drawn(decided, 'timeline').svg.match(/<circle/g)).toHaveLength(1);
    });
  });
});

describe('nothing runs out of a picture of several parts', () => {
  const long = plain(
    'A very long name that has to wrap over several lines and must not push the picture out of its frame',
  );
  const cases: readonly (readonly [FigureKind, Table, Partial<FigureRequest>?])[] = [
    ['diverging', first, { beside: beside(examples.likelihoods, 'n') }],
    ['diverging', answers({ no: ['99.9'], yes: ['0.1'] })],
    ['flow', examples.cityKinds],
    [
      'flow',
      aTableOf({ by: ['place', 'kind'], codes: { a: long, b: long }, columns: ['b'], rows: { a: ['12'] } }),
    ],
    ['panels', examples.indicators[0] as Table, { beside: beside(examples.indicators.slice(0, 4), 'mean') }],
    ['timeline', examples.manyCases],
  ];
  const out = ({ svg, width }: { readonly svg: string; readonly width: number }): readonly string[] =>
    [...svg.matchAll(/<text ([^>]*)>([^<]*)</g)].flatMap(([, attributes = '', text = '']) => {
      const number = (name: string) => Number(new RegExp(`${name}="([\\d.-]+)"`).exec(attributes)?.[1] ?? 0);
      const wide = measureText(text, number('font-size'), attributes.includes('font-weight') ? 700 : 400);
      const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? 'start';
      const left = number('x') - (anchor === 'end' ? wide : anchor === 'middle' ? wide / 2 : 0);
      return left < -1 || left + wide > width + 1 ? [text] : [];
    });
  test.each(LANGUAGES)('words stay inside the width (%s)', (language) => {
    for (const width of [328, 720])
      for (const [kind, table, more] of cases)
        expect([kind, width, out(drawn(table, kind, { ...more, language, width }))]).toEqual([
          kind,
          width,
          [],
        ]);
  });
});
