import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../tests/builders/study-files.ts';
import { type Instrument, loadStudy, upgradeValues } from './index.ts';

const fixtures = join(import.meta.dirname, '../../tests/fixtures/studies');
const version = (folder: string) =>
  loadStudy(
    new Map(
      readdirSync(join(fixtures, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(join(fixtures, folder).length + 1), readFileSync(path, 'utf8')]),
    ),
    'vigil',
    sha256,
  );
const instrument = (folder: string): Instrument => {
  const { study, problems } = version(folder);
  const found = study?.instruments.get('vigil');
  if (found === undefined) throw new Error(JSON.stringify(problems));
  return found;
};

describe('every version of a package stays readable', () => {
  test.each(['version-1', 'version-2', 'version-3'])('%s', (folder) => {
    expect(version(folder).problems).toEqual([]);
  });
});

describe('a record of an earlier version', () => {
  const first = new Map<string, unknown>([
    ['kind', 'march'],
    ['present.police', 'yes'],
    ['tools', ['poster', 'leaflet']],
    ['sanctions', [{ row_id: 'r1', values: { kind: 'jail', days: 3 } }]],
    ['persons', { missing: 'refused' }],
  ]);

  test('has the names and codes of the present version', () => {
    expect(Object.fromEntries(upgradeValues(instrument('version-3'), 1, first))).toEqual({
      form: 'procession',
      'presence.police': 'yes',
      tools: ['placard'],
      sanctions: [{ row_id: 'r1', values: { type: 'arrest', days: 3 } }],
      persons: { missing: 'refused' },
    });
  });

  test('of the present version is left as it is', () => {
    const values = new Map([['form', 'procession']]);
    expect(upgradeValues(instrument('version-3'), 3, values)).toEqual(values);
  });

  test('comes out the same in one walk as step by step', () => {
    const [second, third] = [instrument('version-2'), instrument('version-3')];
    expect(upgradeValues(third, 2, upgradeValues(second, 1, first))).toEqual(upgradeValues(third, 1, first));
  });

  test('newer than the study is refused', () => {
    expect(() => upgradeValues(instrument('version-2'), 3, first)).toThrow(/newer/);
  });
});

test('a version without its step is an error of the study', () => {
  const files = new Map(
    ['study.yaml', 'words.yaml', 'codelists/lists.yaml', 'instruments/vigil.yaml'].map((name) => [
      `vigil/${name}`,
      readFileSync(join(fixtures, 'version-3/vigil', name), 'utf8').replace('- {from: 2', '- {from: 1'),
    ]),
  );
  expect(loadStudy(files, 'vigil', sha256).problems).toMatchObject([
    { code: 'study_upgrade_missing', details: { instrument: 'vigil', from: 1, to: 2 } },
    { code: 'study_upgrade_missing', details: { instrument: 'vigil', from: 2, to: 3 } },
  ]);
});
