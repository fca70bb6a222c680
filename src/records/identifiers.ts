import { canonicalBytes } from '../vocabulary/index.ts';
import type { Effects } from './effects.ts';

const asUuid = (bytes: Uint8Array, version: 7 | 8): string => {
  const b = Uint8Array.from(bytes.subarray(0, 16));
  b[6] = ((b[6] ?? 0) & 0x0f) | (version << 4);
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, 74 random bits. */
export const uuid7 = ({ clock, random }: Effects): string => {
  const bytes = Uint8Array.from(random(16));
  let rest = Math.floor(clock());
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return asUuid(bytes, 7);
};

/** UUID version 8 (RFC 9562, 5.8) whose 122 free bits are the first of `bytes` (at least 16). */
export const uuid8 = (bytes: Uint8Array): string => {
  if (bytes.length < 16) throw new RangeError('a UUID needs 16 bytes');
  return asUuid(bytes, 8);
};

/** HMAC-SHA-256 under the import key of the data folder. */
export type Hmac = (bytes: Uint8Array) => Uint8Array;

/**
 * The id of an imported record: the same row gives the same id on every machine that has the folder's import key, and
 * nobody without the key can tell which row an id came from. `key` is the text of the key columns, or of all mapped
 * statistical fields; `occurrence` counts equal keys within the file from 0.
 */
export const recordIdForImport = (
  hmac: Hmac,
  study: string,
  instrument: string,
  key: readonly string[],
  occurrence = 0,
): string => uuid8(hmac(canonicalBytes(['baqylau/import/v1', study, instrument, [...key], occurrence])));
