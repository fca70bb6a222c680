import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { builtInStudies } from '../../src/workspace/index.ts';
import { aWorkbook } from '../import/workbooks.ts';

const SAMPLE = join(builtInStudies(), 'assemblies', 'sample');
const sample = (name: string): string => readFileSync(join(SAMPLE, name), 'utf8');

/** Invented names, each with the marker and a number of its own, and Kazakh letters around it. */
export interface Canaries {
  readonly marker: string;
  readonly made: () => number;
  next(): string;
}

export const canaries = (marker: string): Canaries => {
  let made = 0;
  return {
    marker,
    made: () => made,
    next: () => `Әділ ${marker}${String((made += 1)).padStart(5, '0')} Ғұмарұлы`,
  };
};

/** A mapping with more in it than the sample's. */
const mappingWith = (
  name: string,
  change: (mapping: Record<string, Record<string, unknown>>) => void,
): string => {
  const mapping = parse(sample(`${name}.mapping.yaml`)) as Record<string, Record<string, unknown>>;
  change(mapping);
  return stringify(mapping);
};

const CARD = {
  location_text: 'Адрес',
  organiser_actor: 'Имя',
  demands_text: 'Слова',
  source_persons: 'Кто сказал',
  notes: 'Прочее',
};

/** Cards that a photo is attached to. */
const WITH_PHOTO = 60;

/** The sample's observation cards with a name in each identity field, a point on the map, and photos called by names. */
export const assemblyCards = (names: Canaries, change = (line: string): string => line) => {
  const [header = '', ...lines] = sample('assemblies.csv').trimEnd().split(/\r?\n/);
  const photos = lines.slice(0, WITH_PHOTO).map(() => `${names.next()}.jpg`);
  const filled = lines.map((line, i) =>
    [change(line), ...Object.keys(CARD).map(() => names.next()), photos[i] ?? '', '47,918273'].join(';'),
  );
  return {
    mapping: mappingWith('assemblies', (mapping) => {
      const point = { from: 'Широта', parse: { number: { decimal: ',' } } };
      const photo = { from: 'Снимок', folder: 'photos' };
      Object.assign(mapping['columns'] ?? {}, CARD, { evidence_files: photo, 'point.lat': point });
    }),
    csv: (...more: readonly string[]): string =>
      `${[[header, ...Object.values(CARD), 'Снимок', 'Широта'].join(';'), ...filled, ...more].join('\n')}\n`,
    /** Names of the files that the cards name, in the folder `photos` beside the table. */
    photos,
    /** The first row, taken apart: bad rows are made of it. */
    first: (filled[0] ?? '').split(';'),
  };
};

/** The sample's court cases as a workbook, with names in the case and in each hearing. */
export const proceedingWorkbook = async (names: Canaries) => {
  const [header = '', ...lines] = sample('proceedings.csv').trimEnd().split(/\r?\n/);
  const columns = header.split(';');
  const decided = columns.indexOf('Дата решения');
  const workbook = await aWorkbook((sheet) => {
    sheet.addRow([
      ...columns,
      'Номер дела',
      'Человек',
      'Прочее',
      'Заседание 1',
      'Запись 1',
      'Заседание 2',
      'Запись 2',
    ]);
    for (const line of lines) {
      const cells = line.split(';');
      const day = cells[decided] ?? '';
      const name = (): string => names.next();
      sheet.addRow([...cells, name(), name(), name(), day, name(), day, name()]);
    }
  });
  const mapping = mappingWith('proceedings', (given) => {
    given['file'] = { format: 'xlsx' };
    Object.assign(given['columns'] ?? {}, { case_number: 'Номер дела', person: 'Человек', notes: 'Прочее' });
    const hearing = (n: number) => ({
      date: { from: `Заседание ${n}`, parse: { date: 'DD.MM.YYYY' } },
      notes: `Запись ${n}`,
    });
    given['repeats'] = { ...given['repeats'], hearings: { rows: [hearing(1), hearing(2)] } };
  });
  return { workbook, mapping };
};
