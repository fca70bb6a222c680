export { type Appendable, type Appended, type Appender, appendEntries } from './append.ts';
export * from './checkpoint.ts';
export type { Finding, Tampering } from './finding.ts';
export * from './hash-tree.ts';
export { proveConsistency, proveInclusion, verifyConsistency, verifyInclusion } from './proof.ts';
export type * from './store-port.ts';
export { type LogReport, type VerificationKeys, verifyLog } from './verify-log.ts';
