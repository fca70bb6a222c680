import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  builtInStudies,
  freezeStudy,
  makeUserKey,
  openWorkspace,
  pinRoot,
  registeredStudy,
} from '../../src/workspace/index.ts';
import { withKeys } from '../builders/keyed-folder.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aTerminal, type Outcome, type Terminal } from './a-terminal.ts';

const PASSPHRASE = 'seven words that nobody else would say';
const mapping = (instrument: string, key: string, columns: readonly string[]): string =>
  stringify({
    study: 'defenders',
    instrument,
    file: { format: 'csv' },
    key: [key],
    columns: Object.fromEntries(columns.map((c) => [c, c])),
    review: {
      state: 'verified',
      author: { constant: 'aru' },
      vouched_by: { constant: 'beket' },
      evidence: { constant: 'verified' },
    },
  });
const INCIDENT =
  'card_number,date,place,status,role_in_event,link_to_activity,principal_party,state_actor,reaction,source_url'.split(
    ',',
  );
const anIncident = (n: number, date: string, url: string, role = 'activist'): string =>
  `I-${n},${date},almaty,ended,${role},yes,police,yes,none,https://example.org/${url}`;
const INCIDENTS = [
  anIncident(1, '2015-09-01', 'a'),
  anIncident(2, '2015-09-02', 'a?utm_source=b'),
  anIncident(3, '2015-12-20', 'c', 'lawyer'),
];
const RESPONDENT = 'code,respondent_type,place,consent.analysis,name'.split(',');
const RESPONDENTS = [
  'R-1,individual,almaty,yes,Балдаров Гүлмар',
  'R-2,individual,almaty,yes,Gulmar Baldarov',
  'R-3,individual,almaty,yes,Шыңзерев Нұртоғ',
];

let terminal: Terminal;
let ids: Readonly<Record<string, string>> = {};
const run = (...argv: readonly string[]): Promise<Outcome> =>
  terminal.run(...argv, '--data', terminal.path('data'));
const done = async (...argv: readonly string[]): Promise<string> => {
  const { code, out, note } = await run(...argv);
  if (code !== 0) throw new Error(note);
  return out;
};
const withWorkspace = async <T>(
  use: (w: Awaited<ReturnType<typeof openWorkspace>>) => Promise<T>,
): Promise<T> => {
  const { random } = fixedEffects('link');
  const workspace = await openWorkspace(terminal.path('data'), { effects: { clock: Date.now, random } });
  try {
    return await use(workspace);
  } finally {
    await workspace.close();
  }
};

beforeAll(async () => {
  terminal = aTerminal();
  await done('init', '--org', 'testers');
  await withWorkspace(async (workspace) => {
    const keys = await withKeys(workspace, { 'defenders/_all': ['aru'], 'defenders/almaty': ['aru'] });
    const { identity = '' } = keys.people['aru'] ?? {};
    const { random } = fixedEffects('link key');
    await makeUserKey(terminal.path('aru'), {
      org: 'testers',
      user: 'aru',
      identity,
      passphrase: PASSPHRASE,
      random,
    });
    pinRoot(terminal.path('aru'), keys.root);
    ids = Object.fromEntries(
      [1, 2, 3].flatMap((n) => [
        [`I-${n}`, workspace.importId('defenders', 'incident', [`I-${n}`])],
        [`R-${n}`, workspace.importId('defenders', 'respondent', [`R-${n}`])],
      ]),
    );
  });
  terminal.write('passphrase', `${PASSPHRASE}\n`);
  for (const [name, key, columns, rows] of [
    ['incident', 'card_number', INCIDENT, INCIDENTS],
    ['respondent', 'code', RESPONDENT, RESPONDENTS],
  ] as const) {
    const files = [
      terminal.write(`${name}.yaml`, mapping(name, key, columns)),
      terminal.write(`${name}.csv`, `${[columns.join(','), ...rows].join('\n')}\n`),
    ];
    await done('import', ...files, '--studies', builtInStudies());
  }
}, 60_000);
afterAll(() => terminal.close());

const pair = (one: string, other: string): string => `${ids[one]}:${ids[other]}`;
const both = (one: string, other: string): RegExp =>
  new RegExp(`(${ids[one]}:${ids[other]}|${ids[other]}:${ids[one]})`);
const WHY = ['--author', 'beket', '--reason', 'the same day and page'];
const KEYS = (): readonly string[] => [
  '--keys',
  terminal.path('aru'),
  '--passphrase-file',
  terminal.path('passphrase'),
];
const incidents = (): Promise<number | undefined> =>
  withWorkspace(
    async (w) => (await freezeStudy(w, await registeredStudy(w, 'defenders'))).manifest.rows['incident'],
  );

describe('two reports of one incident', () => {
  test('are shown as candidates with what speaks for them', async () => {
    const out = await done('link', 'candidates', 'defenders');
    expect(out).toMatch(both('I-1', 'I-2'));
    expect(out).toContain('url.same');
    expect(out).not.toContain(ids['I-3']);
  });
  test('count once when a person says that they are the same, and twice again when that is taken back', async () => {
    expect(await incidents()).toBe(3);
    await done('link', 'decide', pair('I-2', 'I-1'), 'same', ...WHY);
    expect(await incidents()).toBe(2);
    expect(await done('link', 'candidates', 'defenders')).not.toMatch(both('I-1', 'I-2'));
    await done('link', 'undo', pair('I-1', 'I-2'), ...WHY);
    expect(await incidents()).toBe(3);
    expect(await done('link', 'candidates', 'defenders')).toMatch(both('I-1', 'I-2'));
  });
  test('are not shown again once a person says that they are different, until that is taken back', async () => {
    await done('link', 'decide', pair('I-1', 'I-2'), 'different', ...WHY);
    expect(await done('link', 'candidates', 'defenders')).not.toMatch(both('I-1', 'I-2'));
    const again = await run('link', 'decide', pair('I-1', 'I-2'), 'same', ...WHY);
    expect([again.code, again.note]).toEqual([
      expect.not.stringMatching('0'),
      expect.stringContaining('decided on this pair'),
    ]);
    await done('link', 'undo', pair('I-1', 'I-2'), ...WHY);
    expect(await done('link', 'candidates', 'defenders')).toMatch(both('I-1', 'I-2'));
  });
  test('are not joined with a third that is like neither', async () => {
    await done('link', 'decide', pair('I-1', 'I-2'), 'same', ...WHY);
    const kept = await withWorkspace((w) => w.record(ids['I-1'] ?? ''));
    const left = kept?.mergedInto === undefined ? 'I-1' : 'I-2';
    const chained = await run('link', 'decide', pair(left, 'I-3'), 'same', ...WHY);
    expect(chained.code).not.toBe(0);
    expect(chained.note).toContain('are not alike');
    await done('link', 'undo', pair('I-1', 'I-2'), ...WHY);
  });
});

describe('people', () => {
  test('are not told apart by who has no keys', async () => {
    expect(await done('link', 'candidates', 'defenders')).not.toMatch(both('R-1', 'R-2'));
  });
  test('are found by name by who has keys, and no name is shown', async () => {
    const out = await done('link', 'candidates', 'defenders', ...KEYS());
    expect(out).toMatch(both('R-1', 'R-2'));
    expect(out).not.toContain(ids['R-3']);
    expect(out).not.toMatch(/bald|балд|gulmar|гүлмар/i);
  });
  test('that are joined leave ids, score, person and reason in the log, and nothing made from a name', async () => {
    await done(
      'link',
      'decide',
      pair('R-1', 'R-2'),
      'same',
      '--author',
      'beket',
      '--reason',
      'met both',
      ...KEYS(),
    );
    const bodies = await withWorkspace(async (w) =>
      (await Promise.all(['R-1', 'R-2'].map((r) => w.entries(ids[r] ?? '')))).flat().map((leaf) => leaf.body),
    );
    const [merge] = bodies.filter((b) => b.kind === 'merge');
    expect(Object.keys(merge?.values ?? {})).toEqual(['into']);
    expect([ids['R-1'], ids['R-2']]).toContain(merge?.values['into']);
    expect(merge?.reason).toMatch(/^linkage score:\d+\.\d met both$/);
  });
});

describe('three people of whom two were joined', () => {
  const joined = async (): Promise<string> => {
    const merged = await withWorkspace((w) => w.record(ids['R-1'] ?? ''));
    return pair(merged?.mergedInto === undefined ? 'R-1' : 'R-2', 'R-3');
  };
  test('are not joined by who has no keys, since nobody compared all their names', async () => {
    const { code, note } = await run('link', 'decide', await joined(), 'same', ...WHY);
    expect([code, note]).toEqual([4, expect.stringContaining('would hold 3 records')]);
  });
  test('are not joined with keys either where two of their names are not alike', async () => {
    const { code, note } = await run('link', 'decide', await joined(), 'same', ...WHY, ...KEYS());
    expect([code, note]).toEqual([4, expect.stringContaining('are not alike')]);
  });
});

describe('a pair that is looked at', () => {
  test('shows what both state, marked where they differ', async () => {
    const out = await done('link', 'show', pair('I-1', 'I-3'));
    expect(out).toMatch(/^≠ Date: 2015-09-01 \| 2015-12-20$|^≠ Date: 2015-12-20 \| 2015-09-01$/m);
    expect(out).toMatch(/^ {2}State actor: yes \| yes$/m);
  });
  test('shows names to who has keys, and to nobody else', async () => {
    expect(await done('link', 'show', pair('R-1', 'R-3'))).not.toContain('Балдаров');
    expect(await done('link', 'show', pair('R-1', 'R-3'), ...KEYS())).toContain('Балдаров Гүлмар');
  });
});

test('who was shown names stands on the list of looks, with both records, and no name does', async () => {
  await done('link', 'show', pair('R-1', 'R-3'), ...KEYS());
  const looks = terminal
    .read('data/reveals.jsonl')
    .trim()
    .split('\n')
    .slice(-2)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(looks).toMatchObject(
    looks.map(() => ({ user: 'aru', reason: 'link show', outcome: 'opened', fields: ['name'] })),
  );
  expect(looks.map((look) => look['record']).toSorted()).toEqual([ids['R-1'], ids['R-3']].toSorted());
});
test('after all of this the data folder holds no name, in whatever spelling; the reason of a decision it holds', () => {
  const files = readdirSync(terminal.path('data'), { recursive: true, withFileTypes: true }).filter((f) =>
    f.isFile(),
  );
  const all = files
    .map((f) => readFileSync(join(f.parentPath, f.name)).toString())
    .join('')
    .toLowerCase();
  const found = ['балдаров', 'гүлмар', 'baldarov', 'gulmar', 'шыңзерев', 'met both'].filter((word) =>
    all.includes(word),
  );
  expect(found).toEqual(['met both']);
});

test.each(['nothing', 'a:b'])('what is no pair of records is refused: %s', async (given) => {
  const { code, note } = await run('link', 'decide', given, 'same', ...WHY);
  expect(code).not.toBe(0);
  expect(note).toContain('is no pair of two records');
});
test('taking back what nobody decided is refused', async () => {
  const { code, note } = await run('link', 'undo', pair('I-1', 'I-3'), ...WHY);
  expect(code).not.toBe(0);
  expect(note).toContain('there is no decision');
});
