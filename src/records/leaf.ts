import { z } from 'zod';
import { canonicalText, isMissing, ProblemError, problem, RECORDED_MISSING } from '../vocabulary/index.ts';
import type { EntryBody, EntryValue, Leaf } from './entry.ts';
import type { SignedEntry } from './signature.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The stored bytes: JCS of {body, received_at, signature}, built around the body's text so that it is written once. */
export const leafBytes = (entry: SignedEntry, receivedAt: string): Uint8Array =>
  encoder.encode(
    `{"body":${entry.text},"received_at":${canonicalText(receivedAt)},"signature":${canonicalText(entry.signature)}}`,
  );

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
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

/**
 * Reads stored bytes strictly: UTF-8, JSON, the exact shape, and byte for byte the canonical spelling. Throws ProblemError
 * `entry_shape`. Returns the leaf with its body's canonical text, for the signature and the chain.
 */
export const parseLeaf = (bytes: Uint8Array): { readonly leaf: Leaf; readonly text: string } => {
  const written = decodeOr(bytes);
  const parsed = leafShape.safeParse(parseJson(written));
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
    return JSON.parse(written);
  } catch {
    throw new ProblemError(problem('entry_shape', { member: '', expected: 'JSON' }));
  }
};
