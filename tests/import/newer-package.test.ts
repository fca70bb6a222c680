import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readMapping } from '../../src/exchange/index.ts';
import { loadStudy, type Study, type StudyFiles, upgradeValues } from '../../src/study/index.ts';
import {
  builtInStudies,
  freezeStudy,
  packageFiles,
  planFileImport,
  registeredStudy,
  runFileImport,
  studyFromFolders,
  type Workspace,
} from '../../src/workspace/index.ts';
import { aDataFolder, aWorkspace, fixedEffects } from '../builders/workspace.ts';
import { bytesOf } from './an-import.ts';

interface Package {
  readonly study: Study;
  readonly files: StudyFiles;
}
const present: Package = studyFromFolders([builtInStudies()], 'defenders');

/** The packages as they were before the base package had aliases and cases a first day. */
const older = (): Package => {
  const cut = (path: string, ...edits: readonly (readonly [RegExp, string])[]) =>
    [
      path,
      edits.reduce((text, [from, to]) => {
        if (!from.test(text)) throw new Error(`${path} has no ${from}`);
        return text.replace(from, to);
      }, present.files.get(path) ?? ''),
    ] as const;
  const files = new Map([
    ...present.files,
    cut('kazakhstan/study.yaml', [/version: 2/, 'version: 1']),
    cut('kazakhstan/geography.yaml', [/^ +aliases: .*\n/gm, '']),
    cut(
      'kazakhstan/instruments/proceeding.yaml',
      [/^version: 2/m, 'version: 1'],
      [/^upgrades:\n(.+\n)+/m, ''],
      [/^ {2}- name: began_on\n( {4}.*\n)+/m, ''],
    ),
    cut('defenders/study.yaml', [/version: 2/, 'version: 1'], [/kazakhstan@2/, 'kazakhstan@1']),
  ]);
  const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
  const { study, problems } = loadStudy(files, 'defenders', sha256);
  if (study === undefined) throw new Error(JSON.stringify(problems));
  return { study, files };
};

const effects = fixedEffects('upgrade');
const columns = ['card_number', 'place', 'procedure', 'stage', 'decided_on', 'outcome'];
const CARD = 'P-1,oskemen,civil,first_instance,2015-09-20,acquitted';

let folder: ReturnType<typeof aDataFolder>;
let workspace: Workspace;
beforeEach(async () => {
  folder = aDataFolder();
  workspace = await aWorkspace(folder.dir, { effects });
});
afterEach(async () => {
  await workspace.close();
  folder.remove();
});

/** Imports a card with the package, as `baqylau import` does; what it did to the row. */
const importWith = async ({ study, files }: Package, header: readonly string[], row: string) => {
  const mapping = readMapping(
    stringify({
      study: 'defenders',
      instrument: 'proceeding',
      file: { format: 'csv' },
      key: ['card_number'],
      columns: Object.fromEntries(header.map((column) => [column, column])),
      review: {
        state: 'verified',
        author: { constant: 'aru' },
        vouched_by: { constant: 'beket' },
        evidence: { constant: 'verified' },
      },
    }),
  );
  const request = { study, mapping, effects, source: bytesOf(`${header.join(',')}\n${row}\n`) };
  const plan = await planFileImport(workspace, request);
  await workspace.registerStudy(study, packageFiles(study, files));
  return (await runFileImport(workspace, request, plan)).outcomes;
};

describe('a data folder made with an older base package', () => {
  test('takes the same file again without a change, and has the new version', async () => {
    await importWith(older(), columns, CARD);
    expect(await importWith(present, columns, CARD)).toMatchObject({ unchanged: 1, revised: 0, rejected: 0 });
    const { version, uses } = await registeredStudy(workspace, 'defenders');
    expect([version, uses[0]?.version]).toEqual([present.study.version, present.study.uses[0]?.version]);
  });

  test('takes what only the newer one asks for as a revision, and other names of a place as the place', async () => {
    await importWith(older(), columns, CARD);
    const newer = CARD.replace('oskemen', 'Усть-Каменогорск');
    expect(await importWith(present, [...columns, 'began_on'], `${newer},2015-09-01`)).toMatchObject({
      revised: 1,
    });
    const id = workspace.importId('defenders', 'proceeding', ['P-1']);
    const state = await workspace.record(id, present.study);
    expect([state?.values.get('began_on'), state?.values.get('place')]).toEqual(['2015-09-01', 'oskemen']);
  });

  test('counts its records with either', async () => {
    await importWith(older(), columns, CARD);
    const before = await freezeStudy(workspace, older().study);
    const after = await freezeStudy(workspace, present.study);
    expect([before, after].map(({ manifest }) => manifest.rows['proceeding'])).toEqual([1, 1]);
  });

  test('reads the date of a reaction under its present name, also in rows', () => {
    const incident = present.study.instruments.get('incident');
    const row = (values: object) => new Map([['reactions', [{ row_id: 'a', values }]]]);
    const stated = row({ kind: 'clarification', date: '2015-10-01' });
    expect(incident && upgradeValues(incident, 1, stated)).toEqual(
      row({ kind: 'clarification', came_on: '2015-10-01' }),
    );
  });

  test('refuses a base package that changed while the version of the study stayed', async () => {
    await importWith(older(), columns, CARD);
    const changed = { ...present, study: { ...present.study, version: 1 } };
    await expect(importWith(changed, columns, CARD)).rejects.toThrow(/study_changed_without_version/);
  });
});
