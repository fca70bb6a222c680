export {
  decrypterWith,
  decryptWith,
  encrypterFor,
  encryptTo,
  makeIdentity,
  readIdentity,
  recipientOf,
} from './age-keys.ts';
export * from './attachment.ts';
export { ALL_REGIONS, compartmentOf } from './compartment.ts';
export {
  type DataKey,
  type ExpectedKey,
  makeDataKey,
  openDataKey,
  type WrappedKey,
  wrapDataKey,
} from './data-key.ts';
export * from './directory-change.ts';
export {
  type DirectoryDevice,
  type DirectoryUser,
  type KeyDirectory,
  type KnownDirectory,
  newestTeam,
  openDirectory,
  recipientsFor,
  type SignedDirectory,
  signDirectory,
  type Team,
  teamIdentities,
  teamIdentity,
} from './key-directory.ts';
export { type Argon2Cost, type Argon2id, LEAST_CHARACTERS, makePassphrase } from './passphrase.ts';
export type { Randomness } from './randomness.ts';
export { type BroughtShare, combineShares, type SealedShare, splitRecovery } from './recovery.ts';
export type { RootKey, RootSign, RootVerify } from './root-note.ts';
export {
  type Json,
  openField,
  type SealedField,
  type SealedPlace,
  SUITE,
  sealField,
} from './sealed-field.ts';
export * from './team-change.ts';
export { lockedUser, lockUserKey, type UserKey, unlockUserKey } from './user-key.ts';
