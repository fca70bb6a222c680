export * from './address.ts';
export * from './cell.ts';
export * from './display-cell.ts';
export { columnarEngine, countTables } from './count-tables.ts';
export type * from './engine-port.ts';
