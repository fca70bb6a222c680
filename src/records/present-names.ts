import { type Instrument, upgradeValues } from '../study/index.ts';
import type { EntryBody, SealedField } from './entry.ts';

/** A sealed value under the name its field has now; its own name is the one that the ciphertext is bound to. */
export interface NamedSealed {
  readonly field: string;
  readonly sealed: SealedField;
}

/** The sealed values of an entry, named as the present version of its instrument names their fields. */
export const presentNames = (
  { instrument_version: version, sealed }: Pick<EntryBody, 'instrument_version' | 'sealed'>,
  instrument: Instrument | undefined,
): readonly NamedSealed[] => {
  if (sealed.length === 0) return [];
  const own = new Map(sealed.map(({ field }) => [field, field]));
  const isEarlier = instrument !== undefined && version > 0 && version < instrument.version;
  const present = isEarlier ? upgradeValues(instrument, version, own) : own;
  const nameOf = new Map([...present].map(([now, then]) => [then, now]));
  return sealed.map((one) => ({ field: nameOf.get(one.field) ?? one.field, sealed: one }));
};
