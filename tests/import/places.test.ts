import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readMapping } from '../../src/exchange/index.ts';
import {
  builtInStudies,
  packageFiles,
  planFileImport,
  runFileImport,
  studyFromFolders,
} from '../../src/workspace/index.ts';
import { aDataFolder, aWorkspace, fixedEffects } from '../builders/workspace.ts';
import { bytesOf } from './an-import.ts';

const { study, files } = studyFromFolders([builtInStudies()], 'defenders');

const mapping = readMapping(
  stringify({
    study: 'defenders',
    instrument: 'respondent',
    file: { format: 'csv' },
    key: ['code'],
    columns: {
      code: 'code',
      place: 'place',
      respondent_type: { constant: 'individual' },
      'consent.analysis': { constant: 'yes' },
    },
    review: { state: 'submitted', author: { constant: 'aru' } },
  }),
);

/** What is read of each written place: its code, or the problem of the row. */
const placesOf = async (...written: readonly string[]): Promise<readonly unknown[]> => {
  const folder = aDataFolder();
  const effects = fixedEffects();
  const workspace = await aWorkspace(folder.dir, { effects });
  try {
    await workspace.registerStudy(study, packageFiles(study, files));
    const rows = written.map((place, i) => `R-${i},${place}`);
    const request = {
      study,
      mapping,
      effects,
      source: bytesOf(`${['code,place', ...rows].join('\n')}\n`),
    };
    const plan = await planFileImport(workspace, request);
    await runFileImport(workspace, request, plan, { acceptValid: true });
    const states = written.map((_, i) =>
      workspace.record(workspace.importId('defenders', 'respondent', [`R-${i}`]), study),
    );
    const problem = (i: number) => plan.report.problems.find((p) => p.at?.row === i + 2)?.code;
    return (await Promise.all(states)).map((state, i) => state?.values.get('place') ?? problem(i));
  } finally {
    await workspace.close();
    folder.remove();
  }
};

describe('a place is the same settlement under every name', () => {
  test.each([
    [
      'oskemen',
      ['Усть-Каменогорск', 'Оскемен', 'Өскемен', 'Ust-Kamenogorsk', 'Öskemen', 'Усть-Каменогорск (Оскемен)'],
    ],
    ['uralsk', ['Уральск', 'Орал', 'Oral', 'Uralsk']],
    ['petropavlovsk', ['Петропавловск', 'Петропавл', 'Petropavl', 'Petropavlovsk']],
    ['astana', ['Астана', 'Нур-Султан', 'Нұр-Сұлтан', 'Nur-Sultan', 'Nūr-Sūltan', 'Целиноград']],
    ['karaganda', ['Караганда', 'Қарағанды', 'Karaganda', 'Qarağandy']],
    ['aktobe', ['Актобе', 'Актюбинск', 'Ақтөбе']],
    ['almaty', ['Алма-Ата', 'алматы', 'ALMATY']],
    ['qonaev', ['Конаев', 'Капшагай', 'Қонаев', 'Қапшағай']],
    ['taraz', ['Тараз', 'Джамбул']],
    [
      'unit:turkistan',
      ['Южно-Казахстанская область', 'ЮКО', 'Оңтүстік Қазақстан облысы', 'Turkistan Region'],
    ],
    ['unit:akmola', ['Акмолинская обл.', 'Ақмола облысы', 'unit:akmola']],
    ['unit:east_kz', ['ВКО', 'ШҚО', 'East Kazakhstan']],
  ])('%s', async (code, written) => {
    expect(await placesOf(...written)).toEqual(written.map(() => code));
  });

  test('decomposed letters and double spaces are no other name', async () => {
    expect(await placesOf('Өскемен'.normalize('NFD'), ' Усть  Каменогорск ')).toEqual(['oskemen', 'oskemen']);
  });
});

describe('a place is refused', () => {
  test('that has no such name', async () => {
    expect(await placesOf('Усть-Илимск')).toEqual(['import_code_unknown']);
  });
  test('when a name of it is written with letters of two scripts', async () => {
    expect(await placesOf('Өскeмен')).toEqual(['import_mixed_script']);
  });
});
