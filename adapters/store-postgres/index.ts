export { shownAddress } from './address.ts';
export { assertSettings, DURABLE_SETTINGS } from './durability.ts';
export { SCHEMA_VERSION } from './schema.ts';
export { openPostgresStore, type PostgresOptions } from './store.ts';
