import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lineOf, readLine } from '../../log/index.ts';
import { erasedKeys, type Leaf } from '../../records/index.ts';
import { writeDurably } from '../write-durably.ts';
import { backupDamaged } from './backup-file.ts';

/** A data key that was erased, by the entry that says so: nobody's name, and what an older backup must not bring back. */
export interface Tombstone {
  readonly key_id: string;
  readonly entry_id: string;
}

export const TOMBSTONES = 'tombstones.jsonl';

const shape: z.ZodType<Tombstone> = z.strictObject({
  key_id: z.string().min(1).max(256),
  entry_id: z.string().min(1).max(64),
});

/** The keys that an entry erases. */
export const tombstonesOf = ({ body }: Leaf): readonly Tombstone[] =>
  erasedKeys(body).map((key_id) => ({ key_id, entry_id: body.entry_id }));

/** The list that lies beside the backups. Throws ProblemError `backup_damaged` for a line that is none: one left out would be a person brought back. */
export const readTombstones = (folder: string): readonly Tombstone[] => {
  const file = join(folder, TOMBSTONES);
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  if (!text.endsWith('\n') && text !== '') throw backupDamaged(file, 'tombstones');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const read = readLine(shape, Buffer.from(line));
      if (read === undefined) throw backupDamaged(file, 'tombstones');
      return read;
    });
};

/** Adds what is not in the list yet; the list only grows. */
export const keepTombstones = (folder: string, found: readonly Tombstone[]): void => {
  const kept = readTombstones(folder);
  const ids = new Set(kept.map((t) => t.key_id));
  const added = found.filter((t) => !ids.has(t.key_id));
  if (added.length === 0) return;
  const lines = [...kept, ...added].map(({ key_id, entry_id }) => Buffer.from(lineOf({ key_id, entry_id })));
  writeDurably(join(folder, TOMBSTONES), `${lines.map((line) => line.toString()).join('\n')}\n`, 0o600);
};
