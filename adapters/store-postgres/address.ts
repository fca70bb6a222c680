import { Client } from 'pg';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';

/** Where a database is, without the password that its address holds. Throws ProblemError `database_unreachable` for no address. */
export const shownAddress = (url: string): string => {
  if (!/^postgres(ql)?:\/\//.test(url)) throw noAddress();
  try {
    const { host, port, database } = new Client({ connectionString: url });
    return `${host}:${port}/${database ?? ''}`;
  } catch {
    // The error of the parser quotes the address.
    throw noAddress();
  }
};

const noAddress = (): ProblemError =>
  new ProblemError(
    problem('database_unreachable', {
      place: 'DATABASE_URL',
      what: 'postgres://USER:PASSWORD@HOST/DATABASE',
    }),
  );
