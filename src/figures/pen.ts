import { type Cell, cellNumber, displayCell, type TableMeasure } from '../tables/index.ts';
import type { Label, Language, MessageArguments } from '../vocabulary/index.ts';
import { isMissing, labelText } from '../vocabulary/index.ts';
import type { FigureRequest, RenderedFigure } from './figure.ts';
import { ABSENT, type Fill, hatched, paint, WHITE, WITHHELD } from './palette.ts';
import { svgDocument } from './svg.ts';
import type { MeasureText } from './text-metrics.ts';

/** What every kind of figure draws with: words, text widths, sizes of type, and the patterns used so far. */
export interface Pen {
  readonly id: string;
  readonly language: Language;
  readonly width: number;
  /** Narrow: labels go above their bars, numbers come closer. */
  readonly narrow: boolean;
  /** Size of labels and values. */
  readonly size: number;
  /** Size of axis numbers and remarks. */
  readonly small: number;
  readonly measure: TableMeasure;
  /** The name of the picture. */
  readonly title: string;
  readonly width1: MeasureText;
  say(id: string, args?: MessageArguments): string;
  label(label: Label): string;
  /** The displayed value of a cell, with a percent sign where it is one; a gap as its reason. */
  value(cell: Cell): string;
  /** The `fill` attribute of a filling. */
  fill(fill: Fill): string;
  /** The same pen for another measure of the picture. */
  of(measure: TableMeasure): Pen;
  /** Wraps a body into a document. */
  finish(height: number, title: string, alt: string, body: string, notes: readonly string[]): RenderedFigure;
}

/** Percentages carry their sign; other units stand in the heading. */
const withSign = (text: string, cell: Cell, { unit }: TableMeasure, language: Language): string =>
  isMissing(cell.value) || unit !== 'percent' ? text : language === 'en' ? `${text}%` : `${text}\u00a0%`;

const WIDTH = { least: 280, usual: 720, most: 1600 } as const;

export const penFor = (request: FigureRequest, measure: TableMeasure): Pen => {
  const { id, language, messages, measureText } = request;
  const width = Math.min(Math.max(request.width ?? WIDTH.usual, WIDTH.least), WIDTH.most);
  const narrow = width < 480;
  const definitions = new Map<string, string>();
  const penOf = (measure: TableMeasure): Pen => ({
    id,
    language,
    width,
    narrow,
    size: narrow ? 12 : 13,
    small: narrow ? 11 : 12,
    measure,
    title: request.title ?? labelText(request.table.title, language),
    width1: measureText,
    say: (key, args) => messages(language, `figure.${key}`, args),
    label: (label) => labelText(label, language),
    value: (cell) => withSign(displayCell(messages, language, cell, measure), cell, measure, language),
    fill: (fill) => paint(id, fill, definitions),
    of: penOf,
    finish: (height, title, alt, body, notes) => ({
      svg: svgDocument(
        { id, width, height, title, description: alt, definitions: [...definitions.values()] },
        body,
      ),
      width,
      height,
      alt,
      notes,
    }),
  });
  return penOf(measure);
};

export const isWithheld = (cell: Cell): boolean =>
  isMissing(cell.value) && cell.value.missing === 'suppressed';

/** Rests on fewer persons than the disclosure policy allows. */
export const restsOnFew = (cell: Cell | undefined): boolean =>
  cell !== undefined && !isMissing(cell.value) && cell.flags.includes('below_threshold');

/** Position of a value on a scale; undefined for a gap, which is never drawn as zero. */
export const amount = (cell: Cell | undefined): number | undefined =>
  cell === undefined ? undefined : cellNumber(cell);

export const gapFill = (cell: Cell | undefined): Fill =>
  cell !== undefined && isWithheld(cell) ? WITHHELD : ABSENT;

/** What the hatch of few persons means, where there is one. */
export const fewEntries = (
  pen: Pen,
  cells: readonly (Cell | undefined)[],
): { readonly text: string; readonly fill: Fill }[] =>
  cells.some(restsOnFew) ? [{ text: pen.say('few'), fill: hatched({ id: 'any', ground: WHITE }) }] : [];

/** One entry for what is withheld, one for all other gaps: a reader sees two hatches, the words say which reasons there are. */
export const gapEntries = (
  pen: Pen,
  cells: readonly Cell[],
  absent: readonly string[] = [],
): { readonly text: string; readonly fill: Fill }[] => {
  const empty = cells.filter((cell) => amount(cell) === undefined);
  const reasons = (of: readonly Cell[]) => [...new Set(of.map((cell) => pen.value(cell)))];
  const hidden = reasons(empty.filter(isWithheld));
  const others = [...reasons(empty.filter((cell) => !isWithheld(cell))), ...absent];
  return [
    ...(hidden.length === 0 ? [] : [{ text: hidden.join(' / '), fill: WITHHELD }]),
    ...(others.length === 0 ? [] : [{ text: others.join(' / '), fill: ABSENT }]),
  ];
};
