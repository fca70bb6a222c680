// Fills the disk at one write after another while one store works on; run on a faulty disk by disk-full.long.test.ts, to which
// it prints what it found. `disk-full-run.ts FOLDER POINTS [careless]`; `careless` is the control: it takes a refusal for an
// acknowledgement.
import { openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import { appendEntries, type LogStore } from '../../src/log/index.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { disk, failAt } from './faults.ts';
import { cardEntryId, fieldCard, fieldDevice, verifyDeviceLog } from './field-device.ts';
import { sqliteComplaints } from './sqlite-place.ts';

/** What a run found; the words of a problem code count how often it was the answer. */
export interface DiskFullFigures {
  readonly points: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  readonly lost: number;
  readonly damaged: readonly string[];
  readonly slowestAnswer: number;
  /** Points after which the same store did not do the same work once there was room. */
  readonly notHealed: number;
}

const [, , folder = '', asked = '1', careless] = process.argv;
const POINTS = Number(asked);
const BATCH = 40;

let store: LogStore = openSqliteStore(folder);
let isOpen = true;
const cards = new Set<number>();
const wraps = new Set<string>();
const blobs = new Set<string>();

/** One write of some kind; `acknowledged` is done when it resolved. */
interface Work {
  readonly run: () => Promise<unknown>;
  readonly acknowledged: () => void;
}
const append = (first: number, count: number): Work => ({
  run: () =>
    appendEntries(
      store,
      fieldDevice,
      Array.from({ length: count }, (_, i) => fieldCard(first + i)),
    ),
  acknowledged: () => {
    for (let n = first; n < first + count; n += 1) cards.add(n);
  },
});
const bytesOf = (key: string): Uint8Array => new TextEncoder().encode(key.repeat(1000));
/** The kinds of write, each as its `n`-th. */
const WORK: readonly ((n: number) => Work)[] = [
  (n) => append(n * BATCH, 1),
  (n) => append(n * BATCH, BATCH),
  (n) => ({
    run: () => store.vaultPut([{ keyId: `key-${n}`, wrap: bytesOf('wrap') }]),
    acknowledged: () => wraps.add(`key-${n}`),
  }),
  (n) => ({
    run: () => store.putBlob(`blob-${n}`, bytesOf(`blob ${n}`)),
    acknowledged: () => blobs.add(`blob-${n}`),
  }),
  () => {
    const [oldest = 'none'] = wraps;
    return { run: () => store.vaultDelete([oldest]), acknowledged: () => wraps.delete(oldest) };
  },
  () => ({
    run: async () => {
      if (isOpen) await store.close();
      isOpen = false;
      store = openSqliteStore(folder);
      isOpen = true;
    },
    acknowledged: () => undefined,
  }),
];

const answers: Record<string, number> = {};
let [slowestAnswer, notHealed] = [0, 0];

/** Does the work and returns whether it was acknowledged. */
const attempt = async ({ run, acknowledged }: Work): Promise<boolean> => {
  const started = performance.now();
  let answer = 'acknowledged';
  try {
    await run();
    acknowledged();
  } catch (error) {
    answer = error instanceof ProblemError ? (error.problems[0]?.code ?? '') : String(error);
    if (careless !== undefined) acknowledged();
  }
  slowestAnswer = Math.max(slowestAnswer, performance.now() - started);
  answers[answer] = (answers[answer] ?? 0) + 1;
  return answer === 'acknowledged';
};

/** Fills the disk at the `write`-th write of this work, then makes room. Returns whether the work came so far. */
const point = async (work: Work, write: number): Promise<boolean> => {
  failAt({ what: 'write', error: 'ENOSPC', countdown: write, how: write % 2 === 0 ? 'half' : 'stays' });
  const done = await attempt(work);
  if (!disk.well()) return false;
  if (!done && careless === undefined && !(await attempt(work))) notHealed += 1;
  return true;
};

for (let [n, kind, write, points] = [0, 0, 1, 0]; points < POINTS; n += 1) {
  const reached = await point((WORK[kind] ?? (() => append(n, 1)))(n), write);
  if (reached) points += 1;
  else kind = (kind + 1) % WORK.length;
  write = reached ? write + 1 : 1;
}
await store.close();
store = openSqliteStore(folder);
const stored = new Set((await Array.fromAsync(store.read(0))).map((leaf) => leaf.entryId));
let lost = [...cards].filter((n) => !stored.has(cardEntryId(n))).length;
for (const key of wraps) if ((await store.vaultGet(key)) === undefined) lost += 1;
for (const sha256 of blobs) if ((await store.getBlob(sha256)) === undefined) lost += 1;
const { findings } = await verifyDeviceLog(store);
await store.close();
const figures: DiskFullFigures = {
  points: POINTS,
  answers,
  acknowledged: cards.size + wraps.size + blobs.size,
  lost,
  damaged: [...sqliteComplaints(folder), ...findings.map(({ what, position }) => `${what} at ${position}`)],
  slowestAnswer: Math.round(slowestAnswer),
  notHealed,
};
process.stdout.write(JSON.stringify(figures));
