export { decryptWith, encryptTo, makeIdentity, readIdentity, recipientOf } from './age-keys.ts';
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
export type { Randomness } from './randomness.ts';
export {
  type Json,
  openField,
  type SealedField,
  type SealedPlace,
  SUITE,
  sealField,
} from './sealed-field.ts';
