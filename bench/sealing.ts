import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  addUser,
  firstDirectory,
  makeDataKey,
  makeIdentity,
  makeTeam,
  openDataKey,
  openField,
  recipientOf,
  recipientsFor,
  sealField,
  teamIdentities,
  wrapDataKey,
} from '../src/sealing/index.ts';
import { type Bench, interleaved, type Runner } from './bench.ts';
import { runChild } from './child.ts';

const RUNS = 5;
const CARDS = 50;
const CARD_BYTES = 10 * 1024;
const VIDEO_BYTES = 50 * 1024 * 1024;
const SEAL_FILE = resolve(import.meta.dirname, 'seal-file.ts');
const effects = { random: (n: number) => new Uint8Array(randomBytes(n)), clock: Date.now };
const place = { org: 'bench', study: 'assemblies', record_id: 'r', entry_id: 'e', field: 'narrative' };

const age = (...args: readonly string[]): void => {
  const { status, stderr } = spawnSync('age', [...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`age: ${stderr}`);
};
const spent = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** An organisation whose team for a compartment has three members. */
const aTeamOfThree = async () => {
  const people = await Promise.all(
    ['aru', 'beket', 'saule', 'recovery'].map(async (user) => {
      const identity = await makeIdentity();
      return { user, identity, recipient: await recipientOf(identity) };
    }),
  );
  const [aru, , , recovery] = people;
  if (aru === undefined || recovery === undefined) throw new Error('no people');
  const key = { recipient: recovery.recipient, threshold: 3, shares: 5 };
  let directory = firstDirectory({ org: 'bench', recovery: key }, effects);
  const members = people.slice(0, 3);
  for (const { user, recipient } of members) directory = addUser(directory, { user, recipient });
  directory = await makeTeam(
    directory,
    'assemblies/_all',
    members.map(({ user }) => user),
  );
  return { directory, people, aru };
};

/** One card of text: sealed to the team and the recovery key, and opened by a member from the key on. */
const cardRunners = async (folder: string): Promise<readonly Runner[]> => {
  const { directory, people, aru } = await aTeamOfThree();
  const text = randomBytes((CARD_BYTES * 3) / 4).toString('base64');
  const [plain, cipher, identity] = [join(folder, 'card'), join(folder, 'card.age'), join(folder, 'aru')];
  writeFileSync(plain, text);
  writeFileSync(identity, `${aru.identity}\n`);
  const seal = async () => {
    const key = makeDataKey({ ...place, compartment: 'assemblies/_all' }, effects);
    const { wrap } = await wrapDataKey(key, recipientsFor(directory, key.compartment));
    return { key, wrap, sealed: sealField(key, place, text, effects) };
  };
  const made = await seal();
  const open = async () => {
    const identities = await teamIdentities(directory, 'aru', aru.identity, made.key.compartment);
    return openField(await openDataKey(made.wrap, made.key, identities), place, made.sealed);
  };
  const many = (work: () => Promise<unknown>) => async () =>
    (await spent(async () => {
      for (let i = 0; i < CARDS; i += 1) await work();
    })) / CARDS;
  const recipients = people.flatMap(({ recipient }) => ['-r', recipient]);
  return [
    { name: 'seal card', once: many(seal) },
    { name: 'open card', once: many(open) },
    { name: 'age seals card', once: () => spent(() => age(...recipients, '-o', cipher, plain)) },
    { name: 'age opens card', once: () => spent(() => age('-d', '-i', identity, '-o', plain, cipher)) },
  ];
};

interface Peak {
  mebibytes: number;
}

/** A video from disk to disk, each time a process of its own, as the peer is one. */
const videoRunners = async (folder: string, peak: Peak): Promise<readonly Runner[]> => {
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('video'), randomBytes(VIDEO_BYTES));
  const identity = await makeIdentity();
  writeFileSync(path('identity'), `${identity}\n`);
  const recipient = await recipientOf(identity);
  const ours = (mode: string, from: string, to: string) => () => {
    const run = runChild(SEAL_FILE, mode, path(from), path(to));
    peak.mebibytes = Math.max(peak.mebibytes, run.mebibytes);
    return run.seconds * 1000;
  };
  const theirs =
    (...args: readonly string[]) =>
    () =>
      spent(() => age(...args));
  return [
    { name: 'seal video', once: ours('seal', 'video', 'sealed') },
    { name: 'open video', once: ours('open', 'sealed', 'opened') },
    { name: 'age seals video', once: theirs('-r', recipient, '-o', path('video.age'), path('video')) },
    {
      name: 'age opens video',
      once: theirs('-d', '-i', path('identity'), '-o', path('again'), path('video.age')),
    },
  ];
};

export const sealingBench: Bench = {
  id: 'sealing',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baqylau-bench-sealing-'));
    const peak: Peak = { mebibytes: 0 };
    try {
      const runners = [...(await cardRunners(folder)), ...(await videoRunners(folder, peak))];
      const times = await interleaved(runners, RUNS, 1);
      if (!readFileSync(join(folder, 'video')).equals(readFileSync(join(folder, 'opened'))))
        throw new Error('the opened video is another one');
      const ms = (name: string): number => times.get(name) ?? Number.NaN;
      const row = (what: string, ours: string, theirs: string): readonly string[] => [
        what,
        ms(ours).toFixed(1),
        ms(theirs).toFixed(1),
        `${(ms(ours) / ms(theirs)).toFixed(2)} ×`,
      ];
      return {
        title: 'Sealing',
        about:
          'A card of 10 KiB sealed to a team of three and the recovery key, and opened by a member: user key, team key, data ' +
          'key, field. A video of 50 MiB from disk to disk, as a process of its own. Beside it the stock age tool (Go) on the ' +
          'same bytes, to the same four and to one; it is a process each time, so of its card most is the start. ' +
          `Median of ${RUNS} interleaved runs.`,
        tables: [
          {
            head: ['', 'here, ms', 'age, ms', 'here / age'],
            rows: [
              row('card sealed', 'seal card', 'age seals card'),
              row('card opened', 'open card', 'age opens card'),
              row('video sealed', 'seal video', 'age seals video'),
              row('video opened', 'open video', 'age opens video'),
            ],
          },
        ],
        findings: [
          `sealing or opening a video of 50 MiB takes at most ${peak.mebibytes.toFixed(0)} MiB of memory, the whole process`,
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
