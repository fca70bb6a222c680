// Lets one sync or write after another fail, each in a store of its own, and says in the record of the disk what was
// acknowledged; prints what the stores answered. `failed-disk-run.ts FOLDER POINTS SEED once|retried`: `retried` is the control, a
// disk whose failed sync is tried again and then said to have worked.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../adapters/store-sqlite/index.ts';
import { appendEntries, type LogStore } from '../../src/log/index.ts';
import { ProblemError } from '../../src/vocabulary/index.ts';
import { seeded } from '../../tools/samples/random.ts';
import { disk, type Fault, failAt } from './faults.ts';
import { cardEntryId, fieldCard, fieldDevice, verifyDeviceLog } from './field-device.ts';
import { sqliteComplaints } from './sqlite-place.ts';

export interface FailedDiskFigures {
  readonly points: number;
  /** Answers to the write that met the failure, or to the first behind it; `acknowledged` for a write that needed no more. */
  readonly answers: Readonly<Record<string, number>>;
  /** Writes that were not refused with `store_failed` after the store had failed. */
  readonly writtenAfterwards: number;
  /** Acknowledged entries that were not there when the store was opened again. */
  readonly lost: number;
  readonly damaged: readonly string[];
}

const [, , folder = '', asked = '1', seed = '1', how = 'once'] = process.argv;
const POINTS = Number(asked);
const { between } = seeded(Number(seed));
const bytes = new TextEncoder().encode('wrap');
const answers: Record<string, number> = {};
let [lost, writtenAfterwards] = [0, 0];
const damaged: string[] = [];

type Write = readonly [card: number | undefined, run: (store: LogStore) => Promise<unknown>];
const card = (n: number): Write => {
  const note = 'ы'.repeat(between(0, 3000));
  return [n, (store) => appendEntries(store, fieldDevice, [fieldCard(n, note)])];
};
const wrap: Write = [undefined, (store) => store.vaultPut([{ keyId: 'key', wrap: bytes }])];
const blob = (size: number): Write => [
  undefined,
  (store) => store.putBlob(`blob-${size}`, new Uint8Array(size)),
];
const unwrap: Write = [undefined, (store) => store.vaultDelete(['key'])];
const SHORT: readonly Write[] = [card(1), card(2), wrap, card(3), unwrap, card(4)];
/** So much that the write-ahead log is carried over to the database file by itself. */
const LONG: readonly Write[] = [card(1), blob(4_100_000), card(2), card(3)];
/** What fails in which work, again and again; each at one countdown after another, until the work is done before. */
const PASSES: readonly (readonly [Fault['what'], readonly Write[]])[] = [
  ['sync', SHORT],
  ['sync', LONG],
  ['write', SHORT],
];
/** Each of these must be refused once a store has failed. */
const AFTERWARDS: readonly Write[] = [card(6), card(7), blob(10)];

const answerOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'acknowledged';
  } catch (error) {
    return error instanceof ProblemError ? (error.problems[0]?.code ?? '') : String(error);
  }
};

/** Opens the store and does the writes until one is refused; returns that answer, and the cards that were acknowledged. */
const work = async (
  dir: string,
  point: number,
  writes: readonly Write[],
): Promise<{ readonly answer: string; readonly cards: readonly number[] }> => {
  const cards: number[] = [];
  let store: LogStore | undefined;
  let answer = await answerOf(() => {
    store = openSqliteStore(dir);
  });
  if (store === undefined) return { answer, cards };
  const write = async ([n, run]: Write): Promise<string> => {
    const said = await answerOf(() => store && run(store));
    if (said !== 'acknowledged' || n === undefined) return said;
    cards.push(n);
    disk.mark(`card ${point} ${n}`);
    return said;
  };
  for (const one of writes) {
    answer = await write(one);
    if (answer !== 'acknowledged') break;
  }
  if (answer === 'store_failed' || (how === 'once' && disk.struck()))
    for (const one of AFTERWARDS) if ((await write(one)) !== 'store_failed') writtenAfterwards += 1;
  await store.close();
  return { answer, cards };
};

/** One failure in one new store. Returns whether the writes came so far. */
const point = async (number: number, writes: readonly Write[], fault: Fault): Promise<boolean> => {
  const dir = join(folder, `point-${number}`);
  mkdirSync(dir);
  failAt(fault);
  const { answer, cards } = await work(dir, number, writes);
  if (!disk.well()) return false;
  answers[answer] = (answers[answer] ?? 0) + 1;
  const store = openSqliteStore(dir);
  const stored = new Set((await Array.fromAsync(store.read(0))).map((leaf) => leaf.entryId));
  lost += cards.filter((n) => !stored.has(cardEntryId(n))).length;
  const { findings } = await verifyDeviceLog(store);
  await store.close();
  damaged.push(...sqliteComplaints(dir), ...findings.map(({ what, position }) => `${what} at ${position}`));
  return true;
};

const kind = how === 'retried' ? 'retried' : 'once';
const passes = kind === 'once' ? PASSES : PASSES.slice(0, 1);
for (let [points, pass, countdown, number] = [0, 0, 1, 1]; points < POINTS; number += 1) {
  const [what, writes] = passes[pass % passes.length] ?? ['sync', SHORT];
  const reached = await point(number, writes, { what, error: 'EIO', countdown, how: kind });
  if (reached) points += 1;
  else pass += 1;
  countdown = reached ? countdown + 1 : 1;
}
const found: FailedDiskFigures = { points: POINTS, answers, writtenAfterwards, lost, damaged };
process.stdout.write(JSON.stringify(found));
