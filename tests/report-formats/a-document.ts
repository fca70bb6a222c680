import type {
  Block,
  FigureBlock,
  Inline,
  NumberTrace,
  ReportDocument,
  Section,
  TableBlock,
  TableCell,
  TableRow,
} from '../../src/report/document.ts';
import { fraction, type Language } from '../../src/vocabulary/index.ts';

export const text = (words: string): Inline => ({ kind: 'text', text: words });
export const paragraph = (...inlines: readonly Inline[]): Block => ({ kind: 'paragraph', inlines });

const WORDS = {
  kk: {
    title: 'Үлгі есеп: бейбіт жиналыстар',
    city: 'Қала',
    assemblies: 'Жиналыстар',
    share: 'Үлесі, %',
    letters: 'Ә ғ қ ң ө ұ ү һ і – Ә Ғ Қ Ң Ө Ұ Ү Һ І.',
    note: 'Түсіндірме: қазақ тіліндегі сілтеме.',
    gap: 'тіркелмеген',
  },
  ru: {
    title: 'Образец отчёта: мирные собрания',
    city: 'Населённый пункт',
    assemblies: 'Собраний',
    share: 'Доля, %',
    letters: 'Съешь ещё этих мягких французских булок.',
    note: 'Примечание на русском языке.',
    gap: 'не зафиксировано',
  },
  en: {
    title: 'Sample report: peaceful assemblies',
    city: 'City',
    assemblies: 'Assemblies',
    share: 'Share, %',
    letters: 'The quick brown fox jumps over the lazy dog.',
    note: 'A footnote in English.',
    gap: 'none recorded',
  },
} as const;

export const aCell = (given: Partial<TableCell> = {}): TableCell => ({
  text: '12,5',
  value: fraction(25, 2),
  decimals: 1,
  unit: '%',
  address: 'asm.sample/city_1/2018/share',
  origin: 'computed',
  flags: [],
  marks: '',
  ...given,
});

export const aTable = (
  language: Language,
  given: Partial<TableBlock> & { readonly length?: number } = {},
): TableBlock => {
  const words = WORDS[language];
  const { length = 5, ...rest } = given;
  const row = (i: number): TableRow => ({
    labels: [`${words.city} ${i}`],
    total: false,
    cells: [
      aCell({
        text: String(i * 3),
        value: fraction(i * 3),
        decimals: 0,
        address: `asm.sample/city_${i}/2018/n`,
      }),
      i === 3
        ? { ...gap(words.gap), address: `asm.sample/city_${i}/2018/share` }
        : aCell({ address: `asm.sample/city_${i}/2018/share`, origin: i === 2 ? 'published' : 'computed' }),
    ],
  });
  return {
    kind: 'table',
    id: 'asm.sample',
    anchor: `table-${rest.number ?? '1'}`,
    number: '1',
    caption: `${words.assemblies}, 2018`,
    definition: words.letters,
    stub: [words.city],
    header: [
      [
        { text: words.assemblies, span: 1 },
        { text: words.share, span: 1 },
      ],
    ],
    rows: [
      ...Array.from({ length }, (_, i) => row(i + 1)),
      {
        labels: ['Σ'],
        total: true,
        cells: [aCell({ text: '45', value: fraction(45), decimals: 0 }), aCell()],
      },
    ],
    columns: 2,
    notes: [words.note],
    source: `${words.title} 0123abcd`,
    ...rest,
  };
};

const gap = (words: string): TableCell => {
  const { value: _value, ...cell } = aCell({ text: '–', missing: words });
  return cell;
};

export const aFigure = (language: Language): FigureBlock => ({
  kind: 'figure',
  id: 'sample',
  anchor: 'figure-1',
  number: '1',
  caption: WORDS[language].assemblies,
  svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" width="400" height="120"><rect x="10" y="20" width="200" height="40" fill="#1f5f99"/><text x="10" y="100" font-family="Noto Sans" font-size="14">Қала ${language}</text></svg>`,
  width: 400,
  height: 120,
  narrow: { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>', width: 10, height: 10 },
  alt: `${WORDS[language].assemblies}: 12 > 3 & "4"`,
  tables: [aTable(language, { anchor: 'figure-1-table', number: '' })],
  notes: [],
  source: WORDS[language].title,
});

const aTrace = (address: string, anchor: string, language: Language): NumberTrace => ({
  address,
  anchor,
  text: '12,5 %',
  tableId: 'asm.sample',
  tableTitle: WORDS[language].assemblies,
  measure: WORDS[language].share,
  unit: '%',
  where: [{ label: WORDS[language].city, text: '1' }],
  numerator: '1',
  denominator: '8',
  base: WORDS[language].assemblies,
  n: 8,
  missing: 2,
  origin: 'computed',
  snapshot: '0123abcd',
  flags: [],
});

export const aSection = (given: Partial<Section> & { readonly words?: string } = {}): Section => ({
  id: 'first',
  level: 1,
  number: '1',
  title: [text(given.words ?? 'First chapter')],
  blocks: [],
  sections: [],
  ...given,
});

export const A_NUMBER = 'asm.sample/city_1/2018/share';

/** A small report with one of everything: numbers, claims, notes, lists, a long table, a figure, an annex. */
export const aDocument = (language: Language = 'ru', given: Partial<ReportDocument> = {}): ReportDocument => {
  const words = WORDS[language];
  return {
    id: 'sample',
    language,
    title: words.title,
    study: { id: 'sample', version: 1, title: words.assemblies },
    period: { id: '2018', start: '2018-01-01', end: '2018-12-31' },
    snapshot: {
      id: '0123abcd',
      logSize: 10,
      logRoot: 'ffff',
      counted: '2019-01-01T00:00:00Z',
      rows: { card: 8 },
      exclusions: 0,
      conflicts: 0,
      engine: 'baqylau@0.1.0',
      synthetic: true,
    },
    marks: [{ kind: 'internal', text: 'Internal mark', everyPage: true }],
    cover: [{ label: 'Organisation', text: 'Sample organisation' }],
    sections: [
      aSection({
        blocks: [
          paragraph(
            text(`${words.letters} `),
            { kind: 'number', text: '12,5 %', address: A_NUMBER },
            { kind: 'footnote', number: 1 },
            text(' #strong[*x*] $1$ <b>&'),
          ),
          { kind: 'list', ordered: true, items: [[paragraph(text('one'))], [paragraph(text('two'))]] },
          {
            kind: 'callout',
            title: [text('Box')],
            blocks: [paragraph({ kind: 'link', href: 'javascript:alert(1)', inlines: [text('unsafe')] })],
          },
          aTable(language),
          aFigure(language),
        ],
        sections: [
          aSection({
            id: 'second',
            level: 2,
            number: '1.1',
            words: 'Inner section',
            blocks: [aTable(language, { number: '2', length: 90 })],
          }),
        ],
      }),
    ],
    annex: aSection({
      id: 'annex',
      number: '',
      words: 'Annex',
      blocks: [aTable(language, { number: 'A1' })],
    }),
    footnotes: [{ number: 1, blocks: [paragraph(text(words.note))] }],
    traces: new Map([
      [A_NUMBER, aTrace(A_NUMBER, 'how-1', language)],
      ['asm.sample/city_1/2018/n', aTrace('asm.sample/city_1/2018/n', 'how-2', language)],
    ]),
    ...given,
  };
};

export const TIME = new Date('2019-02-01T00:00:00Z');
