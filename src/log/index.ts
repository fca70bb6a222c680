export * from './append.ts';
export * from './checkpoint.ts';
export * from './hash-tree.ts';
export type * from './store-port.ts';
