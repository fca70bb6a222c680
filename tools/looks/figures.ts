/**
 * Draws every kind of figure in three languages and two widths as PNG and SVG, for a person to look at:
 * `node tools/looks/figures.ts OUT [ru,kk,en] [kind …]`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import {
  type BoundaryMapping,
  drawFigure,
  type FigureRequest,
  isProblem,
  readBoundaries,
} from '../../src/figures/index.ts';
import type { Table } from '../../src/tables/index.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aRequestFor, fontFile, UNITS_16, VINTAGES } from '../../tests/figures/builders.ts';
import * as examples from '../../tests/figures/examples.ts';

const folder = new URL('../../studies/kazakhstan/boundaries/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const boundaries = readBoundaries(
  read('units-16.topo.json'),
  JSON.parse(read('units-16.mapping.json')) as BoundaryMapping,
  new Set([...UNITS_16, 'shymkent']),
);
if (!('areas' in boundaries)) throw new Error(JSON.stringify(boundaries));

const besides = (tables: readonly Table[], measure = 'n') =>
  tables.slice(1).map((table) => ({ table, measure }));

const looks: Readonly<
  Record<string, readonly [FigureRequest['table'], FigureRequest['kind'], Partial<FigureRequest>?]>
> = {
  bar: [examples.cities, 'bar'],
  'bar-rates': [examples.ratesByCity, 'bar'],
  grouped: [examples.citiesOfYears, 'bar'],
  stacked: [examples.forms, 'stacked'],
  'stacked-counts': [examples.formCounts, 'stacked'],
  whole: [examples.formCounts, 'whole'],
  line: [examples.byYear, 'line'],
  lines: [examples.linesOfFew, 'line'],
  panels: [examples.linesOfMany, 'line'],
  tiles16: [examples.units16, 'tiles', { vintage: VINTAGES[16] }],
  tiles17: [examples.units17, 'tiles', { vintage: VINTAGES[17] }],
  tiles20: [examples.units20, 'tiles', { vintage: VINTAGES[20] }],
  diverging: [examples.likelihoods[0] as Table, 'diverging'],
  'diverging-several': [
    examples.likelihoods[0] as Table,
    'diverging',
    { beside: besides(examples.likelihoods) },
  ],
  flow: [examples.cityKinds, 'flow'],
  security: [examples.security, 'map', { vintage: VINTAGES[16], boundaries }],
  threats: [examples.threats, 'tiles', { vintage: VINTAGES[16] }],
  'panels-bars': [
    examples.indicators[0] as Table,
    'panels',
    {
      beside: [
        ...besides(examples.indicators.slice(0, 4), 'mean'),
        ...besides(examples.indicators.slice(3), 'gm'),
      ],
    },
  ],
  'panels-series': [
    examples.mediaAndViolations[0] as Table,
    'panels',
    { beside: besides(examples.mediaAndViolations) },
  ],
  timeline: [examples.oneCase, 'timeline'],
  'timeline-many': [examples.manyCases, 'timeline'],
  map16: [examples.units16, 'map', { vintage: VINTAGES[16], boundaries }],
  map17: [examples.units17, 'map', { vintage: VINTAGES[17], boundaries }],
};

const [out = 'figures-out', languages = LANGUAGES.join(','), ...names] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const fonts = {
  fontFiles: [fontFile('400Regular'), fontFile('700Bold')],
  loadSystemFonts: false,
  defaultFontFamily: 'Noto Sans',
};
for (const language of LANGUAGES.filter((l) => languages.split(',').includes(l)))
  for (const [name, [table, kind, more]] of Object.entries(looks).filter(
    ([n]) => names.length === 0 || names.includes(n),
  ))
    for (const width of [720, 340]) {
      const figure = drawFigure(aRequestFor(table, kind, { ...more, language, width, id: name }));
      if (isProblem(figure)) throw new Error(JSON.stringify(figure));
      const file = join(out, `${name}-${language}-${width}`);
      writeFileSync(`${file}.svg`, figure.svg);
      writeFileSync(
        `${file}.png`,
        new Resvg(figure.svg, { font: fonts, fitTo: { mode: 'zoom', value: 1.5 } }).render().asPng(),
      );
      if (width === 720) console.log(`${name} ${language}\n  ${figure.alt}\n  ${figure.notes.join('\n  ')}`);
    }
