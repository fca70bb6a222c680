import { describe, expect, test } from 'vitest';
import { drawFigure, type FigureKind, type FigureRequest, isProblem } from '../../src/figures/index.ts';
import type { Table } from '../../src/tables/index.ts';
import { aRequestFor, aTableOf, GEOGRAPHY, label, VINTAGES } from './builders.ts';
import * as examples from './examples.ts';

const figureOf = (table: Table, kind: FigureKind, more: Partial<FigureRequest> = {}) => {
  const figure = drawFigure(aRequestFor(table, kind, { vintage: VINTAGES[20], ...more }));
  if (isProblem(figure)) throw new Error(JSON.stringify(figure));
  return figure;
};
const problemOf = (table: Table, kind: FigureKind, more: Partial<FigureRequest> = {}) => {
  const figure = drawFigure(aRequestFor(table, kind, more));
  return isProblem(figure) ? figure.code : undefined;
};
const cities = aTableOf({
  codes: {
    almaty: label('Алматы', 'Алматы', 'Almaty'),
    oral: label('Орал', 'Уральск', 'Oral'),
    aktau: label('Ақтау', 'Актау', 'Aktau'),
  },
  rows: { almaty: ['12'], aktau: ['1'], oral: ['suppressed'] },
});

describe('the text alternative says what the picture shows', () => {
  test.each([
    [
      'en',
      'Bar chart: Assemblies by city; Assemblies, 2018. Highest: Almaty (12); lowest: Aktau (1). Without a value: withheld – Oral.',
    ],
    [
      'ru',
      'Столбиковая диаграмма: Собрания по городам; Собраний, 2018. Наибольшее значение: Алматы (12); наименьшее: Актау (1). Без значения: скрыто — Уральск.',
    ],
    [
      'kk',
      'Бағанды диаграмма: Қалалар бойынша жиналыстар; Жиналыстар, 2018. Ең үлкен мән: Алматы (12); ең кіші мән: Ақтау (1). Мәні жоқ: жасырылған – Орал.',
    ],
  ] as const)('bars, %s', (language, alt) => {
    expect(figureOf(cities, 'bar', { language }).alt).toBe(alt);
  });

  test.each([
    ['en', 'from 9.5 (2014) to 2.7 (2018): fell.'],
    ['ru', 'С 9,5 (2014) до 2,7 (2018): снижение.'],
    ['kk', 'Басында 9,5 (2014), соңында 2,7 (2018): төмендеді.'],
  ] as const)('a trend is told only between breaks, %s', (language, sentence) => {
    expect(figureOf(examples.byYear, 'line', { language }).alt.toLowerCase()).toContain(
      sentence.toLowerCase(),
    );
  });

  test('values that print alike are alike: no highest among equals', () => {
    const table = aTableOf({ measure: { decimals: 0 }, rows: { a: ['3.1'], b: ['2.9'] } });
    expect(figureOf(table, 'bar').alt).toContain('All values are equal: 3.');
  });
  test('ties are named together, four at most', () => {
    const table = aTableOf({ rows: { a: ['9'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] } });
    expect(figureOf(table, 'bar').alt).toContain('lowest: b, c, d and 2 more (1)');
  });
  test('a published number is shown with the digits it was printed with', () => {
    const [cell] = cities.cells;
    if (cell === undefined) throw new Error('no cell');
    const table = {
      ...cities,
      cells: [{ ...cell, printed: { text: '12,0', decimals: 1 } }, ...cities.cells.slice(1)],
    };
    expect(figureOf(table, 'bar').svg).toContain('>12.0<');
  });
});

describe('gaps and breaks', () => {
  const series = (values: readonly string[], before?: string) =>
    figureOf(
      aTableOf({
        by: ['_', 'period'],
        columns: ['2015', '2016', '2017', '2018'],
        rows: { '': values },
        breaks:
          before === undefined
            ? []
            : [{ before, kind: 'legal_regime', label: label('заң', 'закон', 'another law') }],
      }),
      'line',
    );
  const segments = (svg: string) =>
    [...svg.matchAll(/<path d="(M[^"]*L[^"]*)" fill="none"/g)].map(([, d]) => d?.match(/[ML]/g)?.length);

  test('a whole series is one line', () => {
    expect(segments(series(['1', '2', '3', '4']).svg)).toEqual([4]);
  });
  test('a break cuts the line, is drawn as a dashed rule and is named', () => {
    const { svg, notes } = series(['1', '2', '3', '4'], '2017');
    expect(segments(svg)).toEqual([2, 2]);
    expect(svg).toContain('stroke-dasharray="4 3"');
    expect(svg).toContain('>Another law<');
    expect(notes).toEqual(['Before 2017 the series breaks. Another law.']);
  });
  test('a break before the first period shown is none', () => {
    const { svg, notes } = series(['1', '2', '3', '4'], '2015');
    expect(segments(svg)).toEqual([4]);
    expect(notes).toEqual([]);
  });
  test('a gap cuts the line and is never drawn as zero', () => {
    const { svg } = series(['5', 'no_exposure', '3', '4']);
    expect(segments(svg)).toEqual([2]);
    expect(svg.match(/<circle/g)).toHaveLength(3);
    expect(svg).toContain('>months unknown<');
  });
  test('published points are hollow, computed ones filled, and the legend says which is which', () => {
    const { svg } = series(['published:5', 'published:4', '3', '4']);
    // Two points and the legend's sample of each kind.
    expect(svg.match(/<circle[^>]*fill="#ffffff"/g)).toHaveLength(3);
    expect(svg).toContain('>as published earlier<');
    expect(svg).toContain('>counted from records<');
  });
  test('a bar of zero has no bar, a gap has a mark and words', () => {
    const { svg } = figureOf(aTableOf({ rows: { a: ['4'], b: ['0'], c: ['undefined'] } }), 'bar');
    expect(svg.match(/fill="#1f6091"/g)).toHaveLength(1);
    expect(svg).toContain('>undefined<');
  });
});

describe('what is drawn', () => {
  test('a total that sums the rows is left out of bars', () => {
    expect(figureOf(examples.cities, 'bar').svg).not.toContain('>31<');
  });
  test('a total that averages the rows stands last, in grey', () => {
    const { svg } = figureOf(examples.ratesByCity, 'bar');
    expect(svg).toContain('>38.7%<');
    expect(svg).toContain('fill="#6b7785"');
  });
  test('more than four columns: the last alone, and the heading names it', () => {
    const table = aTableOf({
      columns: ['2014', '2015', '2016', '2017', '2018'],
      rows: { a: ['1', '2', '3', '4', '5'] },
    });
    expect(figureOf(table, 'bar').svg).toContain('>Assemblies, 2018<');
  });
  test('five series or more become panels on one scale', () => {
    expect(figureOf(examples.linesOfMany, 'line').notes).toContain('All panels have the same scale.');
  });
  test('every unit of the division is a tile, also one without a row', () => {
    for (const [vintage, table] of [
      [16, examples.units16],
      [17, examples.units17],
      [20, examples.units20],
    ] as const) {
      const { svg } = figureOf(table, 'tiles', { vintage: VINTAGES[vintage] });
      const tiles = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
      for (const unit of VINTAGES[vintage].units)
        expect(tiles.join(' ')).toContain(GEOGRAPHY.units.get(unit)?.short?.en.text);
    }
  });
  test('a map calls its units as they were called on its day', () => {
    const shown = (day?: string) => {
      const on = { vintage: VINTAGES[16], ...(day === undefined ? {} : { day }) };
      return figureOf(examples.units16, 'tiles', on).svg;
    };
    expect(shown('2016-05-31')).toContain('>South KZ<');
    expect(shown('2016-05-31')).not.toContain('>Turkistan<');
    expect(shown('2018-06-19')).toContain('>Turkistan<');
    expect(shown()).toContain('>Turkistan<');
  });
  test('rows without a unit are said under the map', () => {
    const table = aTableOf({
      by: ['unit', 'period'],
      codes: { _not_recorded: label('тіркелмеген', 'не зафиксировано', 'not recorded') },
      rows: { almaty: ['3'], _not_recorded: ['2'] },
    });
    expect(figureOf(table, 'tiles').notes).toContain('Not on the map: not recorded (2).');
  });
});

describe('figures that would mislead are refused', () => {
  const refused = (rows: Readonly<Record<string, readonly string[]>>, unit = 'percent') =>
    problemOf(aTableOf({ measure: { unit }, by: ['form', 'period'], rows }), 'stacked');
  test('shares that are not parts of one whole are not stacked', () => {
    expect(refused({ a: ['80'], b: ['70'] })).toBe('figure_not_parts');
    expect(refused({ a: ['80'], b: ['20'] })).toBeUndefined();
  });
  test('a sum that rounding leaves at 101 is still a whole', () => {
    expect(refused({ a: ['33.5'], b: ['33.5'], c: ['34'] })).toBeUndefined();
  });
  test('more parts than fillings are not stacked', () => {
    expect(refused(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`c${i}`, ['1']])))).toBe(
      'figure_too_many_parts',
    );
  });
  test('a map without a division, with a unit of another one, or with several rows a unit', () => {
    expect(problemOf(examples.units16, 'tiles')).toBe('figure_vintage_missing');
    expect(problemOf(examples.units20, 'tiles', { vintage: VINTAGES[16] })).toBe('figure_unit_unknown');
  });
  test('a division nobody has laid tiles for', () => {
    const vintage = { id: 'x', units: ['north', 'south'] };
    expect(
      problemOf(aTableOf({ by: ['unit', 'period'], rows: { north: ['1'] } }), 'tiles', { vintage }),
    ).toBe('figure_plan_missing');
  });
  test('a measure that the table does not have', () => {
    expect(problemOf(cities, 'bar', { measure: 'nothing' })).toBe('figure_measure_unknown');
  });
  test('a table without cells', () => {
    expect(problemOf({ ...cities, cells: [] }, 'bar')).toBe('figure_empty');
  });
});
