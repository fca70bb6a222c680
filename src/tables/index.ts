export * from './address.ts';
export { arrangeTable, type Counted, type DimensionShape } from './arrange.ts';
export { monthLabel } from './calendar-label.ts';
export * from './cell.ts';
export { columnarEngine, countTables } from './count-tables.ts';
export { type CrossTabRequest, crossTab } from './cross-tab.ts';
export { definitionProblem, fieldProblem } from './definition-problem.ts';
export { dimensionShapes } from './dimension-plan.ts';
export { cellNumber, decimalsOf, displayCell, displayNumber } from './display.ts';
export type * from './engine-port.ts';
export { monthsOf } from './exposure.ts';
export { type GridCode, type GridColumn, type GridRow, type TableGrid, tableGrid } from './grid.ts';
export { fixedDimensions } from './measure-plan.ts';
export type { Outcome } from './outcome.ts';
export { countedOnce } from './over-time.ts';
export { peopleBehind } from './person-values.ts';
export { DIMENSION_LABELS, isGapCode } from './reserved-codes.ts';
export { foldRows, rowsBehind } from './rows-behind.ts';
export {
  type CellJson,
  type TableJson,
  tableToJson,
  tableToMarkdown,
  tableToRecords,
} from './serialise.ts';
export { joinPublished, originsOf } from './series.ts';
export { fractionOfReal } from './statistic.ts';
