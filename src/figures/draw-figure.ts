import { type Problem, problem } from '../vocabulary/index.ts';
import { drawBars } from './bar.ts';
import { drawBoundaryMap } from './boundary-map.ts';
import { drawDiverging } from './diverging.ts';
import type { Drawing, FigureKind, FigureRequest } from './figure.ts';
import { drawFlow } from './flow.ts';
import { drawLine } from './line.ts';
import { drawPanelsOf } from './panels.ts';
import { type Pen, penFor } from './pen.ts';
import { drawStacked } from './stacked.ts';
import { drawTiles } from './tiles.ts';
import { drawTimeline } from './timeline.ts';

const KINDS: Readonly<Record<FigureKind, (request: FigureRequest, pen: Pen) => Drawing>> = {
  bar: drawBars,
  stacked: (request, pen) => drawStacked(request, pen, false),
  whole: (request, pen) => drawStacked(request, pen, true),
  line: drawLine,
  tiles: (request, pen) => drawTiles(request, pen),
  map: drawBoundaryMap,
  diverging: drawDiverging,
  flow: drawFlow,
  panels: drawPanelsOf,
  timeline: drawTimeline,
};

/** Draws a counted table, or says why it cannot. Pure: the same request gives the same bytes on every machine. */
export const drawFigure = (request: FigureRequest): Drawing => {
  const { table, measure: wanted } = request;
  const measure = wanted === undefined ? table.measures[0] : table.measures.find((m) => m.id === wanted);
  if (measure === undefined)
    return problem('figure_measure_unknown', { measure: wanted ?? '', table: table.id });
  if (!table.cells.some((cell) => cell.measure === measure.id))
    return problem('figure_empty', { table: table.id });
  return KINDS[request.kind](request, penFor(request, measure));
};

export const isProblem = (drawing: Drawing): drawing is Problem => 'code' in drawing;
