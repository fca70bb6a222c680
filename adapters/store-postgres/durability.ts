import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/**
 * The settings under which "committed" means "survives a power cut" (design 4, section 3.2), with the value each must read.
 * The first three can change while the server runs, so every append reads them again. `synchronous_commit` is the
 * session's own: a role or a database may come with it off. Checksums tell a damaged page from a whole one; before
 * PostgreSQL 18 `initdb` leaves them off. `wal_level` may have any value: all of them survive a crash.
 */
export const DURABLE_SETTINGS = [
  { name: 'synchronous_commit', reads: 'on' },
  { name: 'fsync', reads: 'on' },
  { name: 'full_page_writes', reads: 'on' },
  { name: 'data_checksums', reads: 'on' },
] as const;

/** Run once on every connection. */
export const SET_DURABLE = 'SET synchronous_commit = on';

/** An expression of all of them as one JSON object, to be read along in any query. */
export const SETTINGS_SQL = `json_build_object(${DURABLE_SETTINGS.map(
  ({ name }) => `'${name}', current_setting('${name}')`,
).join(', ')})`;

/** Throws ProblemError `log_not_durable` naming every setting that is not as it must be. */
export const assertSettings = (read: Readonly<Record<string, unknown>>): void => {
  const wrong = DURABLE_SETTINGS.filter(({ name, reads }) => read[name] !== reads).map(({ name, reads }) =>
    problem('log_not_durable', { setting: name, expected: reads, actual: String(read[name]) }),
  );
  if (wrong.length > 0) throw new ProblemError(wrong);
};
