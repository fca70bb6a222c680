import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { behindLine, lineOf, readLine, takeLine } from '../../log/index.ts';
import { decrypterWith, encrypterFor } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { piecesOf, streamOf } from '../web-stream.ts';

/** The two series of backups: the log with the settings of the folder, and the key vault with its keys (ADR 0011). */
export type Series = 'log' | 'vault';

const FORMAT = 'baqylau/backup/v1';
const SET = /^\d{8}T\d{9}Z$/;
const NAME = /^(log|vault)-(\d{8}T\d{9}Z)\.age(?:\.new)?$/;
/** Room for config.yaml or the key files, and for nothing that would fill the memory. */
const LONGEST_HEADER = 1024 * 1024;

/** Names the files of one run: the time in UTC to the millisecond. */
export const setOf = (at: Date): string => at.toISOString().replaceAll(/[-:.]/g, '');
export const timeOfSet = (set: string): number =>
  Date.parse(set.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'));
export const backupName = (series: Series, set: string): string => `${series}-${set}.age`;

/** Series and run of a backup by its name; undefined for any other file. */
export const nameOfBackup = (file: string): { readonly series: Series; readonly set: string } | undefined => {
  const [, series, set = ''] = NAME.exec(basename(file)) ?? [];
  return series === 'log' || series === 'vault' ? { series, set } : undefined;
};

/** The newest run that has a file in the folder; undefined in an empty one. */
export const newestSet = (folder: string): string | undefined =>
  readdirSync(folder)
    .flatMap((name) => (name.endsWith('.new') ? [] : (nameOfBackup(name)?.set ?? [])))
    .sort()
    .at(-1);

const base = {
  format: z.literal(FORMAT),
  set: z.string().regex(SET),
  org: z.string().min(1).max(64),
  /** Random; that it comes back shows that this file was read and no other. */
  canary: z.string().regex(/^[0-9a-f]{64}$/),
};
const logShape = z.strictObject({ ...base, series: z.literal('log'), config: z.string() });
const vaultShape = z.strictObject({
  ...base,
  series: z.literal('vault'),
  /** Leaves in the log when the vault was read: the keys of all of them are in it. */
  size: z.number().int().nonnegative(),
  /** Files of `keys/`, base64. */
  keys: z.record(z.string().regex(/^[a-z][a-z0-9._-]{0,63}$/), z.string().max(65_536)),
});
export type LogHeader = z.infer<typeof logShape>;
export type VaultHeader = z.infer<typeof vaultShape>;
export const backupDamaged = (file: string, what: BackupFault): ProblemError =>
  new ProblemError(problem('backup_damaged', { file: basename(file), what }));
/** `age`: not an age file, cut or altered. `mixed`: parts of different backups. `database`: restored, but not sound. */
export type BackupFault = 'age' | 'header' | 'mixed' | 'database' | 'tombstones' | 'differs';

/** A backup as it goes to disk: encrypted to all of the recipients. Throws ProblemError `recipient_invalid`. */
export const sealBackup = async (
  header: Omit<LogHeader, 'format'> | Omit<VaultHeader, 'format'>,
  content: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): Promise<AsyncIterable<Uint8Array>> => {
  const plain = behindLine(lineOf({ format: FORMAT, ...header }), content);
  return piecesOf(await encrypterFor(recipients).encrypt(streamOf(plain)));
};

export interface OpenedPart<Header> {
  readonly header: Header;
  /** Authentic piece by piece, whole only when it ends without an error. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Throws ProblemError `file_missing`, `backup_wrong_key`, `backup_damaged`, as reading the content does. */
export const openLogPart = (file: string, identities: readonly string[]): Promise<OpenedPart<LogHeader>> =>
  openPart(file, logShape, identities);
/** As `openLogPart`. */
export const openVaultPart = (
  file: string,
  identities: readonly string[],
): Promise<OpenedPart<VaultHeader>> => openPart(file, vaultShape, identities);

const openPart = async <Header extends { readonly set: string }>(
  file: string,
  shape: z.ZodType<Header>,
  identities: readonly string[],
): Promise<OpenedPart<Header>> => {
  const { line, rest } = await takeLine(decrypted(file, identities), LONGEST_HEADER);
  const header = readLine(shape, line);
  // A file under another's name would pass for a newer or older one.
  if (header !== undefined && nameOfBackup(file)?.set === header.set) return { header, content: rest };
  await rest.return(undefined);
  throw backupDamaged(file, header === undefined ? 'header' : 'mixed');
};

async function* decrypted(file: string, identities: readonly string[]): AsyncGenerator<Uint8Array> {
  if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
  const decrypter = decrypterWith(identities);
  const bytes = createReadStream(file);
  try {
    yield* piecesOf(await decrypter.decrypt(streamOf(ageFile(bytes))));
  } catch (error) {
    if (error instanceof ProblemError || isFileFailure(error)) throw error;
    if (error instanceof Error && error.message.startsWith('no identity matched'))
      throw new ProblemError(problem('backup_wrong_key', { file: basename(file) }));
    throw backupDamaged(file, 'age');
  } finally {
    bytes.destroy();
  }
}

const isFileFailure = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

const AGE = Buffer.from('age-encryption.org/v1\n');
/** An age header is short; what has no end in the first piece would be gathered in memory to the last byte. */
async function* ageFile(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of bytes) {
    if (isFirst && !(Buffer.from(piece).indexOf(AGE) === 0 && Buffer.from(piece).includes('\n--- ')))
      throw new RangeError('no age header');
    isFirst = false;
    yield new Uint8Array(piece);
  }
}
