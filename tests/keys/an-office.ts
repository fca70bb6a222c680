import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openWorkspace } from '../../src/workspace/index.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aTerminal, type Terminal } from '../cli/a-terminal.ts';

/**
 * An organisation with all its machines in one folder: `offline` (root key), `server` (data folder), `keys/<person>` (their
 * key folders), `desk` (files carried by hand), `pass/<person>` (what they know by heart). Everything is done by commands.
 */
export interface Office {
  readonly terminal: Terminal;
  path(...names: readonly string[]): string;
  /** Runs a command that must succeed; gives what it printed. */
  ok(...argv: readonly string[]): Promise<string>;
  /** Runs a command that must be refused; gives what the person is told. */
  refused(...argv: readonly string[]): Promise<string>;
  /** A command on the offline machine, with the root key's passphrase. */
  offline(...argv: readonly string[]): Promise<string>;
  /** A command on the offline machine that must be refused. */
  offlineRefused(...argv: readonly string[]): Promise<string>;
  /** Options of the offline machine when a member is there, too, with their own key. */
  offlineWith(member: string): readonly string[];
  /** Options of a person who opens something in a data folder. */
  as(person: string, data?: string): readonly string[];
  enrol(
    person: string,
    ...more: readonly string[]
  ): Promise<{ readonly file: string; readonly code: string }>;
  /** Enrols a person, adds them to the directory and lets them pin the root key. */
  welcome(person: string, ...more: readonly string[]): Promise<void>;
  /** Carries directory `number` to the server. */
  install(number: number): Promise<string>;
  root(): string;
  close(): void;
}

export const CUSTODIANS = ['custodian1', 'custodian2', 'custodian3', 'custodian4', 'custodian5'] as const;
const DIGITS = /\d{5}(?: \d{5}){5}/;

const officeIn = (terminal: Terminal): Office => {
  const path = (...names: readonly string[]): string => terminal.path(join(...names));
  const pass = (person: string): readonly string[] => ['--passphrase-file', path('pass', person)];
  const offlineOptions = ['--offline', path('offline'), ...pass('root')];
  const ok: Office['ok'] = async (...argv) => {
    const { code, out, note } = await terminal.run(...argv);
    if (code !== 0) throw new Error(`${argv.join(' ')}: ${note}`);
    return out;
  };
  const office: Office = {
    terminal,
    path,
    ok,
    refused: async (...argv) => {
      const { code, out, note } = await terminal.run(...argv);
      expect([code === 0, out]).toEqual([false, '']);
      return note;
    },
    offline: (...argv) => ok(...argv, ...offlineOptions),
    offlineRefused: (...argv) => office.refused(...argv, ...offlineOptions),
    offlineWith: (member) => {
      const passphrases = `${path('pass', 'root')},${path('pass', member)}`;
      const keys = path('keys', member);
      return ['--offline', path('offline'), '--keys', keys, '--passphrase-file', passphrases];
    },
    as: (person, data = 'server') => ['--keys', path('keys', person), '--data', path(data), ...pass(person)],
    enrol: async (person, ...more) => {
      const about = ['--user', person, '--org', 'sample', '--out', path('desk')];
      const out = await ok(
        'keys',
        'enrol',
        ...about,
        '--keys',
        path('keys', person),
        ...pass(person),
        ...more,
      );
      return { file: path('desk', `enrolment-${person}.json`), code: DIGITS.exec(out)?.[0] ?? '' };
    },
    welcome: async (person, ...more) => {
      const { file, code } = await office.enrol(person, ...more);
      await office.offline('keys', 'add', file, '--code', code);
      await ok('keys', 'trust', office.root(), '--keys', path('keys', person));
    },
    install: (number) =>
      ok(
        'keys',
        'install',
        path('offline', `directory-${String(number).padStart(5, '0')}.txt`),
        '--data',
        path('server'),
      ),
    root: () => terminal.read('offline/root.txt').trim(),
    close: () => terminal.close(),
  };
  return office;
};

/** A new office; `from` is a copy of another's machines. */
export const anOffice = (from?: string, given: Parameters<typeof aTerminal>[0] = {}): Office => {
  const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes));
  const office = officeIn(aTerminal({ random, now: () => new Date(), ...given }));
  if (from !== undefined) cpSync(from, office.path('.'), { recursive: true });
  return office;
};

/** The passphrases that people think of in these tests. */
export const PEOPLE = ['root', ...CUSTODIANS, 'aru', 'beket', 'saule', 'dana', 'monitor'] as const;

/** Five custodians enrol and hold the ceremony. */
export const holdCeremony = async (office: Office): Promise<string> => {
  mkdirSync(office.path('pass'), { recursive: true });
  for (const person of PEOPLE) office.terminal.write(`pass/${person}`, `what ${person} knows by heart\n`);
  const files: string[] = [];
  for (const custodian of CUSTODIANS) files.push((await office.enrol(custodian)).file);
  return office.offline('keys', 'ceremony', '--org', 'sample', '--custodians', files.join(','));
};

/** Three regional teams (beket for Almaty, saule for Astana, dana for Karaganda), a server, and one visit in each region. */
export const openOffice = async (office: Office): Promise<void> => {
  await holdCeremony(office);
  await office.ok('init', '--data', office.path('server'), '--org', 'sample');
  await office.welcome('aru', '--data', office.path('server')); // 2
  await office.welcome('beket'); // 3
  await office.welcome('saule'); // 4
  await office.welcome('dana'); // 5
  await office.offline('keys', 'team', 'visits/almaty', '--members', 'beket,aru'); // 6
  await office.offline('keys', 'team', 'visits/astana', '--members', 'saule'); // 7
  await office.offline('keys', 'team', 'visits/karaganda', '--members', 'dana'); // 8
  const directory = office.path('offline', 'directory-00008.txt');
  await office.ok('keys', 'install', directory, '--data', office.path('server'), '--root', office.root());
  for (const custodian of CUSTODIANS)
    await office.ok('keys', 'trust', office.root(), '--keys', office.path('keys', custodian));
  await importVisits(office, [
    ['1', 'Almaty', 'witness in Almaty'],
    ['2', 'Astana', 'witness in Astana'],
    ['3', 'Karaganda', 'witness in Karaganda'],
  ]);
};

export const importVisits = (
  office: Office,
  rows: readonly (readonly [number: string, place: string, witness: string])[],
  data = 'server',
): Promise<string> => {
  const lines = rows.map(([number, place, witness]) => `${number},10.01.2018,${place},${witness}`);
  const file = office.terminal.write('visits.csv', `${['No,Date,Place,Witness', ...lines].join('\n')}\n`);
  const mapping = join(import.meta.dirname, 'visits.yaml');
  const studies = join(import.meta.dirname, 'studies');
  return office.ok('import', mapping, file, '--data', office.path(data), '--studies', studies);
};

/** An office that is opened once and copied for each test. */
export const officeOnce = (): { prepare(): Promise<void>; copy(): Office; remove(): void } => {
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-office-'));
  return {
    prepare: async () => {
      const office = anOffice();
      await openOffice(office);
      cpSync(office.path('.'), folder, { recursive: true });
      office.close();
    },
    copy: () => anOffice(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The id of a visit by its number. */
export const visitId = async (office: Office, number: string, data = 'server'): Promise<string> => {
  const workspace = await openWorkspace(office.path(data), { effects: fixedEffects(), readOnly: true });
  try {
    return workspace.importId('visits', 'visit', [number]);
  } finally {
    await workspace.close();
  }
};
