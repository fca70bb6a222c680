import {
  type Appendables,
  type Appended,
  type Appender,
  appendAfter,
  type Ended,
  endWith,
  handOver,
  inOneTransaction,
  type LogEnd,
  linkAll,
} from './append.ts';
import { linkedIn, pendingOver } from './pending-entries.ts';
import type { LogStore, LogTransaction } from './store-port.ts';

/** An append whose entries are at hand: it may share its transaction with others. */
export const FEW = 100;
/** Appends in one transaction. */
const TOGETHER = 64;

/** One way into a log. `few`: the entries are at hand and at most `FEW`. */
export type Append = (entries: Appendables, few: boolean) => Promise<Appended>;

interface Waiting {
  readonly entries: Appendables;
  readonly few: boolean;
  readonly done: PromiseWithResolvers<Appended>;
}

/**
 * The only way into the log of a store: one transaction after the other, each building on the end that the last one left, so
 * that the end is read from the store only at first and after a failure. Group commit: small appends that wait at the same
 * time go into one durable transaction under one checkpoint, in the order in which they came, so that one fsync acknowledges
 * them all. Each is still all or none by itself: one that is refused leaves no trace and touches no other. An import, which
 * streams, has a transaction of its own. See `appendEntries`.
 */
export const groupCommit = (store: LogStore, appender: Appender): Append => {
  let queue: Waiting[] = [];
  let running = false;
  let end: LogEnd | undefined;
  const commit = async (group: readonly [Waiting, ...Waiting[]]): Promise<void> => {
    const known = end;
    end = undefined;
    try {
      end = group[0].few
        ? await commitGroup(known, store, appender, group)
        : await commitStream(known, store, appender, group[0]);
    } catch (error) {
      for (const { done } of group) done.reject(error);
    }
  };
  const run = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      // Whoever was just acknowledged, and everybody with a request in hand, can still get into this group.
      await new Promise((resolve) => setImmediate(resolve));
      const group = nextGroup(queue);
      queue = queue.slice(group.length);
      await commit(group);
    }
    running = false;
  };
  return (entries, few) => {
    const done = Promise.withResolvers<Appended>();
    queue.push({ entries, few, done });
    if (!running) void run();
    return done.promise;
  };
};

/** The first of the queue, with the small appends that stand right behind it when it is one itself. */
const nextGroup = (queue: readonly Waiting[]): readonly [Waiting, ...Waiting[]] => {
  const [first, ...others] = queue as [Waiting, ...Waiting[]];
  if (!first.few) return [first];
  const streams = others.findIndex(({ few }) => !few);
  return [first, ...others.slice(0, Math.min(TOGETHER - 1, streams < 0 ? TOGETHER : streams))];
};

const commitStream = async (
  known: LogEnd | undefined,
  store: LogStore,
  appender: Appender,
  { entries, done }: Waiting,
): Promise<LogEnd> => {
  const { end, outcome } = await appendAfter(known, store, appender, entries);
  done.resolve(outcome);
  return end;
};

/** How one of a group came out; told only when the group is durable. */
type Outcome = { readonly appended: Appended } | { readonly refused: unknown };

const commitGroup = async (
  known: LogEnd | undefined,
  store: LogStore,
  appender: Appender,
  group: readonly Waiting[],
): Promise<LogEnd> => {
  const { end, outcome } = await inOneTransaction(known, store, appender, (transaction, before) =>
    linkGroup(transaction, before, appender, group),
  );
  group.forEach(({ done }, i) => {
    const one = outcome[i] as Outcome;
    if ('appended' in one) done.resolve(one.appended);
    else done.reject(one.refused);
  });
  return end;
};

const linkGroup = async (
  transaction: LogTransaction,
  before: LogEnd,
  appender: Appender,
  group: readonly Waiting[],
): Promise<Ended<readonly Outcome[]>> => {
  const pending = pendingOver(linkedIn(transaction, before.heads));
  const outcome: Outcome[] = [];
  for (const { entries } of group) {
    const own = pendingOver(pending);
    try {
      const appended = await linkAll(entries, appender, own);
      pending.absorb(own);
      outcome.push({ appended: { ...appended, size: before.tree.size + pending.leaves.length } });
    } catch (refused) {
      outcome.push({ refused });
    }
  }
  const tree = await handOver(transaction, before.tree, pending);
  return { end: endWith(tree, before, pending), outcome };
};
