export { applySettings, assertSettings, DURABLE_SETTINGS } from './durability.ts';
export { lockFolder } from './folder-lock.ts';
export { integrityFaults } from './integrity.ts';
export { SCHEMA_VERSION } from './schema.ts';
export { LOG_FILE, openSqliteStore, type SqliteOptions } from './store.ts';
