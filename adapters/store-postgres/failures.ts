import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/** SQLSTATE of an error that the server reported; undefined when the connection itself failed. */
export const sqlState = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (error as object)
    ? code
    : undefined;
};

/**
 * Whether a session can be trusted no more (PostgreSQL appendix A): no answer at all, a connection exception (08), a server
 * that shuts down or crashed (57P), an input/output error (58), an internal error or damaged data (XX).
 */
export const isLost = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === undefined || /^(08|57P|58|XX)/.test(state);
};

const DISK_FULL = '53100';
const UNIQUE_VIOLATION = '23505';

export const isTwice = (error: unknown, constraint: string): boolean =>
  sqlState(error) === UNIQUE_VIOLATION && (error as { constraint?: string }).constraint === constraint;

/** What went wrong in words, never with the address of the database. */
export const saidBy = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return message === undefined || message === '' ? (code ?? 'no answer') : message;
};

/** What a failed write means to the caller; errors that only a defect of this adapter makes pass as they are. */
export const writeFailure = (error: unknown, place: string): unknown => {
  if (error instanceof ProblemError) return error;
  if (sqlState(error) === DISK_FULL) return new ProblemError(problem('disk_full', { place }));
  return isLost(error) ? new ProblemError(problem('store_failed', { place, what: saidBy(error) })) : error;
};

/** No session: not reached, no such role, password or database (28, 3D), or no room for one more (53). */
const isRefused = (error: unknown): boolean => isLost(error) || /^(28|3D|53)/.test(sqlState(error) ?? '');

export const readFailure = (error: unknown, place: string): unknown =>
  !(error instanceof ProblemError) && isRefused(error)
    ? new ProblemError(problem('database_unreachable', { place, what: saidBy(error) }))
    : error;
