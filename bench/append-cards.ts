import { randomBytes } from 'node:crypto';
import type { EntryDraft } from '../src/records/index.ts';
import { createWorkspace, type Workspace } from '../src/workspace/index.ts';

/** Card number `n` with 20 answers, about 1 KB signed; of no registered study, so that only the log works. */
export const aCard = (workspace: Workspace, n: number): EntryDraft => ({
  study: 'street',
  instrument: '',
  instrument_version: 0,
  record_id: workspace.importId('street', 'gathering', [String(n)]),
  kind: 'submit',
  author: 'aru',
  values: Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`field_${i}`, i % 2 === 1 ? n + i : `code_${n % 7}`]),
  ),
});

/** A new data folder with its log in SQLite, or in the database named. */
export const aDataFolder = (dir: string, databaseUrl = ''): Promise<Workspace> =>
  createWorkspace({
    dir,
    org: 'bench',
    effects: { clock: Date.now, random: (n) => new Uint8Array(randomBytes(n)) },
    databaseUrl,
  });
