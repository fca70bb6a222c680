export { type Boundaries, readBoundaries } from './boundaries.ts';
export type { BoundaryMapping } from './boundary-mapping.ts';
export { divisionAt } from './division.ts';
export { drawFigure, isProblem } from './draw-figure.ts';
export {
  type Drawing,
  FIGURE_KINDS,
  type FigureKind,
  type FigureRequest,
  type RenderedFigure,
} from './figure.ts';
export { type FittingFigure, fittingFigures } from './fitting-figures.ts';
export { type MeasureText, textMetrics } from './text-metrics.ts';
export { withFooter } from './with-footer.ts';
