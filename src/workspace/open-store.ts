import { openPostgresStore } from '../../adapters/store-postgres/index.ts';
import { openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import type { LogStore } from '../log/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { StoreKind } from './config.ts';

/** Which log of which folder. */
export interface StorePlace {
  readonly dir: string;
  readonly org: string;
  readonly kind: StoreKind;
}

export interface StoreOptions {
  /** Address of the PostgreSQL database; '' for none. Default: DATABASE_URL of the environment. */
  readonly databaseUrl?: string | undefined;
  readonly readOnly?: boolean;
  /** Makes the log; it must not be there yet. */
  readonly create?: boolean;
}

const DATABASE_URL = (): string => process.env['DATABASE_URL'] ?? '';

/** The store that a new folder gets: PostgreSQL where a database is named. */
export const newStoreKind = (databaseUrl = DATABASE_URL()): StoreKind =>
  databaseUrl === '' ? 'sqlite' : 'postgres';

/**
 * Opens the log of a data folder where its settings say that it is. Throws ProblemError `store_mismatch` when DATABASE_URL
 * says otherwise: a log in the wrong place would look like an empty one.
 */
export const openStore = async (
  { dir, org, kind }: StorePlace,
  { databaseUrl = DATABASE_URL(), readOnly = false, create = false }: StoreOptions = {},
): Promise<LogStore> => {
  if (newStoreKind(databaseUrl) !== kind) throw new ProblemError(problem('store_mismatch', { config: kind }));
  return kind === 'sqlite'
    ? openSqliteStore(dir, { readOnly })
    : openPostgresStore({ url: databaseUrl, org, readOnly, create });
};
