export { type Boundaries, type BoundaryMapping, readBoundaries } from './boundaries.ts';
export { drawFigure, isProblem } from './draw-figure.ts';
export {
  type Drawing,
  FIGURE_KINDS,
  type FigureKind,
  type FigureRequest,
  type RenderedFigure,
} from './figure.ts';
export { type MeasureText, textMetrics } from './text-metrics.ts';
