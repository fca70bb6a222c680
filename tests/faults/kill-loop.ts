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
  /** The longest time from the start of a process after a crash to its first acknowledgement, in milliseconds. */
  readonly slowestReady: number;
}

const WRITER = join(import.meta.dirname, 'writer.ts');
const KILLS_A_PLACE = 25;
/** Places at a time: CI has two cores. */
const LANES = 2;
/** Modules are compiled once for the whole loop, so that the time goes into writing and dying. */
const COMPILED = resolve(import.meta.dirname, '../../.cache/compiled');

/** What one life of a writer told before it was killed. */
interface Life {
  readonly acknowledged: readonly number[];
  /** Milliseconds from its start to its first acknowledgement; undefined when it was killed before. */
  readonly ready: number | undefined;
}

/** Starts a writer and kills it `after` milliseconds from where it begins to open the store. Throws when it ends by itself. */
const oneLife = async (loop: KillLoop, store: CrashedStore, from: number, after: number): Promise<Life> => {
  const born = performance.now();
  const args = [WRITER, loop.module, store.place, String(from), ...(loop.early ? ['early'] : [])];
  const writer = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  const closed = once(writer, 'close');
  const kill = loop.kill ?? ((child) => child.kill('SIGKILL'));
  const acknowledged: number[] = [];
  let [ready, said, killed]: [number | undefined, string, boolean] = [undefined, '', false];
  writer.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  createInterface({ input: writer.stdout }).on('line', (line) => {
    if (line !== 'started') {
      ready ??= performance.now() - born;
      acknowledged.push(Number(line));
      return;
    }
    setTimeout(() => {
      killed = true;
      kill(writer, store);
    }, after);
  });
  await closed;
  if (!killed) throw new Error(`the writer ended by itself: ${said}`);
  return { acknowledged, ready };
};

/** One store crashed again and again, then looked at. */
const crashOne = async (loop: KillLoop, kills: number, between: Between): Promise<KillFigures> => {
  const store = await loop.place();
  try {
    const acknowledged = new Set<number>();
    let slowestReady = 0;
    for (let [kill, from] = [0, 0]; kill < kills; kill += 1) {
      const life = await oneLife(loop, store, from, between(20, 300));
      for (const n of life.acknowledged) acknowledged.add(n);
      while (acknowledged.has(from)) from += 1;
      if (kill > 0) slowestReady = Math.max(slowestReady, life.ready ?? 0);
    }
    return {
      kills,
      acknowledged: acknowledged.size,
      slowestReady,
      ...(await lookAt(loop, store, acknowledged)),
    };
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
 * open the store (recovery included), and started again, where they send once more what was not acknowledged.
 */
export const killLoop = async (loop: KillLoop): Promise<KillFigures> => {
  const found: KillFigures[] = [];
  let given = 0;
  const lane = async (between: Between): Promise<void> => {
    while (given < loop.kills) {
      const kills = Math.min(KILLS_A_PLACE, loop.kills - given);
      given += kills;
      found.push(await crashOne(loop, kills, between));
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, i) => lane(seeded(loop.seed + i).between)));
  const sum = (of: (figures: KillFigures) => number): number =>
    found.reduce((total, figures) => total + of(figures), 0);
  return {
    kills: sum((f) => f.kills),
    acknowledged: sum((f) => f.acknowledged),
    lost: sum((f) => f.lost),
    doubled: sum((f) => f.doubled),
    damaged: found.flatMap((f) => f.damaged),
    slowestReady: Math.round(Math.max(...found.map((f) => f.slowestReady))),
  };
};
