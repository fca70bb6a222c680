export {
  type Appendable,
  type Appendables,
  type Appended,
  type Appender,
  appendEntries,
} from './append.ts';
export * from './checkpoint.ts';
export type { ClockNotices } from './clock-notices.ts';
export { type CopyAbout, type CopyCounts, type CopyHeader, lineOf, readLine } from './copy-format.ts';
export { type CopyTaken, type CopyTrust, takeCopy } from './copy-in.ts';
export { behindLine, takeLine } from './copy-lines.ts';
export { copyOf } from './copy-out.ts';
export { endsElsewhere } from './ends-elsewhere.ts';
export { type EntryProof, type ProofAbout, proveEntry } from './entry-proof.ts';
export type { Finding, Tampering } from './finding.ts';
export { type Append, FEW, groupCommit } from './group-commit.ts';
export * from './hash-tree.ts';
export { verifyConsistency, verifyInclusion } from './proof.ts';
export { type Prover, proveConsistency, proveInclusion, proverOf } from './prover.ts';
export type * from './store-port.ts';
export { takeVaultCopy, vaultCopyOf } from './vault-copy.ts';
export { type LogReport, type VerificationKeys, verifyLog } from './verify-log.ts';
