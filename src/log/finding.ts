/** What was done to the log, as far as it can be told. `index`: only the tables that find entries again are wrong. */
export type Tampering = 'changed' | 'removed' | 'inserted' | 'reordered' | 'checkpoint' | 'index';

export interface Finding {
  readonly what: Tampering;
  /** Position in the log; for something removed, where it stood. For a checkpoint, its size. */
  readonly position: number;
  /** The entry's id as far as it is known; empty for one that is gone. */
  readonly entryId: string;
  /** What shows it. */
  readonly shownBy:
    | 'hash'
    | 'shape'
    | 'signature'
    | 'chain'
    | 'index'
    | 'blob'
    | 'attachment'
    | 'root'
    | 'note'
    | 'witness';
}

const KEPT = 1000;

/** Findings as they come in: one for a position and kind, at most 1,000 kept and the rest counted. */
export interface Findings {
  add(finding: Finding): void;
  /** Whether something was found between two positions, both included: then later signs of it are not told again. */
  within(first: number, last: number): boolean;
  any(): boolean;
  count(what: Tampering): number;
  list(): readonly Finding[];
  more(): number;
}

export const collectFindings = (): Findings => {
  const kept = new Map<string, Finding>();
  let more = 0;
  return {
    add: (finding) => {
      const key = `${finding.what} ${finding.position}`;
      if (kept.has(key)) return;
      if (kept.size < KEPT) kept.set(key, finding);
      else more += 1;
    },
    within: (first, last) => kept.values().some((f) => first <= f.position && f.position <= last),
    any: () => kept.size > 0,
    count: (what) => kept.values().reduce((n, f) => (f.what === what ? n + 1 : n), 0),
    list: () => [...kept.values()].sort((a, b) => a.position - b.position),
    more: () => more,
  };
};
