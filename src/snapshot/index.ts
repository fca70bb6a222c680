export { buildSnapshot } from './build-snapshot.ts';
export type { Hasher } from './canonical-hash.ts';
export * from './column.ts';
export { consentLedger } from './consent.ts';
export { refuseIdentity } from './identity-guard.ts';
export { tableToParquet } from './parquet.ts';
export { UNALLOCATED, unitForPlace } from './place-unit.ts';
export type * from './snapshot.ts';
export type { SnapshotInput } from './snapshot-input.ts';
