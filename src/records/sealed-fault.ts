import { SUITE } from '../sealing/index.ts';
import type { Field, Instrument } from '../study/index.ts';
import { fromBase64url, isMissing } from '../vocabulary/index.ts';
import { valuePaths } from './answers.ts';
import type { EntryBody, SealedField } from './entry.ts';
import { isRows } from './leaf.ts';
import { type NamedSealed, presentNames } from './present-names.ts';

/** What is wrong with a sealed field of an entry. */
export interface SealedFault {
  readonly field: string;
  readonly reason: 'field' | 'twice' | 'suite' | 'nonce' | 'ct' | 'key_id' | 'compartment';
}

type SealedEntry = Pick<EntryBody, 'study' | 'instrument_version' | 'values' | 'sealed'>;

/**
 * The first fault in the sealed fields of an entry: only what the server must not read is sealed, each place once, in the
 * form that `sealField` writes. Whether a ciphertext opens, nobody here can tell.
 */
export const sealedFault = (instrument: Instrument, entry: SealedEntry): SealedFault | undefined => {
  const places = identityPlaces(instrument.fields);
  const seen = new Set<string>();
  for (const named of presentNames(entry, instrument)) {
    const { field, sealed } = named;
    const place = `${field}\0${sealed.row_id ?? ''}`;
    const inRow = places.get(field);
    const mayBeSealed =
      inRow === undefined ? statesSealed(entry, sealed) : inRow === (sealed.row_id !== undefined);
    const reason = !mayBeSealed ? 'field' : seen.has(place) ? 'twice' : formFault(entry, named);
    if (reason !== undefined) return { field, reason };
    seen.add(place);
  }
  return undefined;
};

/** The paths of identity fields, and whether they stand in the rows of a repeat. */
const identityPlaces = (
  fields: readonly Field[],
  at = '',
  found = new Map<string, boolean>(),
): ReadonlyMap<string, boolean> => {
  for (const field of fields) {
    if (field.sensitivity === 'identity')
      for (const path of valuePaths(field)) found.set(at + path, at !== '');
    else if (field.fields !== undefined) identityPlaces(field.fields, `${at}${field.path}.`, found);
  }
  return found;
};

/** A field that the server may read is sealed in a record of high risk: then its value beside says so. */
const statesSealed = ({ values }: SealedEntry, { field, row_id: rowId }: SealedField): boolean => {
  if (rowId === undefined) return isMissing(values[field]) && values[field].missing === 'sealed';
  const [repeat = '', ...inner] = field.split('.');
  const rows = values[repeat];
  const stated = isRows(rows) ? rows.find((row) => row.row_id === rowId)?.values[inner.join('.')] : undefined;
  return isMissing(stated) && stated.missing === 'sealed';
};

const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 16;
/** 64, 128, 256, …: what `sealField` pads to. */
const isPadded = (bytes: number): boolean => bytes >= 64 && Number.isInteger(Math.log2(bytes));

const formFault = ({ study }: SealedEntry, { sealed }: NamedSealed): SealedFault['reason'] | undefined => {
  if (sealed.suite !== SUITE) return 'suite';
  if (fromBase64url(sealed.nonce)?.length !== NONCE_BYTES) return 'nonce';
  if (!isPadded((fromBase64url(sealed.ct)?.length ?? 0) - TAG_BYTES)) return 'ct';
  if (fromBase64url(sealed.key_id)?.length !== KEY_ID_BYTES) return 'key_id';
  return sealed.compartment.startsWith(`${study}/`) ? undefined : 'compartment';
};
