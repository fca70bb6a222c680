export * from './fraction.ts';
export * from './geography.ts';
export * from './language.ts';
export * from './messages.ts';
export * from './missing.ts';
export * from './partial-date.ts';
export * from './period.ts';
export * from './problem.ts';
export { PROBLEMS, type ProblemCode } from './problems.ts';
