import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtInStudies, makeUserKey, openWorkspace, pinRoot } from '../../src/workspace/index.ts';
import { withKeys } from '../builders/keyed-folder.ts';
import { fixedEffects } from '../builders/workspace.ts';
import { aTerminalWithSample, type Terminal } from './a-terminal.ts';
import { callsOf } from './how-to-page.ts';

const PASSPHRASE = 'seven words that nobody else would say';
const MAPPING = `study: defenders
instrument: respondent
file: {format: csv}
key: [code]
columns: {code: code, respondent_type: {constant: individual}, place: {constant: almaty}, consent.analysis: {constant: yes}, name: name}
review: {state: submitted, author: {constant: aru}}
`;
const TWICE_REGISTERED = 'code,name\nR-901,Балдаров Гүлмар\nR-902,Gulmar Baldarov\n';

let terminal: Terminal;
beforeAll(async () => {
  terminal = await aTerminalWithSample({ env: { BAQYLAU_PASSPHRASE: PASSPHRASE } });
  const data = terminal.path('data');
  const { random } = fixedEffects('link page');
  const workspace = await openWorkspace(data, { effects: { clock: Date.now, random } });
  const { people, root } = await withKeys(workspace, { 'defenders/_all': ['aru'] });
  await workspace.close();
  const { identity = '' } = people['aru'] ?? {};
  await makeUserKey(terminal.path('aru/keys'), {
    org: 'sample',
    user: 'aru',
    identity,
    passphrase: PASSPHRASE,
    random,
  });
  pinRoot(terminal.path('aru/keys'), root);
  const files = [terminal.write('people.yaml', MAPPING), terminal.write('people.csv', TWICE_REGISTERED)];
  const imported = ['import', ...files, '--data', data, '--studies', builtInStudies()];
  const { code, note } = await terminal.run(...imported);
  if (code !== 0) throw new Error(note);
}, 120_000);
afterAll(() => terminal.close());

const FOLDERS = new Set(['data', 'aru/keys']);
/** The best pair of an instrument that was listed last. */
const bestPair = (listed: string, title: string): string =>
  new RegExp(`^${title}.*\\n {2}(\\S+) `, 'm').exec(listed)?.[1] ?? `no pair under ${title}`;

test('every command of the page runs, in the order of the page: first on incidents, then on people', async () => {
  const calls = callsOf('link-records.md');
  let pair = '';
  for (const call of calls) {
    const words = call.map((word) =>
      word === 'PAIR' ? pair : FOLDERS.has(word) ? terminal.path(word) : word,
    );
    const { code, out, note } = await terminal.run(...words);
    expect([call, code, note]).toEqual([call, 0, '']);
    if (call.includes('candidates'))
      pair = bestPair(out, call.includes('--keys') ? 'Register of respondents' : 'Incident card');
  }
  expect(calls.length).toBe(8);
}, 120_000);
