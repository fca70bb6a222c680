import { PROBLEMS, type ProblemCode } from './problems.ts';

/** Where a problem is: a file and line of a study, or a row and column of an import. */
export interface ProblemPlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly row?: number;
  readonly field?: string;
}

export type ProblemDetails = Readonly<Record<string, string | number>>;

/**
 * Something that went wrong and a person must know. The sentence and the remedy are in the message catalogue under
 * `problem.<code>.says` and `problem.<code>.remedy`; details are their arguments. Details never hold identity values.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  readonly at?: ProblemPlace;
}

export const problem = (code: ProblemCode, details: ProblemDetails = {}, at?: ProblemPlace): Problem =>
  at === undefined ? { code, details } : { code, details, at };

/** Thrown where an operation cannot go on. Expected outcomes are returned; this carries all that was found, not the first. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[] | Problem) {
    const all = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(all.map((p) => `${p.code} ${JSON.stringify({ ...p.details, ...p.at })}`).join('; '));
    this.name = 'ProblemError';
    this.problems = all;
  }
}

export const httpStatus = (code: ProblemCode): number => PROBLEMS[code].http;
export const exitCode = (code: ProblemCode): number => PROBLEMS[code].exit;
