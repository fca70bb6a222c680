import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtInStudies, openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aTerminalWithSample, type Terminal } from './a-terminal.ts';
import { callsOf } from './how-to-page.ts';

const [dryRun = [], withdraw = [], snapshot = [], erase = []] = callsOf('withdraw-consent.md');
const FOLDERS = new Set(['data', 'before', 'frozen', 'again']);

let terminal: Terminal;
const run = (...call: readonly string[]) =>
  terminal.run(...call.map((word) => (FOLDERS.has(word) ? terminal.path(word) : word)));
const done = async (...call: readonly string[]): Promise<string> => {
  const { code, out, note } = await run(...call);
  if (code !== 0) throw new Error(note);
  return out;
};
const inLog = async <T>(look: (workspace: Workspace) => Promise<T>): Promise<T> => {
  const options = { effects: fixedEffects('consent'), readOnly: true };
  const workspace = await openWorkspace(terminal.path('data'), options);
  try {
    return await look(workspace);
  } finally {
    await workspace.close();
  }
};
const rootOfLog = (): Promise<string> => inLog(async (workspace) => (await workspace.head()).root);

const listedBy = (out: string): readonly string[] =>
  [...out.matchAll(/^ {2}([0-9a-f-]{36}) /gm)].map(([, id = '']) => id);
/** Everything that stands in any column of the only snapshot in a folder. */
const cellsOf = async (folder: string): Promise<ReadonlySet<unknown>> => {
  const [frozen = ''] = readdirSync(terminal.path(folder));
  const dir = join(terminal.path(folder), frozen);
  const tables = readdirSync(dir).filter((file) => file.endsWith('.parquet'));
  const rows = await Promise.all(
    tables.map((file) =>
      parquetReadObjects({ file: new Uint8Array(readFileSync(join(dir, file))).buffer as ArrayBuffer }),
    ),
  );
  return new Set(rows.flat().flatMap((row) => Object.values(row)));
};
const inDefenders = ['--study', 'defenders', '--data', 'data'];
/** A cell that the person's questionnaire contributes to, with the records behind it. */
const cell = (): Promise<string> =>
  done('cell', 'svy.state_coop/yes/organisation/n', '--records', ...inDefenders);
const numberIn = (out: string): number => Number(/ = (\d+) /.exec(out)?.[1]);

const snapshotIn = (folder: string): Promise<string> =>
  done(...snapshot.map((word) => (word === 'frozen' ? folder : word)));

let [listed, before]: [readonly string[], string] = [[], ''];
beforeAll(async () => {
  terminal = await aTerminalWithSample();
  [before] = [await cell(), await snapshotIn('before')];
}, 120_000);
afterAll(() => terminal.close());

describe('the page on withdrawing consent, from its top', () => {
  test('shows what would leave: the person, a questionnaire and three interviews; nothing is written', async () => {
    const root = await rootOfLog();
    const out = await done(...dryRun);
    listed = listedBy(out);
    const kinds = out.match(/Register|Questionnaire|interview/g)?.toSorted();
    expect(kinds).toEqual(['Questionnaire', 'Register', 'interview', 'interview', 'interview']);
    expect(await rootOfLog()).toBe(root);
  });
  test('withdraws by an entry with person and way and no sentence, which the device signed', async () => {
    expect(listedBy(await done(...withdraw))).toEqual(listed);
    const [person = ''] = listed;
    const { entry, report } = await inLog(async (workspace) => ({
      entry: (await workspace.entries(person)).at(-1)?.body,
      report: await workspace.verify(),
    }));
    const said = { kind: 'withdraw_consent', author: 'K-1', values: { how: 'letter' }, reason: '' };
    expect(entry).toMatchObject(said);
    expect(report.findings).toEqual([]);
  });
  test('leaves nothing of the person in the columns of the next snapshot', async () => {
    await snapshotIn('frozen');
    const [were, are] = await Promise.all([cellsOf('before'), cellsOf('frozen')]);
    expect(listed.filter((id) => were.has(id))).toEqual(listed);
    expect(listed.filter((id) => are.has(id))).toEqual([]);
  });
  test('leaves the person out of the numbers and of the records behind them', async () => {
    const after = await cell();
    expect(numberIn(after)).toBe(numberIn(before) - 1);
    const behind = (out: string): readonly string[] => listed.filter((id) => out.includes(id));
    expect([behind(before).length, behind(after)]).toEqual([1, []]);
  });
  test('says so when it is withdrawn again, and writes nothing', async () => {
    const root = await rootOfLog();
    expect(await done(...withdraw)).toContain('was withdrawn before');
    expect(await rootOfLog()).toBe(root);
  });
  test('erases the record by the same name', async () => {
    expect(await done(...erase)).toContain(listed[0]);
  });
});

test('a withdrawn consent does not come back with the file that the person was imported from', async () => {
  for (const name of ['respondents', 'surveys', 'interviews']) {
    const files = ['mapping.yaml', 'csv'].map((end) =>
      join(builtInStudies(), `defenders/sample/${name}.${end}`),
    );
    await done('import', ...files, '--data', 'data');
  }
  await snapshotIn('again');
  const are = await cellsOf('again');
  expect(listed.filter((id) => are.has(id))).toEqual([]);
});
test.each(['nobody', 'defenders/respondent/R-999', 'defenders'])(
  '%s is no record: refused',
  async (named) => {
    const { code, note } = await run('consent', 'withdraw', named, ...withdraw.slice(3));
    expect([code, note]).toEqual([2, expect.stringContaining(`no record ${named}`)]);
    expect(note).toContain('name it as study/instrument/key');
  },
);
