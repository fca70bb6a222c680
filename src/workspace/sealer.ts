import type { Sealed, Sealer, Secret } from '../exchange/index.ts';
import type { Effects } from '../records/index.ts';
import {
  type DataKey,
  type Json,
  type KeyDirectory,
  makeDataKey,
  recipientsFor,
  sealField,
  wrapDataKey,
} from '../sealing/index.ts';
import { ProblemError } from '../vocabulary/index.ts';
import { type FilePlace, type SealedFile, sealFile } from './seal-file.ts';
import type { FolderFiles } from './table-files.ts';

/**
 * Seals the identity values of a study's entries to the teams of a key directory, with the files that they name. Each entry and
 * each file has a data key of its own: who writes holds public keys only, and cannot reopen the key of an entry before
 * (SECURITY.md).
 */
export const sealerFor = (
  study: string,
  {
    org,
    directory,
    files,
    effects,
  }: {
    readonly org: string;
    readonly directory: KeyDirectory;
    readonly files: FolderFiles;
    readonly effects: Effects;
  },
): Sealer => ({
  files,
  refusal: (compartment) => {
    try {
      recipientsFor(directory, compartment);
      return undefined;
    } catch (error) {
      if (error instanceof ProblemError) return error.problems[0];
      throw error;
    }
  },
  seal: async ({ record_id, entry_id, compartment }, secrets): Promise<Sealed> => {
    const key = makeDataKey({ org, record_id, compartment }, effects);
    const place = { org, study, record_id };
    const { attached, values } = await withFilesSealed(secrets, files, { ...place, compartment }, effects);
    const sealed = values.map(({ value, ...at }) =>
      sealField(key, { ...place, entry_id, ...at }, value as Json, effects),
    );
    const recipients = recipientsFor(directory, compartment);
    const keys: readonly DataKey[] = [key, ...attached.map((file) => file.key)];
    return {
      sealed,
      attachments: attached.map((file) => file.attachment),
      wraps: await Promise.all(keys.map((each) => wrapDataKey(each, recipients))),
      blobs: attached.map((file) => file.blob),
    };
  },
});

/** Seals the files one after the other; a value that named files says instead which attachment is which. */
const withFilesSealed = async (
  secrets: readonly Secret[],
  files: FolderFiles,
  place: FilePlace,
  effects: Effects,
): Promise<{
  readonly attached: readonly SealedFile[];
  readonly values: readonly Omit<Secret, 'files'>[];
}> => {
  const attached: SealedFile[] = [];
  const values: Omit<Secret, 'files'>[] = [];
  for (const { files: named, ...secret } of secrets) {
    const own: SealedFile[] = [];
    for (const file of named ?? []) own.push(await sealFile(file, files, place, effects));
    attached.push(...own);
    values.push(named === undefined ? secret : { ...secret, value: own.map(({ row }) => row) });
  }
  return { attached, values };
};
