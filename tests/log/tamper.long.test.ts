import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding, LogStore, StoredLeaf } from '../../src/log/index.ts';
import { leafHash } from '../../src/log/index.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import { type LogContent, memoryStore } from './memory-store.ts';
import {
  after,
  aSignedLog,
  flipped,
  INTERVAL,
  mend,
  receiptIn,
  resigned,
  type SignedLog,
} from './tampering.ts';

// Row S1 of the test plan. Half of the leaves are changed at a time, every other one, and the findings must be exactly
// those: the leaves between show that none is found for another's sake.
const SIZE = 2000;
/** Of how many bits of each byte; all eight before a release. */
const BITS = rounds(1, 8);
/** Every so many bytes of a leaf, from another first byte in each; and for the attacker who works out all hashes anew. */
const STEP = rounds(2, 1);
const STEP_MENDED = rounds(16, 1);
const EACH = rounds(15, 400);

let log: SignedLog;
let longest: number;
const counts = { mutants: 0, acts: 0, found: 0 };
beforeAll(async () => {
  log = await aSignedLog(SIZE);
  longest = Math.max(...log.content.leaves.map((leaf) => leaf.bytes.length));
});

const places = (findings: readonly Finding[]): readonly string[] =>
  findings.map((f) => `${f.what} ${f.position} ${f.entryId}`);

/** Changes a byte in every other leaf, in each the next one of a step; returns which. */
const changeEveryOther = (
  content: LogContent,
  first: number,
  { from, step, bits }: { readonly from: number; readonly step: number; readonly bits: number },
  spares: (leaf: StoredLeaf, byte: number) => boolean,
): readonly string[] => {
  const changed: string[] = [];
  for (let at = first; at < content.leaves.length; at += 2) {
    const leaf = content.leaves[at] as StoredLeaf;
    const byte = from + ((at >> 1) % step);
    if (byte >= leaf.bytes.length || spares(leaf, byte)) continue;
    content.leaves[at] = flipped(leaf, byte, bits);
    changed.push(`changed ${at} ${leaf.entryId}`);
  }
  return changed;
};

describe('every byte of a log', () => {
  const sweep = async (
    { step, mends }: { readonly step: number; readonly mends: boolean },
    store?: (content: LogContent) => LogStore,
  ): Promise<{ readonly mutants: number; readonly missed: number }> => {
    let [mutants, missed] = [0, 0];
    for (let from = 0; from < longest; from += step)
      for (let bit = 0; bit < BITS; bit += 1)
        for (const first of [0, 1]) {
          let changed: readonly string[] = [];
          const findings = await after(
            log,
            (content) => {
              changed = changeEveryOther(
                content,
                first,
                { from, step, bits: 1 << bit },
                (leaf, byte) => mends && isReceipt(leaf, byte),
              );
              if (mends) mendHashes(content);
            },
            { known: !mends, ...(store === undefined ? {} : { store }) },
          );
          const found = new Set(places(findings));
          mutants += changed.length;
          missed += changed.filter((place) => !found.has(place)).length;
          if (store === undefined) expect(places(findings), `from byte ${from}, bit ${bit}`).toEqual(changed);
        }
    return { mutants, missed };
  };
  const isReceipt = (leaf: StoredLeaf, byte: number): boolean => {
    const [from, to] = receiptIn(leaf);
    return byte >= from && byte < to;
  };
  /** The hashes that an attacker works out anew; index columns stay, so that a place can be named by its entry. */
  const mendHashes = (content: LogContent): void => {
    const { leaves } = content;
    mend(content);
    content.leaves = leaves;
  };
  /** A store in which the guard is gone: it says of every leaf the hash that it has, and knows no checkpoint. */
  const withoutHashes = (content: LogContent): LogStore => {
    const hashes = content.leaves.map(({ position, bytes }) => ({ position, hash: leafHash(bytes) }));
    return {
      ...memoryStore({ ...content, hashes, checkpoints: [] }),
      tree: async () => memoryStore(content).tree(),
    };
  };

  it('changed by somebody who can edit leaves is found, at its place', { timeout: 3_600_000 }, async () => {
    const { mutants, missed } = await sweep({ step: STEP, mends: false });
    expect({ missed }).toEqual({ missed: 0 });
    counts.mutants += mutants;
  });
  it('changed by somebody who works out all hashes and the tree anew, without a key, is found at its place', {
    timeout: 3_600_000,
  }, async () => {
    const { mutants, missed } = await sweep({ step: STEP_MENDED, mends: true });
    expect({ missed }).toEqual({ missed: 0 });
    counts.mutants += mutants;
  });
  it('of a time of receipt, all hashes worked out anew, lies between two checkpoints', async () => {
    for (let n = 0; n < EACH * 5; n += 1) {
      const at = (n * 37) % SIZE;
      const leaf = log.content.leaves[at] as StoredLeaf;
      const [from, to] = receiptIn(leaf);
      const findings = await after(log, (content) => {
        content.leaves[at] = flipped(leaf, from + (n % (to - from)), 1);
        mendHashes(content);
      });
      expectNear(findings, at);
      counts.mutants += 1;
    }
  });
  it('control: without the comparison of hashes and roots, changed times of receipt are missed', async () => {
    const { mutants, missed } = await sweep({ step: 29, mends: false }, withoutHashes);
    expect(missed).toBeGreaterThan(mutants / 100);
    keepControl(mutants, missed);
  });
});

/** Something is found no further from a place than the next checkpoint. */
const expectNear = (findings: readonly Finding[], at: number): void => {
  expect(findings).not.toEqual([]);
  const [from, to] = [at - (at % INTERVAL), at - (at % INTERVAL) + INTERVAL];
  expect(
    findings.some((f) => f.position >= from && f.position <= to),
    JSON.stringify([at, findings]),
  ).toBe(true);
};

let control = '';
const keepControl = (mutants: number, missed: number): void => {
  control = `without the comparison of hashes ${missed} of ${mutants} mutants are missed`;
};

/** An act at a place of the log; `at` and `other` are different, neither first nor last. */
const ACTS: Readonly<Record<string, (content: LogContent, at: number, other: number) => void>> = {
  'an entry taken out': (content, at) => void content.leaves.splice(at, 1),
  'two entries swapped': (content, at, other) => {
    const [a, b] = [content.leaves[at] as StoredLeaf, content.leaves[other] as StoredLeaf];
    content.leaves[at] = { ...b, position: at };
    content.leaves[other] = { ...a, position: other };
  },
  'an entry replayed': (content, at, other) =>
    void content.leaves.splice(at, 0, { ...(content.leaves[other] as StoredLeaf), entryId: 'replayed' }),
  'an entry signed anew by a stranger': (content, at) => {
    content.leaves[at] = resigned(content.leaves[at] as StoredLeaf, log.stranger, { reason: 'forged' });
  },
  'an entry put in by a stranger': (content, at) =>
    void content.leaves.splice(
      at,
      0,
      resigned(content.leaves[at] as StoredLeaf, log.stranger, {
        device: log.stranger.id,
        device_seq: 1,
        device_prev: '',
        entry_id: '00000000-0000-7000-8000-0000000f0f0f',
      }),
    ),
};

/** Positions as they are counted when nobody mends more than those. */
const renumbered = (content: LogContent): void => {
  content.leaves = content.leaves.map((leaf, position) => ({ ...leaf, position }));
};

describe.each(Object.entries(ACTS))('%s', (_name, act) => {
  const everywhere = async (mends: boolean, check: (findings: readonly Finding[], at: number) => void) => {
    for (let n = 0; n < EACH; n += 1) {
      const at = 1 + ((n * 709) % (SIZE - 2));
      const other = 1 + ((at + 313) % (SIZE - 2));
      const findings = await after(log, (content) => {
        act(content, at, other);
        if (mends) mend(content);
        else renumbered(content);
      });
      check(findings, at);
      counts.acts += 1;
    }
  };
  it('is found at its place', () =>
    everywhere(false, (findings, at) => expect(findings.map((f) => f.position)).toContain(at)));
  it('is found at its place when all hashes are worked out anew', () => everywhere(true, expectNear));
});

describe('the end of a log', () => {
  it('cut off is found where it was cut, whatever hashes are worked out anew', async () => {
    for (let n = 0; n < EACH; n += 1) {
      const at = 1 + ((n * 709) % (SIZE - 1));
      for (const mends of [false, true]) {
        const findings = await after(log, (content) => {
          content.leaves.splice(at);
          if (mends) mend(content);
        });
        expect(`${findings[0]?.what} ${findings[0]?.position}`).toBe(`removed ${at}`);
        counts.acts += 1;
      }
    }
  });
  it('rolled back with its checkpoints is found by a checkpoint kept elsewhere', async () => {
    const witnessed = [log.content.checkpoints.at(-1)?.note ?? ''];
    for (let at = INTERVAL; at < SIZE; at += INTERVAL) {
      const findings = await after(
        log,
        (content) => {
          content.leaves.splice(at);
          content.checkpoints = content.checkpoints.filter(({ size }) => size <= at);
          mend(content);
        },
        { witnessed },
      );
      expect(findings).toMatchObject([{ what: 'removed', position: at, shownBy: 'witness' }]);
      counts.acts += 1;
    }
  });
});

describe('what stands beside the entries', () => {
  it('every byte of a checkpoint changed is found at its size', async () => {
    // What a checkpoint shows does not hang on how long the log is: a short one is read again for every byte.
    const short = await aSignedLog(3 * INTERVAL);
    for (const [n, { size, note }] of short.content.checkpoints.entries())
      for (let at = 0; at < note.length; at += 1) {
        const changed = `${note.slice(0, at)}${String.fromCharCode(note.charCodeAt(at) ^ 1)}${note.slice(at + 1)}`;
        const findings = await after(short, (content) => {
          content.checkpoints[n] = { size, note: changed };
        });
        expect(
          findings.map((f) => `${f.what} ${f.position}`),
          changed,
        ).toContain(`checkpoint ${size}`);
        counts.acts += 1;
      }
  });
  it.each(['entryId', 'recordId', 'device'] as const)(
    'a changed %s column is found at its place',
    async (column) => {
      for (let n = 0; n < EACH; n += 1) {
        const at = (n * 709) % SIZE;
        const findings = await after(log, (content) => {
          content.leaves[at] = { ...(content.leaves[at] as StoredLeaf), [column]: 'other' };
        });
        expect(findings.map((f) => `${f.what} ${f.position}`)).toEqual([`index ${at}`]);
        counts.acts += 1;
      }
    },
  );
  it('a changed leaf hash is found at its place', async () => {
    for (let n = 0; n < EACH; n += 1) {
      const at = (n * 709) % SIZE;
      const findings = await after(log, (content) => {
        content.hashes[at] = { position: at, hash: new Uint8Array(32) };
      });
      expect(findings.map((f) => `${f.what} ${f.position}`)).toEqual([`changed ${at}`]);
      counts.acts += 1;
    }
  });
  it('keeps the figure', () => {
    expect(control).not.toBe('');
    const whole = (n: number): string => n.toLocaleString('en');
    keepFigure({
      id: 'S1',
      found: `${whole(counts.mutants)} changed bytes of a log of ${whole(SIZE)} entries and ${whole(counts.acts)} other acts, all found at their places`,
      control,
    });
  });
});
