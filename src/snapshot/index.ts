export * from './column.ts';
export type * from './snapshot.ts';
