import type { Leaf } from '../records/index.ts';

/** Clocks that were wrong: told, never held against an entry. Places in the log and chains order entries, clocks do not. */
export interface ClockNotices {
  /** Entries received, by the server's clock, before one that stands earlier in the log. */
  readonly receivedEarlier: number;
  /** Entries that happened, by their device's clock, more than five minutes after they were received. */
  readonly occurredLater: number;
}

/** How far a device's clock may be ahead of the server's unnoticed. */
const AHEAD = 5 * 60 * 1000;

export const clockNotices = (): { take(leaf: Leaf): void; counted(): ClockNotices } => {
  let [receivedEarlier, occurredLater] = [0, 0];
  let latest = Number.NEGATIVE_INFINITY;
  let [lastText, lastTime] = ['', Number.NaN];
  return {
    take: ({ body, received_at: receivedAt }) => {
      // An append has one time of receipt: many entries in a row say the same.
      if (receivedAt !== lastText) [lastText, lastTime] = [receivedAt, Date.parse(receivedAt)];
      if (lastTime < latest) receivedEarlier += 1;
      else latest = lastTime;
      if (body.occurred_at !== receivedAt && Date.parse(body.occurred_at) > lastTime + AHEAD)
        occurredLater += 1;
    },
    counted: () => ({ receivedEarlier, occurredLater }),
  };
};
