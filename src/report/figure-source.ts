import type { Table } from '../tables/index.ts';
import type { Language, Problem } from '../vocabulary/index.ts';
import type { FIGURE_KINDS } from './source/tags.ts';

/** What a report asks of whoever draws figures: the numbers as a counted table, already cut to the periods and measures shown. */
export interface FigureRequest {
  readonly kind: (typeof FIGURE_KINDS)[number];
  readonly table: Table;
  readonly measure: string;
  /** Further tables of the same picture, each with its measure. */
  readonly beside?: readonly { readonly table: Table; readonly measure: string }[];
  /** What the picture is called, where not by its table. */
  readonly title?: string;
  /** The column of the table that is drawn, where only one is. */
  readonly column?: string;
  readonly language: Language;
  /** Anchor of the figure, unique in the document: starts every id in the SVG. */
  readonly id: string;
  /** In CSS pixels; default: the width of a page. */
  readonly width?: number;
}

export interface RenderedFigure {
  /** One `<svg>` element with a viewBox: no script, no outside reference. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What the picture shows, in a sentence or two. */
  readonly alt: string;
  /** To be printed under the picture: breaks, gaps, the division of a map. */
  readonly notes: readonly string[];
}

/** Draws, or says why it cannot. Same request, same bytes. */
export type FigureSource = (request: FigureRequest) => RenderedFigure | Problem;
