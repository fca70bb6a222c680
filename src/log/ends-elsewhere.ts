import { ProblemError, problem } from '../vocabulary/index.ts';

/** For an append to a log whose end is not where the tree ends: leaves were put in or taken out behind the log's back. */
export const endsElsewhere = (end: number, expected: number): ProblemError =>
  new ProblemError(problem('data_folder_damaged', { file: 'log', what: `${end} ≠ ${expected}` }));
