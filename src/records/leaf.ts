import { z } from 'zod';
import {
  canonicalText,
  isMissing,
  ProblemError,
  problem,
  RECORDED_MISSING,
  readJson,
} from '../vocabulary/index.ts';
import type { EntryBody, EntryValue, Leaf } from './entry.ts';
import { isInOrder, isPlainLeaf, TIME } from './plain-leaf.ts';
import type { SignedEntry } from './signature.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What one leaf may be (docs/adr/0012-limits.md): it holds the longest text of a field, in any script and sealed, and repeats
 * nested as deep as a card can have them.
 */
export const LEAF_LIMITS = { characters: 4_194_304, depth: 32 } as const;

/**
 * The stored bytes: JCS of {body, received_at, signature}, built around the body's text so that it is written once. Throws
 * ProblemError `text_limit` for what could not be read again.
 */
export const leafBytes = (entry: SignedEntry, receivedAt: string): Uint8Array => {
  const written = `{"body":${entry.text},"received_at":${canonicalText(receivedAt)},"signature":${canonicalText(entry.signature)}}`;
  if (written.length > LEAF_LIMITS.characters)
    throw new ProblemError(problem('text_limit', { what: 'characters', limit: LEAF_LIMITS.characters }));
  return encoder.encode(written);
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuid = z.string().regex(UUID);
const text = z.string().max(4096);
const whole = z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const valuesShape: z.ZodType<EntryBody['values']> = z.lazy(() =>
  z.record(z.string().min(1).max(512), valueShape),
);
const rowShape = z.strictObject({ row_id: z.string().min(1).max(512), values: valuesShape });
const valueShape: z.ZodType<EntryValue> = z.union([
  z.string().max(1_000_000),
  whole,
  z.boolean(),
  z.strictObject({ missing: z.enum(RECORDED_MISSING) }),
  z.array(z.string()),
  z.array(rowShape),
]);
const sealedShape = z.strictObject({
  field: text,
  row_id: text.exactOptional(),
  compartment: text,
  key_id: text,
  suite: whole,
  nonce: text,
  ct: z.string(),
});
const attachmentShape = z.strictObject({
  id: text,
  ct_sha256: sha256,
  ct_size: whole.nonnegative(),
  media_type: text,
  key_id: text,
});

const bodyShape: z.ZodType<EntryBody> = z.strictObject({
  v: z.literal(1),
  org: text.min(1),
  study: text.min(1),
  instrument: text,
  instrument_version: whole.nonnegative(),
  record_id: uuid,
  entry_id: uuid,
  kind: z.string().regex(/^[a-z][a-z_]{0,63}$/),
  parents: z.array(uuid).max(1000),
  author: text.min(1),
  device: text.min(1),
  device_seq: whole.positive(),
  device_prev: z.union([sha256, z.literal('')]),
  occurred_at: z.string().regex(TIME),
  zone: text,
  values: valuesShape,
  sealed: z.array(sealedShape),
  attachments: z.array(attachmentShape),
  reason: z.string().max(100_000),
});
const leafShape: z.ZodType<Leaf> = z.strictObject({
  body: bodyShape,
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  received_at: z.string().regex(TIME),
});

const shapeError = (error: z.ZodError): ProblemError => {
  const issue = error.issues[0];
  return new ProblemError(
    problem('entry_shape', { member: issue?.path.join('.') ?? '', expected: issue?.message ?? '' }),
  );
};

/** Checks a body before it is signed. Throws ProblemError `entry_shape` naming the member. */
export const checkBody = (body: EntryBody): EntryBody => {
  const checked = bodyShape.safeParse(body);
  if (!checked.success) throw shapeError(checked.error);
  return body;
};

/** A leaf with its body's canonical text, for the signature and the chain. */
interface ReadLeaf {
  readonly leaf: Leaf;
  readonly text: string;
}

/**
 * Reads stored bytes strictly: UTF-8, JSON, the exact shape, and byte for byte the canonical spelling. Throws ProblemError
 * `entry_shape`.
 */
export const parseLeaf = (bytes: Uint8Array): ReadLeaf => {
  const written = decodeOr(bytes);
  const parsed = parseJson(written);
  return readPlain(written, parsed) ?? readAny(written, parsed);
};

const sealedList = z.array(sealedShape);
const attachmentList = z.array(attachmentShape);

/**
 * The leaf when it is an everyday one. JSON.stringify spells numbers and strings as RFC 8785 does (section 3.2.2), so what
 * it gives back unchanged is canonical if the members are in order and no surrogate stands alone.
 */
export const readPlain = (written: string, parsed: unknown): ReadLeaf | undefined => {
  if (!isPlainLeaf(parsed) || JSON.stringify(parsed) !== written || written.includes('\\ud'))
    return undefined;
  const { sealed, attachments } = parsed.body;
  if (sealed.length > 0 && !(isInOrder(sealed) && sealedList.safeParse(sealed).success)) return undefined;
  if (attachments.length > 0 && !(isInOrder(attachments) && attachmentList.safeParse(attachments).success))
    return undefined;
  return { leaf: parsed, text: written.slice(BEFORE, written.length - AROUND - parsed.received_at.length) };
};
/** Characters before the body, and after it without those of `received_at`. */
const BEFORE = '{"body":'.length;
const AROUND = `,"received_at":"","signature":"${'-'.repeat(86)}"}`.length;

/** The leaf by the full check. */
export const readAny = (written: string, value: unknown): ReadLeaf => {
  const parsed = leafShape.safeParse(value);
  if (!parsed.success) throw shapeError(parsed.error);
  const leaf = parsed.data;
  let body: string;
  try {
    body = canonicalText(leaf.body);
  } catch {
    throw new ProblemError(problem('entry_shape', { member: 'body', expected: 'canonical JSON (RFC 8785)' }));
  }
  const canonical = `{"body":${body},"received_at":${canonicalText(leaf.received_at)},"signature":${canonicalText(leaf.signature)}}`;
  if (canonical !== written)
    throw new ProblemError(problem('entry_shape', { member: '', expected: 'canonical JSON (RFC 8785)' }));
  return { leaf, text: body };
};

/** Reads bytes that this log has already checked on the way in. For bytes of unknown origin use `parseLeaf`. */
export const readLeaf = (bytes: Uint8Array): Leaf => JSON.parse(decoder.decode(bytes)) as Leaf;

/** Whether an entry value is the rows of a repeat. An empty list has no rows and no codes. */
export const isRows = (
  value: EntryValue | undefined,
): value is readonly { readonly row_id: string; readonly values: EntryBody['values'] }[] =>
  Array.isArray(value) && !isMissing(value) && value.length > 0 && typeof value[0] === 'object';

const decodeOr = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProblemError(problem('entry_shape', { member: '', expected: 'UTF-8' }));
  }
};
const parseJson = (written: string): unknown => {
  try {
    return readJson(written, LEAF_LIMITS);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(problem('entry_shape', { member: '', expected: 'JSON' }));
  }
};
