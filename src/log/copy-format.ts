import { z } from 'zod';
import { canonicalText } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';

/**
 * The text form of a whole log, for export, backup and move (docs/log-copy-format.md): one JSON value a line, each in its
 * RFC 8785 spelling, in this order: header, blobs, leaves with the checkpoints where they were signed, wraps, trailer. The
 * same log gives the same bytes.
 */
export const COPY_FORMAT = 'baqylau/copy/v1';

/** Bytes of a blob on one `data` line. */
export const CHUNK = 48 * 1024;
/** The longest line that is read: hostile input must not fill the memory. */
export const MAX_LINE = 64 * 1024 * 1024;
/** The largest blob that is read. */
export const MAX_BLOB = 1024 * 1024 * 1024;

/** What stands in the header besides the tree: enough for a stranger to check every signature. */
export interface CopyAbout {
  readonly org: string;
  /** Device -> its Ed25519 public key (base64url). */
  readonly devices: Readonly<Record<string, string>>;
  /** The key of the checkpoints as a note verifier, `name+hex+base64`. */
  readonly checkpoint_key: string;
  /** Signed text of the newest key directory; empty without one. */
  readonly directory: string;
  /** The organisation's root key that signs the directory, as a note verifier; empty without one. */
  readonly org_root: string;
}

export interface CopyHeader extends CopyAbout {
  readonly format: typeof COPY_FORMAT;
  /** Leaves, and the root of the tree over them in hex. */
  readonly size: number;
  readonly root: string;
  /** Whether the wraps of data keys are in it. */
  readonly vault: boolean;
}

export interface CopyCounts {
  readonly blobs: number;
  readonly leaves: number;
  readonly checkpoints: number;
  readonly wraps: number;
}

/** What is wrong with a line of a copy. */
export type CopyFault =
  | 'header'
  | 'line'
  | 'too_long'
  | 'blob'
  | 'leaf'
  | 'checkpoint'
  | 'root'
  | 'wrap'
  | 'trailer'
  | 'cut'
  | 'after_end';

export const copyDamaged = (line: number, what: CopyFault): ProblemError =>
  new ProblemError(problem('copy_damaged', { line, what }));

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const headerShape: z.ZodType<CopyHeader> = z.strictObject({
  format: z.literal(COPY_FORMAT),
  org: z.string().min(1).max(64),
  size: whole,
  root: sha256,
  vault: z.boolean(),
  devices: z.record(z.string().max(128), key),
  checkpoint_key: z.string().max(512),
  directory: z.string().max(MAX_LINE),
  org_root: z.string().max(512),
});
export const blobShape = z.strictObject({ blob: sha256, bytes: whole.max(MAX_BLOB) });
export const dataShape = z.strictObject({ data: base64 });
export const checkpointShape = z.strictObject({ size: whole, note: z.string().max(65_536) });
export const wrapShape = z.strictObject({ key_id: z.string().min(1).max(256), wrap: base64 });

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line without its end, as bytes. Throws TypeError for what JSON cannot hold. */
export const lineOf = (value: unknown): Uint8Array => encoder.encode(canonicalText(value));

/** The value of a line of this shape in its one spelling; undefined for any other line. */
export const readLine = <T>(shape: z.ZodType<T>, line: Uint8Array): T | undefined => {
  try {
    const text = decoder.decode(line);
    const checked = shape.safeParse(JSON.parse(text));
    return checked.success && canonicalText(checked.data) === text ? checked.data : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a line begins like this: its members are in order of name, so the first tells what it is. */
export const begins = (line: Uint8Array, member: string): boolean => {
  const start = encoder.encode(`{"${member}":`);
  return start.every((byte, i) => line[i] === byte);
};
