import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogStore } from '../../src/log/index.ts';
import { seeded } from '../../tools/samples/random.ts';
import { cardEntryId, verifyDeviceLog } from './field-device.ts';

/** A store that is made to be crashed. */
export interface CrashedStore {
  /** What the module of the loop opens: a folder, a database. */
  readonly place: string;
  /** The database's own check of its files; returns its complaints. */
  integrity(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export interface KillLoop {
  readonly kills: number;
  readonly seed: number;
  /** File of a module that exports `openStore(place)`. */
  readonly module: string;
  readonly open: (place: string) => Promise<LogStore>;
  /** Makes an empty place; called once for every 25 kills. */
  readonly place: () => Promise<CrashedStore>;
  /** Default: SIGKILL to the writing process. */
  readonly kill?: (writer: ChildProcess, store: CrashedStore) => unknown;
  /** The control: the writer acknowledges before the log has the entry. */
  readonly early?: boolean;
}

export interface KillFigures {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged entries that are not in the log afterwards. */
  readonly lost: number;
  /** Records that have their one card twice. */
  readonly doubled: number;
  /** Findings of `verify` and complaints of the database. */
  readonly damaged: readonly string[];
  /** The longest time after a crash from where a process begins to open the store to its first acknowledgement, in ms. */
  readonly slowestReady: number;
  /** From the start of that process, Node and modules included: the longest and the median. */
  readonly slowestStart: number;
  readonly usualStart: number;
}

const WRITER = join(import.meta.dirname, 'writer.ts');
const KILLS_A_PLACE = 25;
/** Places at a time: CI has two cores. */
const LANES = 2;
/** Modules are compiled once for the whole loop, so that the time goes into writing and dying. */
const COMPILED = resolve(import.meta.dirname, '../../.cache/compiled');

/** When a writer is killed: so many milliseconds from where it begins to open the store, or from its first acknowledgement. */
interface Death {
  readonly from: 'opening' | 'acknowledgement';
  readonly after: number;
}

/** Milliseconds to the first acknowledgement. */
interface Readiness {
  readonly fromStart: number;
  readonly fromOpening: number;
}

/** What one life of a writer told before it was killed. */
interface Life {
  readonly acknowledged: readonly number[];
  readonly ready: Readiness | undefined;
}

/** Starts a writer and kills it. Throws when it ends by itself. */
const oneLife = async (loop: KillLoop, store: CrashedStore, first: number, death: Death): Promise<Life> => {
  const born = performance.now();
  const args = [WRITER, loop.module, store.place, String(first), ...(loop.early ? ['early'] : [])];
  const writer = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  const closed = once(writer, 'close');
  const kill = loop.kill ?? ((child) => child.kill('SIGKILL'));
  const acknowledged: number[] = [];
  let ready: Readiness | undefined;
  let [opening, said, killed] = [0, '', false];
  const dieLater = (): void =>
    void setTimeout(() => {
      killed = true;
      kill(writer, store);
    }, death.after);
  writer.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  createInterface({ input: writer.stdout }).on('line', (line) => {
    const now = performance.now();
    if (line === 'started') {
      opening = now;
      if (death.from === 'opening') dieLater();
      return;
    }
    if (ready === undefined && death.from === 'acknowledgement') dieLater();
    ready ??= { fromStart: now - born, fromOpening: now - opening };
    acknowledged.push(Number(line));
  });
  await closed;
  if (!killed) throw new Error(`the writer ended by itself: ${said}`);
  return { acknowledged, ready };
};

interface Crashed extends Omit<KillFigures, 'slowestReady' | 'slowestStart' | 'usualStart'> {
  readonly ready: readonly Readiness[];
}

/** One store crashed again and again, then looked at. */
const crashOne = async (loop: KillLoop, kills: number, between: Between): Promise<Crashed> => {
  const store = await loop.place();
  try {
    const acknowledged = new Set<number>();
    const ready: Readiness[] = [];
    for (let [kill, first] = [0, 0]; kill < kills; kill += 1) {
      // Every fifth may live until it acknowledges, however long that takes: these are timed.
      const from = kill % 5 === 4 ? 'acknowledgement' : 'opening';
      const life = await oneLife(loop, store, first, { from, after: between(20, 300) });
      for (const n of life.acknowledged) acknowledged.add(n);
      while (acknowledged.has(first)) first += 1;
      if (from === 'acknowledgement' && life.ready !== undefined) ready.push(life.ready);
    }
    const looked = await lookAt(loop, store, acknowledged);
    return { kills, acknowledged: acknowledged.size, ready, ...looked };
  } finally {
    await store.remove();
  }
};
type Between = (low: number, high: number) => number;

const lookAt = async (
  loop: KillLoop,
  { place, integrity }: CrashedStore,
  acknowledged: ReadonlySet<number>,
): Promise<Pick<KillFigures, 'lost' | 'doubled' | 'damaged'>> => {
  const store = await loop.open(place);
  const stored = new Set<string>();
  let doubled = 0;
  for await (const leaves of store.records()) {
    if (leaves.length > 1) doubled += 1;
    for (const leaf of leaves) stored.add(leaf.entryId);
  }
  const { findings } = await verifyDeviceLog(store);
  await store.close();
  return {
    lost: [...acknowledged].filter((n) => !stored.has(cardEntryId(n))).length,
    doubled,
    damaged: [...(await integrity()), ...findings.map(({ what, position }) => `${what} at ${position}`)],
  };
};

/**
 * Row R1 of the test plan: processes that append are killed at a random moment, 20 to 300 milliseconds after they began to
 * open the store (recovery included) or first acknowledged, and started again, where they send once more what was not acknowledged.
 */
export const killLoop = async (loop: KillLoop): Promise<KillFigures> => {
  const found: Crashed[] = [];
  let given = 0;
  const lane = async (between: Between): Promise<void> => {
    while (given < loop.kills) {
      const kills = Math.min(KILLS_A_PLACE, loop.kills - given);
      given += kills;
      found.push(await crashOne(loop, kills, between));
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, i) => lane(seeded(loop.seed + i).between)));
  const sum = (of: (one: Crashed) => number): number => found.reduce((total, one) => total + of(one), 0);
  const ready = found.flatMap((one) => one.ready);
  const starts = ready.map(({ fromStart }) => Math.round(fromStart)).toSorted((a, b) => a - b);
  return {
    kills: sum((one) => one.kills),
    acknowledged: sum((one) => one.acknowledged),
    lost: sum((one) => one.lost),
    doubled: sum((one) => one.doubled),
    damaged: found.flatMap((one) => one.damaged),
    slowestReady: Math.round(Math.max(...ready.map(({ fromOpening }) => fromOpening))),
    slowestStart: starts.at(-1) ?? 0,
    usualStart: starts[Math.floor(starts.length / 2)] ?? 0,
  };
};
