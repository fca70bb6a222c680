import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects, EntryDraft } from '../../src/records/index.ts';
import { createWorkspace, type NewWorkspace, type Workspace } from '../../src/workspace/index.ts';

/** A clock that moves one second at each look and random bytes that repeat from run to run. */
export const fixedEffects = (seed = 'seed'): Effects => {
  let at = Date.UTC(2018, 5, 1);
  let block = 0;
  return {
    clock: () => (at += 1000),
    random: (bytes) => {
      const blocks: Buffer[] = [];
      for (let length = 0; length < bytes; length += 32) {
        blocks.push(createHash('sha256').update(`${seed} ${block}`).digest());
        block += 1;
      }
      return new Uint8Array(Buffer.concat(blocks).subarray(0, bytes));
    },
  };
};

export const aDataFolder = (): { readonly dir: string; readonly remove: () => void } => {
  const parent = mkdtempSync(join(tmpdir(), 'baqylau-data-'));
  return { dir: join(parent, 'data'), remove: () => rmSync(parent, { recursive: true, force: true }) };
};

export const aWorkspace = (dir: string, given: Partial<NewWorkspace> = {}): Promise<Workspace> =>
  createWorkspace({
    dir,
    org: 'sample',
    people: ['aru', 'beket'],
    synthetic: true,
    effects: fixedEffects(),
    ...given,
  });

/** A card number `n` as somebody fills it. */
export const aCard = (workspace: Workspace, n: number, given: Partial<EntryDraft> = {}): EntryDraft => ({
  study: 'street',
  instrument: 'gathering',
  instrument_version: 1,
  record_id: workspace.importId('street', 'gathering', [String(n)]),
  kind: 'submit',
  author: 'aru',
  values: { number: n, form: 'rally' },
  ...given,
});
export const cards = (workspace: Workspace, from: number, to: number): readonly EntryDraft[] =>
  Array.from({ length: to - from }, (_, i) => aCard(workspace, from + i));
