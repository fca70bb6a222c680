export type { SealedField, SealedPlace } from './sealed-field.ts';
