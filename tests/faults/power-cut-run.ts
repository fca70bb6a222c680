// Works on a data folder of its own while the faulty disk records every write, and says in the record what was acknowledged.
// `power-cut-run.ts FOLDER SEED [normal]`; `normal` is the control: the log is written with synchronous=NORMAL.
import { DatabaseSync } from 'node:sqlite';
import { openWorkspace } from '../../src/workspace/index.ts';
import { seeded } from '../../tools/samples/random.ts';
import { aWorkspace, cards, fixedEffects } from '../builders/workspace.ts';
import { disk } from './faults.ts';

const [, , folder = '', seed = '1', normal] = process.argv;
const { between, chance } = seeded(Number(seed));

if (normal !== undefined) {
  // Behind the back of the store, which has read back its settings by then.
  const exec = DatabaseSync.prototype.exec;
  DatabaseSync.prototype.exec = function weakened(this: DatabaseSync, sql: string): void {
    if (sql === 'BEGIN IMMEDIATE') exec.call(this, 'PRAGMA synchronous = NORMAL');
    exec.call(this, sql);
  };
}

let workspace = await aWorkspace(folder);
disk.mark('made');
let n = 0;
const append = async (count: number): Promise<void> => {
  n += count;
  const { entryIds } = await workspace.append(cards(workspace, n - count, n));
  for (const id of entryIds) disk.mark(`card ${id}`);
};
/** A wrap and a blob come, an older wrap goes. */
const keysAndBlobs = async (k: number): Promise<void> => {
  await workspace.store.vaultPut([{ keyId: `key-${k}`, wrap: new TextEncoder().encode('wrap '.repeat(40)) }]);
  disk.mark(`wrap key-${k}`);
  await workspace.store.putBlob(`blob-${k}`, new Uint8Array(between(1, 20_000)));
  disk.mark(`blob blob-${k}`);
  if (k % 2 === 0 || !chance(0.5)) return;
  disk.mark(`unwrap key-${k - 1}`);
  await workspace.store.vaultDelete([`key-${k - 1}`]);
};
// Every fifth folder is written for so long that its log is carried over by itself; the others are opened again and again.
const isLong = Number(seed) % 5 === 0;
for (let round = 0; round < (isLong ? 2 : 5); round += 1) {
  for (let append1 = isLong ? 130 : between(8, 20); append1 > 0; append1 -= 1)
    if (chance(0.2)) await Promise.all([append(1), append(2), append(1)]);
    else await append(chance(0.8) ? 1 : between(2, 10));
  await keysAndBlobs(round);
  if (chance(0.3)) continue;
  await workspace.close();
  workspace = await openWorkspace(folder, { effects: fixedEffects(`again ${round}`) });
}
