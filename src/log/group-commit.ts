import {
  type Appendables,
  type Appended,
  type Appender,
  appendEntries,
  handOver,
  inOneTransaction,
  linkAll,
} from './append.ts';
import type { TreeEdge } from './hash-tree.ts';
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
  readonly done: PromiseWithResolvers<Appended>;
}

/**
 * Group commit: small appends that wait at the same time go into one durable transaction under one checkpoint, in the order
 * in which they came, so that one fsync acknowledges them all. Each is still all or none by itself: one that is refused
 * leaves no trace and touches no other. An import, which streams, has a transaction of its own. See `appendEntries`.
 */
export const groupCommit = (store: LogStore, appender: Appender): Append => {
  let queue: Waiting[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      // Whoever was just acknowledged, and everybody with a request in hand, can still get into this group.
      await new Promise((resolve) => setImmediate(resolve));
      const group = queue.slice(0, TOGETHER);
      queue = queue.slice(TOGETHER);
      await commitGroup(store, appender, group);
    }
    running = false;
  };
  return (entries, few) => {
    if (!few) return appendEntries(store, appender, entries);
    const done = Promise.withResolvers<Appended>();
    queue.push({ entries, done });
    if (!running) void run();
    return done.promise;
  };
};

/** How one of a group came out; told only when the group is durable. */
type Outcome = { readonly appended: Appended } | { readonly refused: unknown };

const commitGroup = async (store: LogStore, appender: Appender, group: readonly Waiting[]): Promise<void> => {
  try {
    const outcomes = await inOneTransaction(store, appender, (transaction, tree) =>
      linkGroup(transaction, tree, appender, group),
    );
    group.forEach(({ done }, i) => {
      const outcome = outcomes[i] as Outcome;
      if ('appended' in outcome) done.resolve(outcome.appended);
      else done.reject(outcome.refused);
    });
  } catch (error) {
    for (const { done } of group) done.reject(error);
  }
};

const linkGroup = async (
  transaction: LogTransaction,
  tree: TreeEdge,
  appender: Appender,
  group: readonly Waiting[],
): Promise<{ readonly tree: TreeEdge; readonly outcome: readonly Outcome[] }> => {
  const pending = pendingOver(linkedIn(transaction));
  const outcome: Outcome[] = [];
  for (const { entries } of group) {
    const own = pendingOver(pending);
    try {
      const appended = await linkAll(entries, appender, own);
      pending.absorb(own);
      outcome.push({ appended: { ...appended, size: tree.size + pending.leaves.length } });
    } catch (refused) {
      outcome.push({ refused });
    }
  }
  return { tree: await handOver(transaction, tree, pending), outcome };
};
