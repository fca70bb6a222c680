import { type Appendable, type Appended, type LogStore, sha256Hex } from '../log/index.ts';
import type { EntryValues, Leaf } from '../records/index.ts';
import type { Study } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { WorkspaceConfig } from './config.ts';

/** A file of a study package: path inside the package with `/`, and its bytes. */
export interface PackageFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}
export type StudyRegistration = 'registered' | 'known';

/** The parts of a workspace that registration needs. */
interface Registry {
  readonly store: LogStore;
  readonly config: WorkspaceConfig;
  readonly append: (entries: Iterable<Appendable>) => Promise<Appended>;
  readonly entries: (recordId: string) => Promise<readonly Leaf[]>;
  readonly importId: (study: string, instrument: string, key: readonly string[]) => string;
}

/** All versions of a package are one chain of `study` entries; `values` hold version, hash and the files' hashes. */
export const registerStudy = async (
  { store, config, append, entries, importId }: Registry,
  study: Study,
  files: Iterable<PackageFile> | AsyncIterable<PackageFile>,
): Promise<StudyRegistration> => {
  const recordId = importId(study.id, '', ['study']);
  const known = await entries(recordId);
  const same = known.find((leaf) => leaf.body.values.version === study.version);
  if (same !== undefined) {
    if (same.body.values.hash === study.hash) return 'known';
    throw new ProblemError(
      problem('study_changed_without_version', { study: study.id, version: study.version }),
    );
  }
  const rows: { row_id: string; values: EntryValues }[] = [];
  for await (const { path, bytes } of files) {
    const sha256 = sha256Hex(bytes);
    // The blob is durable before the entry that names it.
    await store.putBlob(sha256, bytes);
    rows.push({ row_id: path, values: { sha256, bytes: bytes.length } });
  }
  rows.sort((a, b) => (a.row_id < b.row_id ? -1 : 1));
  await append([
    {
      study: study.id,
      instrument: '',
      instrument_version: 0,
      record_id: recordId,
      kind: 'study',
      parents: known.slice(-1).map((leaf) => leaf.body.entry_id),
      author: config.device,
      values: { version: study.version, hash: study.hash, files: rows },
    },
  ]);
  return 'registered';
};
