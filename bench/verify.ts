import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { proverOf } from '../src/log/index.ts';
import { openWorkspace, type Workspace } from '../src/workspace/index.ts';
import { aCard, aDataFolder } from './append-cards.ts';
import { type Bench, finding, median, type Section } from './bench.ts';
import { type ChildRun, MAIN, runChild } from './child.ts';

const SIZES = [100_000, 1_000_000] as const;
/** Entries of one append, under one checkpoint. */
const APPEND = 100;
/** Issue: a million entries in at most a minute; plan R15: a proof in at most 5 ms. */
const SECONDS = 60;
const PROOF_MS = 5;
/** Memory at ten times the entries, to that at the smaller size. */
const STREAMING = 1.5;
const PROOFS = 200;

interface Measured {
  readonly entries: number;
  readonly verified: ChildRun;
  readonly everySignature: ChildRun;
  readonly read: ChildRun;
  /** Milliseconds: median and 99th of a hundred. */
  readonly proof: readonly [number, number];
}

const fill = async (workspace: Workspace, to: number): Promise<void> => {
  for (let { size } = await workspace.head(); size < to; size += APPEND)
    await workspace.append(
      Array.from({ length: Math.min(APPEND, to - size) }, (_, i) => aCard(workspace, size + i)),
    );
};

/** An inclusion proof of one entry and a consistency proof with an earlier tree, in turn. */
const proofTimes = async (dir: string, size: number): Promise<readonly [number, number]> => {
  const effects = { clock: Date.now, random: (n: number) => new Uint8Array(n) };
  const { store, close } = await openWorkspace(dir, { effects, readOnly: true });
  const prover = proverOf(store);
  await prover.inclusion(0, size);
  const times: number[] = [];
  for (let i = 0; i < PROOFS; i += 1) {
    const start = performance.now();
    if (i % 2 === 0) await prover.inclusion(Math.floor((size * i) / PROOFS), size);
    else await prover.consistency(Math.ceil((size * i) / PROOFS), size);
    times.push(performance.now() - start);
  }
  await close();
  return [median(times), times.toSorted((a, b) => a - b)[Math.floor(PROOFS * 0.99)] ?? Number.NaN];
};

const measure = async (dir: string, entries: number): Promise<Measured> => ({
  entries,
  read: runChild(resolve(import.meta.dirname, 'read-leaves.ts'), dir),
  verified: runChild(MAIN, 'verify', '--data', dir),
  everySignature: runChild(MAIN, 'verify', '--every-signature', '--data', dir),
  proof: await proofTimes(dir, entries),
});

const whole = (n: number): string => Math.round(n).toLocaleString('en');
const sectionOf = (all: readonly Measured[]): Section => {
  const [small, large] = [all[0] as Measured, all.at(-1) as Measured];
  const growth = large.verified.mebibytes / small.verified.mebibytes;
  return {
    title: 'Verifying a log',
    about:
      `Entries of 20 answers, about 1 KB each, appended ${APPEND} at a time (one signed checkpoint each) in the embedded store. ` +
      'Each command in a process of its own, start included. Read: the leaves are only read and hashed, the least that any check must do. ' +
      'Verified: every leaf, hash, chain, index and checkpoint, and the signatures that cover all entries (docs/adr/0010-verification.md); then the signature of every entry. Proofs that an entry is in the log and that an earlier log is its beginning, by a program that has read the hashes once.',
    tables: [
      {
        head: [
          'entries',
          'read and hash, s',
          'verify, s',
          'entries/s',
          'peak MiB',
          'every signature, s',
          'peak MiB',
          'proof, ms',
          'p99',
        ],
        rows: all.map(({ entries, read, verified, everySignature, proof }) => [
          whole(entries),
          read.seconds.toFixed(1),
          verified.seconds.toFixed(1),
          whole(entries / verified.seconds),
          whole(verified.mebibytes),
          everySignature.seconds.toFixed(1),
          whole(everySignature.mebibytes),
          proof[0].toFixed(2),
          proof[1].toFixed(2),
        ]),
      },
    ],
    findings: [
      finding(
        large.verified.seconds <= SECONDS,
        `${whole(large.entries)} entries are verified in ${large.verified.seconds.toFixed(0)} s, ${(large.verified.seconds / large.read.seconds).toFixed(1)} × reading and hashing them (asked: at most ${SECONDS} s)`,
      ),
      finding(
        growth <= STREAMING,
        `memory does not grow with the log: ${growth.toFixed(2)} × at ten times the entries (at most ${STREAMING} ×)`,
      ),
      finding(
        large.proof[1] <= PROOF_MS,
        `a proof takes ${large.proof[1].toFixed(2)} ms at ${whole(large.entries)} entries, 99 of 100 (asked: at most ${PROOF_MS} ms)`,
      ),
    ],
  };
};

export const verifyBench: Bench = {
  id: 'verify',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baqylau-bench-verify-'));
    const dir = join(folder, 'data');
    const all: Measured[] = [];
    try {
      const workspace = await aDataFolder(dir);
      await workspace.close();
      for (const size of SIZES) {
        const { clock, random } = {
          clock: Date.now,
          random: (n: number) => crypto.getRandomValues(new Uint8Array(n)),
        };
        const open = await openWorkspace(dir, { effects: { clock, random } });
        await fill(open, size);
        await open.close();
        all.push(await measure(dir, size));
      }
      return sectionOf(all);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
