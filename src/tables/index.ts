export * from './cell.ts';
export type * from './engine-port.ts';
