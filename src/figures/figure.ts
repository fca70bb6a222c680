import type { Table } from '../tables/index.ts';
import type { Geography, Language, Messages, Problem, Vintage } from '../vocabulary/index.ts';
import type { Boundaries } from './boundaries.ts';
import type { MeasureText } from './text-metrics.ts';

/**
 * bar: one bar a row; with two to four columns, a bar a column beside each other (more columns: the last one).
 * stacked: one bar a column, parts are the rows; `whole` stretches every bar to the full width (labels stay the cells').
 * line: one point a period; with many rows, a small panel a row.
 * tiles: every unit of a division a tile. map: the units in their boundaries, else as tiles with a note that says why.
 * diverging: answers of an ordered scale on both sides of a line; a bar a column, or a bar a table where there are several.
 * flow: bands from rows to columns, as wide as the numbers; small rows together.
 * panels: a small panel a table: bars by the same rows, or lines over periods, each with an axis of its own.
 * timeline: a lane a row of each table, a mark in each period where there is a number, all along one axis.
 */
export const FIGURE_KINDS = [
  'bar',
  'stacked',
  'whole',
  'line',
  'tiles',
  'map',
  'diverging',
  'flow',
  'panels',
  'timeline',
] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

export interface FigureRequest {
  readonly kind: FigureKind;
  /** Counted, disclosure-controlled, cut to the periods shown. */
  readonly table: Table;
  /** Id of the measure; default: the first. */
  readonly measure?: string;
  /** Further tables of the same picture, each with the measure drawn of it (diverging, panels, timeline). */
  readonly beside?: readonly { readonly table: Table; readonly measure: string }[];
  /** What the picture is called; default: the title of the table. */
  readonly title?: string;
  /** The column a map shows (code of the table's last dimension); default: the last one. */
  readonly column?: string;
  readonly language: Language;
  readonly messages: Messages;
  readonly measureText: MeasureText;
  /** Starts every id in the SVG; letters, digits, `-`, `_`. Unique in a page. */
  readonly id: string;
  /** In CSS pixels; 340 for a phone, 720 (default) for a page. */
  readonly width?: number;
  /** The division of a map: all its units are drawn. Required for `tiles` and `map`. */
  readonly vintage?: Vintage;
  /** Names of the units of a map, and the day (ISO) whose names are shown; default: today's. */
  readonly geography?: Geography;
  readonly day?: string;
  readonly boundaries?: Boundaries;
}

export interface RenderedFigure {
  /** One `<svg>` element: no script, no outside reference; text is text, in Noto Sans. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What the picture shows, in a sentence or two, with the displayed values. */
  readonly alt: string;
  /** To be printed under the picture: breaks, gaps, the division of a map. */
  readonly notes: readonly string[];
}

export type Drawing = RenderedFigure | Problem;
