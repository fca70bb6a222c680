import { type EntryBody, erasedKeys, isRows, type Leaf } from '../records/index.ts';
import type { Findings } from './finding.ts';
import { sha256Hex } from './hash-tree.ts';
import type { LogStore, StoredLeaf } from './store-port.ts';

/** The files that entries name: each must lie at its address and be what the address says. */
export interface NamedFiles {
  take(stored: StoredLeaf, leaf: Leaf): Promise<void>;
  /** Tells of the sealed attachments that are gone without having been erased. */
  finish(): void;
}

/** A sealed attachment that is not there: an entry further on may say that its key was destroyed. */
interface Gone {
  readonly position: number;
  readonly entryId: string;
  readonly recordId: string;
  readonly keyId: string;
}

/**
 * Looks at every file that an entry cannot be read without: the files of a study, the text of a key directory, sealed
 * attachments. An attachment may be gone when an entry `erase` of its record names its key, or when `erased` does: what a
 * restore left out because it was erased after the backup.
 */
export const namedFiles = (store: LogStore, erased: ReadonlySet<string>, findings: Findings): NamedFiles => {
  const gone: Gone[] = [];
  const destroyed = new Set<string>();
  return {
    take: async ({ position, entryId }, { body }) => {
      for (const sha256 of plainFiles(body)) {
        const what = await faultOf(store, sha256);
        if (what !== undefined) findings.add({ what, position, entryId, shownBy: 'blob' });
      }
      for (const { ct_sha256: sha256, key_id: keyId } of body.attachments) {
        const what = await faultOf(store, sha256);
        if (what === 'changed') findings.add({ what, position, entryId, shownBy: 'attachment' });
        if (what === 'removed') gone.push({ position, entryId, recordId: body.record_id, keyId });
      }
      for (const keyId of erasedKeys(body)) destroyed.add(`${body.record_id} ${keyId}`);
    },
    finish: () => {
      for (const { recordId, keyId, ...at } of gone)
        if (!erased.has(keyId) && !destroyed.has(`${recordId} ${keyId}`))
          findings.add({ what: 'removed', ...at, shownBy: 'attachment' });
    },
  };
};

const faultOf = async (store: LogStore, sha256: string): Promise<'removed' | 'changed' | undefined> => {
  const blob = await store.getBlob(sha256);
  if (blob === undefined) return 'removed';
  return sha256Hex(blob) === sha256 ? undefined : 'changed';
};

const NONE: readonly string[] = [];
const plainFiles = ({ kind, values }: EntryBody): readonly string[] => {
  if (kind === 'directory') return [String(values.sha256)];
  return kind === 'study' && isRows(values.files)
    ? values.files.map((file) => String(file.values.sha256))
    : NONE;
};
