import { RECORDED_MISSING } from '../vocabulary/index.ts';
import type { EntryBody, Leaf } from './entry.ts';

/**
 * The everyday leaf, known at one glance: a log of a million entries is read in a minute because most of them need no more
 * than this. It says yes only where the full check (leaf.ts) says yes; what it does not know is left to that check.
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const SHA256 = /^[0-9a-f]{64}$/;
const KIND = /^[a-z][a-z_]{0,63}$/;
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/;

/** In the order of RFC 8785, as one text to compare with. */
const LEAF_MEMBERS = 'body,received_at,signature';
const BODY_MEMBERS = [
  'attachments',
  'author',
  'device',
  'device_prev',
  'device_seq',
  'entry_id',
  'instrument',
  'instrument_version',
  'kind',
  'occurred_at',
  'org',
  'parents',
  'reason',
  'record_id',
  'sealed',
  'study',
  'v',
  'values',
  'zone',
].join();
const DEEP = 8;

const isText = (value: unknown, least = 0, most = 4096): boolean =>
  typeof value === 'string' && value.length >= least && value.length <= most;
const fits = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);
const isWhole = (value: unknown, least: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hasMembers = (value: unknown, members: string): value is Record<string, unknown> =>
  isObject(value) && Object.keys(value).join() === members;

const isPlainBody = (body: unknown): body is EntryBody =>
  hasMembers(body, BODY_MEMBERS) &&
  body['v'] === 1 &&
  isText(body['org'], 1) &&
  isText(body['study'], 1) &&
  isText(body['instrument']) &&
  isWhole(body['instrument_version'], 0) &&
  fits(body['record_id'], UUID) &&
  fits(body['entry_id'], UUID) &&
  fits(body['kind'], KIND) &&
  Array.isArray(body['parents']) &&
  body['parents'].length <= 1000 &&
  body['parents'].every((parent) => fits(parent, UUID)) &&
  isText(body['author'], 1) &&
  isText(body['device'], 1) &&
  isWhole(body['device_seq'], 1) &&
  (body['device_prev'] === '' || fits(body['device_prev'], SHA256)) &&
  fits(body['occurred_at'], TIME) &&
  isText(body['zone']) &&
  isText(body['reason']) &&
  Array.isArray(body['sealed']) &&
  Array.isArray(body['attachments']) &&
  arePlainValues(body['values'], 0);

const arePlainValues = (values: unknown, depth: number): boolean => {
  if (!isObject(values) || depth > DEEP) return false;
  let before = '';
  for (const name of Object.keys(values)) {
    // Strings compare by UTF-16 code units, which is the order of RFC 8785.
    if (name <= before || name.length > 512 || name === '__proto__') return false;
    before = name;
    if (!isPlainValue(values[name], depth)) return false;
  }
  return true;
};

const isPlainValue = (value: unknown, depth: number): boolean => {
  if (typeof value === 'string') return value.length <= 1_000_000;
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return true;
  if (Array.isArray(value))
    return value.every((item) => typeof item === 'string') || value.every((row) => isPlainRow(row, depth));
  return hasMembers(value, 'missing') && RECORDED_MISSING.some((reason) => reason === value['missing']);
};
const isPlainRow = (row: unknown, depth: number): boolean =>
  hasMembers(row, 'row_id,values') &&
  isText(row['row_id'], 1, 512) &&
  arePlainValues(row['values'], depth + 1);

/**
 * Whether parsed JSON is a leaf of the exact shape with the members of its body and of its values in the order of RFC 8785.
 * `sealed` and `attachments` are only known to be lists.
 */
export const isPlainLeaf = (parsed: unknown): parsed is Leaf =>
  hasMembers(parsed, LEAF_MEMBERS) &&
  fits(parsed['signature'], SIGNATURE) &&
  fits(parsed['received_at'], TIME) &&
  isPlainBody(parsed['body']);

/** Whether every object within has its members in the order of RFC 8785. */
export const isInOrder = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  const names = Object.keys(value);
  return (
    names.every((name, i) => i === 0 || (names[i - 1] as string) < name) &&
    Object.values(value).every(isInOrder)
  );
};
