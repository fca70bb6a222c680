/** Draws one kind and prints it: run twice by a test that compares the bytes. */
import { drawFigure, type FigureKind, isProblem } from '../../src/figures/index.ts';
import type { Table } from '../../src/tables/index.ts';
import { aRequestFor, VINTAGES } from './builders.ts';
import * as examples from './examples.ts';
import { kazakhstan16 } from './kazakhstan.ts';

const kind = process.argv[2] as FigureKind;
const tables = {
  bar: examples.citiesOfYears,
  stacked: examples.forms,
  whole: examples.formCounts,
  line: examples.byYear,
  tiles: examples.units17,
  map: examples.units17,
  flow: examples.cityKinds,
  panels: examples.indicators[0] as Table,
  timeline: examples.manyCases,
  diverging: examples.likelihoods[0] as Table,
};
const figure = drawFigure(
  aRequestFor(tables[kind], kind, { vintage: VINTAGES[17], boundaries: kazakhstan16() }),
);
if (isProblem(figure)) throw new Error(figure.code);
process.stdout.write(figure.svg);
