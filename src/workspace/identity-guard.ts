import { type Appendable, type StoredBlob, sha256Hex, type VaultWrap } from '../log/index.ts';
import {
  checkErasure,
  type EntryDraft,
  type EntryValue,
  identityValues,
  isRows,
  sealedFault,
} from '../records/index.ts';
import type { Instrument, Study } from '../study/index.ts';
import { isMissing, ProblemError, problem } from '../vocabulary/index.ts';

/** Keeps what identifies people out of the plain part of the log, whoever appends (promise 2: the log cannot forget). */
export interface IdentityGuard {
  /** The study as it is registered from now on. */
  learn(study: Pick<Study, 'id' | 'instruments'>): void;
  /**
   * Passes entries on. Throws ProblemError at the first that states an identity field in plain (`identity_needs_sealing`),
   * that states more than codes where nobody registered the instrument (`entry_instrument_unknown`), or that seals
   * what must not or cannot be sealed (`sealed_field_invalid`, `sealed_key_unknown`), that names an attachment which is not
   * there (`attachment_unknown`), or that one person erases by himself (`erase_same_person`).
   */
  guarded(entries: Iterable<Appendable> | AsyncIterable<Appendable>): AsyncGenerator<Appendable>;
}

/** What the guard asks of the folder. */
export interface GuardedFolder {
  /** A registered study, undefined for one that this log does not know. */
  readonly studyOf: (id: string) => Promise<Pick<Study, 'id' | 'instruments'> | undefined>;
  /** A wrap in the key vault. */
  readonly wrapOf: (keyId: string) => Promise<Uint8Array | undefined>;
  /** The bytes at an address. */
  readonly blobOf: (sha256: string) => Promise<Uint8Array | undefined>;
}

/** Entries about the log itself; what they hold is checked where they are made, and they seal nothing. */
const OF_THE_LOG: ReadonlySet<string> = new Set(['study', 'directory']);

export const identityGuard = ({ studyOf: load, wrapOf, blobOf }: GuardedFolder): IdentityGuard => {
  const known = new Map<string, Pick<Study, 'instruments'> | undefined>();
  const studyOf = async (id: string): Promise<Pick<Study, 'instruments'> | undefined> => {
    if (!known.has(id)) known.set(id, await load(id));
    return known.get(id);
  };
  const check = async (body: EntryDraft): Promise<void> => {
    const instrument = (await studyOf(body.study))?.instruments.get(body.instrument);
    if (instrument !== undefined) checkFields(instrument, body);
    else if (!isCoded(body)) {
      const { study, kind } = body;
      throw new ProblemError(
        problem('entry_instrument_unknown', { study, instrument: body.instrument, kind }),
      );
    }
  };
  return {
    learn: (study) => void known.set(study.id, study),
    async *guarded(entries) {
      for await (const entry of entries) {
        const body = 'body' in entry ? entry.body : entry;
        if (!isOfTheLog(body)) await check(body);
        if (body.kind === 'erase') checkErasure(body);
        const { sealed = [], attachments = [] } = body;
        const brings = entry.wraps !== undefined || entry.blobs !== undefined;
        if (!brings && sealed.length + attachments.length === 0) yield entry;
        else {
          const wraps = await newWraps(entry, body, wrapOf);
          yield { ...entry, wraps, blobs: await newBlobs(entry, body, blobOf) };
        }
      }
    },
  };
};

const isOfTheLog = ({ kind, instrument, sealed = [], attachments = [] }: EntryDraft): boolean =>
  OF_THE_LOG.has(kind) && instrument === '' && sealed.length + attachments.length === 0;

/** As codes, dates, numbers and ids are written; names and sentences are not. */
const CODE = /^[a-z0-9_:.~+-]{0,64}$/i;

/**
 * Whether an entry of an instrument that nobody registered states coded answers only. Which of its fields identify people
 * cannot be told, so nothing else is taken, and nothing sealed either.
 */
const isCoded = ({ values = {}, sealed = [], attachments = [] }: EntryDraft): boolean =>
  sealed.length + attachments.length === 0 && Object.values(values).every(isCodedValue);

const isCodedValue = (value: EntryValue): boolean => {
  if (typeof value === 'string') return CODE.test(value);
  if (typeof value !== 'object' || isMissing(value)) return true;
  if (isRows(value)) return value.every((row) => Object.values(row.values).every(isCodedValue));
  return (value as readonly string[]).every((code) => CODE.test(code));
};

const checkFields = (instrument: Instrument, { values = {}, sealed = [], ...entry }: EntryDraft): void => {
  const [field] = identityValues(instrument, { ...entry, values });
  if (field !== undefined) throw new ProblemError(problem('identity_needs_sealing', { field }, { field }));
  const fault = sealedFault(instrument, { ...entry, values, sealed });
  if (fault !== undefined)
    throw new ProblemError(problem('sealed_field_invalid', { ...fault, entry: entry.entry_id ?? '–' }));
};

/**
 * The wraps that are to be stored: those of keys that the entry names and the vault does not have. A wrap that is there is
 * never replaced by an entry: that would take a key away from those who hold it.
 */
const newWraps = async (
  entry: Appendable,
  { sealed = [], attachments = [] }: EntryDraft,
  wrapOf: GuardedFolder['wrapOf'],
): Promise<readonly VaultWrap[]> => {
  const named = new Map([
    ...sealed.map(({ key_id, field }) => [key_id, field] as const),
    ...attachments.map(({ key_id, id }) => [key_id, id] as const),
  ]);
  const brought = new Map(entry.wraps?.map((wrap) => [wrap.keyId, wrap]));
  const taken = [];
  for (const [key, field] of named) {
    if ((await wrapOf(key)) !== undefined) continue;
    const wrap = brought.get(key);
    if (wrap === undefined) throw new ProblemError(problem('sealed_key_unknown', { field, key }, { field }));
    taken.push(wrap);
  }
  return taken;
};

/** The ciphertexts that are to be stored: each attachment's is brought as the entry describes it, or is in the store. */
const newBlobs = async (
  { blobs = [] }: Appendable,
  { attachments = [], entry_id: entry = '–' }: EntryDraft,
  blobOf: GuardedFolder['blobOf'],
): Promise<readonly StoredBlob[]> => {
  const taken = [];
  for (const { id, ct_sha256: sha256, ct_size: size } of attachments) {
    const brought = blobs.find((blob) => blob.sha256 === sha256);
    const bytes = brought?.bytes ?? (await blobOf(sha256));
    if (bytes?.length !== size || sha256Hex(bytes) !== sha256)
      throw new ProblemError(problem('attachment_unknown', { attachment: id, entry }));
    if (brought !== undefined) taken.push(brought);
  }
  return taken;
};
