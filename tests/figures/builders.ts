import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FigureRequest, MeasureText } from '../../src/figures/index.ts';
import { textMetrics } from '../../src/figures/index.ts';
import { loadStudy } from '../../src/study/index.ts';
import type { Cell, Table, TableMeasure } from '../../src/tables/index.ts';
import {
  type CellMissing,
  createMessages,
  type Geography,
  isMissing,
  type Label,
  type Messages,
  missing,
  parseDecimal,
  type Vintage,
} from '../../src/vocabulary/index.ts';
import { sha256 } from '../builders/study-files.ts';

const require = createRequire(import.meta.url);
const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

export const messages: Messages = createMessages({
  kk: text('../../src/vocabulary/messages/kk.yaml'),
  ru: text('../../src/vocabulary/messages/ru.yaml'),
  en: text('../../src/vocabulary/messages/en.yaml'),
});

export const fontFile = (name: '400Regular' | '700Bold'): string =>
  require.resolve(`@expo-google-fonts/noto-sans/${name}/NotoSans_${name}.ttf`);

export const measureText: MeasureText = textMetrics({
  regular: new Uint8Array(readFileSync(fontFile('400Regular'))),
  bold: new Uint8Array(readFileSync(fontFile('700Bold'))),
});

export const label = (kk: string, ru: string, en: string): Label => ({
  kk: { text: kk },
  ru: { text: ru },
  en: { text: en },
});
export const plain = (word: string): Label => label(word, word, word);

/** A printed number, a reason for a gap, a number of a publication (`published:12`) or one that rests on few persons (`few:3`). */
export type Value = string | CellMissing;
const GAPS: ReadonlySet<string> = new Set([
  'no_cases',
  'undefined',
  'no_exposure',
  'not_comparable',
  'suppressed',
  'none_recorded',
  'not_published',
]);

interface TableSketch {
  readonly title?: Label;
  readonly measure?: Partial<TableMeasure>;
  readonly by?: readonly string[];
  readonly codes?: Readonly<Record<string, Label>>;
  readonly columns?: readonly string[];
  /** Row -> values of its columns. */
  readonly rows: Readonly<Record<string, readonly Value[]>>;
  readonly breaks?: Table['breaks'];
}

const cellOf = (value: Value, at: Cell['at'], measure: TableMeasure): Cell => {
  const published = value.startsWith('published:');
  const written = value.replace(/^(published|few):/, '');
  const cellValue = GAPS.has(written) ? missing(written as CellMissing) : parseDecimal(written);
  const n = isMissing(cellValue) ? 0 : Number(cellValue.num / cellValue.den);
  return {
    at,
    measure: measure.id,
    value: cellValue,
    // A count is its own numerator, a percentage has more parts than a sketch says.
    ...(isMissing(cellValue) || measure.unit === 'percent' ? {} : { numerator: cellValue }),
    n,
    nMissing: 0,
    unit: measure.unit,
    origin: published ? 'published' : 'computed',
    flags: value.startsWith('few:') ? ['below_threshold'] : [],
  };
};

/** A counted table of one measure: rows by columns, in the order written. */
export const aTableOf = (sketch: TableSketch): Table => {
  const { rows, columns = ['2018'], by = ['place', 'period'], codes = {} } = sketch;
  const measure: TableMeasure = {
    id: 'n',
    label: label('Жиналыстар', 'Собраний', 'Assemblies'),
    unit: 'assemblies',
    decimals: 0,
    ...sketch.measure,
  };
  const [down = 'place', across = 'period'] = by;
  const dimension = (name: string, all: readonly string[]) => ({
    by: name,
    label: plain(name),
    codes: all.map((code) => ({ code, label: codes[code] ?? plain(code) })),
  });
  return {
    id: 'asm.invented',
    title: sketch.title ?? label('Қалалар бойынша жиналыстар', 'Собрания по городам', 'Assemblies by city'),
    unit: 'assembly',
    snapshot: 'snapshot',
    dimensions: [dimension(down, Object.keys(rows)), dimension(across, columns)],
    measures: [measure],
    cells: Object.entries(rows).flatMap(([row, values]) =>
      columns.flatMap((column, i) =>
        values[i] === undefined ? [] : [cellOf(values[i], { [down]: row, [across]: column }, measure)],
      ),
    ),
    breaks: sketch.breaks ?? [],
  };
};

export const UNITS_16 = [
  'akmola',
  'aktobe',
  'almaty_region',
  'atyrau',
  'west_kz',
  'zhambyl',
  'karaganda',
  'kostanay',
  'kyzylorda',
  'mangystau',
  'pavlodar',
  'north_kz',
  'turkistan',
  'east_kz',
  'astana',
  'almaty',
] as const;
export const VINTAGES: Readonly<Record<16 | 17 | 20, Vintage>> = {
  16: { id: '2018-06-18', units: UNITS_16 },
  17: { id: '2018-06-19', from: '2018-06-19', units: [...UNITS_16, 'shymkent'] },
  20: { id: '2022-06-08', from: '2022-06-08', units: [...UNITS_16, 'shymkent', 'abai', 'zhetysu', 'ulytau'] },
};

const packaged = new URL('../../studies/kazakhstan/', import.meta.url);
const files = readdirSync(packaged, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [`kazakhstan/${name}`, readFileSync(new URL(name, packaged), 'utf8')] as const);
const base = loadStudy(new Map(files), 'kazakhstan', sha256).study;
/** The places of the base package. */
export const GEOGRAPHY: Geography = base?.geography ?? {
  units: new Map(),
  settlements: new Map(),
  vintages: [],
  macroRegions: [],
};

/** A request with a page's width in English, unless said otherwise. */
export const aRequestFor = (
  table: Table,
  kind: FigureRequest['kind'],
  with_: Partial<FigureRequest> = {},
): FigureRequest => ({
  kind,
  table,
  language: 'en',
  messages,
  measureText,
  id: 'f',
  width: 720,
  geography: GEOGRAPHY,
  ...with_,
});
