import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMapping } from '../../src/exchange/index.ts';
import {
  type Effects,
  type EntryBody,
  parseLeaf,
  type SignedEntry,
  signEntry,
} from '../../src/records/index.ts';
import { LANGUAGES, ProblemError, problem, problemText } from '../../src/vocabulary/index.ts';
import { openWorkspace, planFileImport, runFileImport, type Workspace } from '../../src/workspace/index.ts';
import { theMessages } from '../builders/report.ts';
import { aStudy } from '../builders/study-files.ts';
import { aCard, aDataFolder, aWorkspace, cards, fixedEffects } from '../builders/workspace.ts';
import { bytesOf } from '../import/an-import.ts';

const TEN_YEARS = 10 * 365.25 * 24 * 3_600_000;
const at = (years: number, seed: string): Effects => {
  const { clock, random } = fixedEffects(seed);
  return { clock: () => clock() + years * (TEN_YEARS / 10), random };
};

let folder: ReturnType<typeof aDataFolder>;
let workspace: Workspace;
beforeEach(async () => {
  folder = aDataFolder();
  workspace = await aWorkspace(folder.dir);
  await workspace.append(cards(workspace, 0, 3));
});
afterEach(async () => {
  await workspace.close();
  folder.remove();
});

const entries = async (): Promise<readonly SignedEntry[]> =>
  (await Array.fromAsync(workspace.store.read(0))).map(({ bytes }) => {
    const { leaf, text } = parseLeaf(bytes);
    return { body: leaf.body, text, signature: leaf.signature };
  });

/** Refused with this code, told in every language with what to do, and the log is to the byte what it was. */
const refused = async (act: () => Promise<unknown>, code: string): Promise<void> => {
  const before = await workspace.head();
  const error = await act().then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(ProblemError);
  const { problems } = error as ProblemError;
  expect(problems.map((p) => p.code)).toContain(code);
  for (const found of problems)
    for (const language of LANGUAGES) {
      problemText(theMessages, language, found);
      expect(theMessages(language, `problem.${found.code}.remedy`, found.details).length).toBeGreaterThan(10);
    }
  expect(await workspace.head()).toEqual(before);
  expect((await workspace.verify()).findings).toEqual([]);
};

describe('an entry that is not what it says', () => {
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const entry = async (change: Partial<EntryBody>): Promise<SignedEntry> => {
    const [first] = await entries();
    if (first === undefined) throw new Error('no entry');
    const body = { ...first.body, entry_id: '00000000-0000-7000-8000-0000000000ff', ...change };
    return signEntry(body, (bytes) => sign(null, bytes, stranger));
  };
  it('unsigned', async () => {
    const bare = { ...(await entry({})), signature: '' };
    await refused(() => workspace.append([aCard(workspace, 9), bare]), 'entry_signature_invalid');
  });
  it('signed by another key than its device has', async () => {
    const forged = await entry({});
    await refused(() => workspace.append([aCard(workspace, 9), forged]), 'entry_signature_invalid');
  });
  it('of a chain that lacks a link', async () => {
    const [, second] = await entries();
    const other = aDataFolder();
    const twin = await aWorkspace(other.dir);
    await expect(twin.append([second as SignedEntry])).rejects.toThrow(/entry_chain_broken/);
    expect(await twin.head()).toMatchObject({ size: 0 });
    await twin.close();
    other.remove();
  });
  it('replayed: what is there already is not there twice', async () => {
    const before = await workspace.head();
    expect(await workspace.append(await entries())).toMatchObject({ added: 0, repeated: 3 });
    expect(await workspace.head()).toEqual(before);
  });
  it('replayed with another content under the same id', async () => {
    const [first] = await entries();
    const other = { ...(first as SignedEntry), signature: 'A'.repeat(86) };
    await refused(() => workspace.append([other]), 'entry_id_reused');
  });
  it('larger than an entry may be', async () => {
    await workspace.registerStudy(aStudy(), []);
    const values = { tools: Array.from({ length: 5 }, (_, i) => String(i).repeat(999_999)) };
    await refused(() => workspace.append([aCard(workspace, 9, { values })]), 'text_limit');
  });
});

describe('a clock that is ten years off loses nothing', () => {
  const again = async (effects: Effects): Promise<void> => {
    await workspace.close();
    workspace = await openWorkspace(folder.dir, { effects });
  };
  it.each([10, -10])('of the server, by %i years: what is appended is kept and told apart', async (years) => {
    await again(at(years, `server ${years}`));
    expect(await workspace.append(cards(workspace, 3, 6))).toMatchObject({ added: 3 });
    await again(at(0, 'right'));
    expect(await workspace.append(cards(workspace, 6, 8))).toMatchObject({ added: 2 });
    const report = await workspace.verify();
    expect(report.findings).toEqual([]);
    expect(report.entries).toBe(8);
    expect(report.clocks.receivedEarlier).toBeGreaterThan(0);
  });
  it.each([10, -10])(
    'of a device, by %i years: its entry is taken, and folds as the others do',
    async (years) => {
      const when = new Date(Date.UTC(2018 + years, 5, 1)).toISOString();
      const card = aCard(workspace, 1);
      const base = (await workspace.entries(card.record_id)).map((leaf) => leaf.body.entry_id);
      await workspace.append([
        { ...card, kind: 'revise', parents: base, occurred_at: when, values: { form: 'picket' } },
        {
          ...card,
          kind: 'submit',
          record_id: workspace.importId('street', 'gathering', ['77']),
          occurred_at: when,
        },
      ]);
      expect((await workspace.record(card.record_id))?.values.get('form')).toBe('picket');
      const report = await workspace.verify();
      expect(report.findings).toEqual([]);
      expect(report.clocks.occurredLater).toBe(years > 0 ? 2 : 0);
    },
  );

  const mapping = readMapping(
    'study: street\ninstrument: gathering\nfile: {format: csv}\nkey: [No]\ncolumns: {number: No, date: Date, form: Form}\nreview: {state: submitted, author: {constant: aru}}\n',
  );
  const importAt = async (years: number): Promise<unknown> => {
    const study = aStudy();
    await workspace.registerStudy(study, []);
    const request = {
      study,
      mapping,
      source: bytesOf('No,Date,Form\n9,2018-05-01,rally\n'),
      effects: at(years, 'importer'),
    };
    return runFileImport(workspace, request, await planFileImport(workspace, request));
  };
  it('of the machine that imports, behind: the row is refused with the date of the machine, and nothing is written', async () => {
    await workspace.registerStudy(aStudy(), []);
    await refused(() => importAt(-10), 'import_constraint');
    const found = await importAt(-10).catch((error: unknown) => (error as ProblemError).problems);
    expect(found).toContainEqual(
      expect.objectContaining({
        code: 'import_constraint',
        details: expect.objectContaining({ today: '2008-06-01' }),
      }),
    );
    expect(
      theMessages('en', 'problem.import_constraint.remedy', {
        column: 'date',
        rule: '. <= today()',
        today: '2008-06-01',
      }),
    ).toContain('2008-06-01');
  });
  it('of the machine that imports, right again: the same file goes in', async () => {
    await expect(importAt(-10)).rejects.toThrow(/import_row_rejected/);
    expect(await importAt(0)).toMatchObject({ written: 1 });
  });
  it('of the machine that imports, ahead: the file goes in, and its date of entry is told apart', async () => {
    expect(await importAt(10)).toMatchObject({ written: 1 });
    expect((await workspace.verify()).findings).toEqual([]);
  });
});

it('every problem of evidence is told in three languages with what to do', () => {
  for (const found of [
    problem('import_constraint', { column: 'date', rule: '. <= today()', today: 'none' }),
    problem('text_limit', { what: 'depth', limit: 32 }),
  ])
    for (const language of LANGUAGES) expect(problemText(theMessages, language, found)).not.toContain('{');
});
