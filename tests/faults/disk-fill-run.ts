// Fills a small disk to the last byte, makes room and goes on with the same store; prints what it found. Run on such a disk
// by disk-full.long.test.ts. `disk-fill-run.ts FOLDER`.
import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import { appendEntries } from '../../src/log/index.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { cardEntryId, fieldCard, fieldDevice, verifyDeviceLog } from './field-device.ts';
import { sqliteComplaints } from './sqlite-place.ts';

export interface FilledDisk {
  /** Acknowledged before the disk was full, and after there was room again. */
  readonly before: number;
  readonly after: number;
  /** What further appends were answered on the full disk. */
  readonly answers: readonly string[];
  readonly slowestAnswer: number;
  readonly lost: number;
  readonly damaged: readonly string[];
}

const [, , folder = ''] = process.argv;
const BALLAST = join(folder, 'ballast');
const BATCH = 100;
const LONG_NOTE = 'ә'.repeat(4000);

writeFileSync(BALLAST, Buffer.alloc(8 * 1024 * 1024, 1));
const store = openSqliteStore(folder);
const acknowledged = new Set<number>();
let [next, slowestAnswer] = [0, 0];

/** Appends a batch and returns the code of the problem, if there was one. */
const append = async (count: number): Promise<string | undefined> => {
  const numbers = Array.from({ length: count }, () => (next += 1));
  const started = performance.now();
  try {
    await appendEntries(
      store,
      fieldDevice,
      numbers.map((n) => fieldCard(n, LONG_NOTE)),
    );
    for (const n of numbers) acknowledged.add(n);
    return undefined;
  } catch (error) {
    slowestAnswer = Math.max(slowestAnswer, performance.now() - started);
    return error instanceof ProblemError ? error.problems[0]?.code : String(error);
  }
};

const answers: string[] = [];
while (answers.length === 0) {
  const answer = await append(BATCH);
  if (answer !== undefined) answers.push(answer);
}
// What is left now may still hold a card; a disk with no room for one is full.
for (let answer = await append(1); answers.length < 10; answer = await append(1))
  if (answer !== undefined) answers.push(answer);
const before = acknowledged.size;
unlinkSync(BALLAST);
for (let n = 0; n < 3; n += 1) await append(BATCH);
const after = acknowledged.size - before;
const stored = new Set((await Array.fromAsync(store.read(0))).map((leaf) => leaf.entryId));
const { findings } = await verifyDeviceLog(store);
await store.close();
const found: FilledDisk = {
  before,
  after,
  answers,
  slowestAnswer: Math.round(slowestAnswer),
  lost: [...acknowledged].filter((n) => !stored.has(cardEntryId(n))).length,
  damaged: [...sqliteComplaints(folder), ...findings.map(({ what, position }) => `${what} at ${position}`)],
};
process.stdout.write(JSON.stringify(found));
