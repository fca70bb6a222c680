export type * from './code-list.ts';
export type * from './expression.ts';
export * from './instrument.ts';
export type * from './law.ts';
export * from './published.ts';
export type * from './study.ts';
export type * from './table-definition.ts';
