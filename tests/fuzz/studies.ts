import { stringify } from 'yaml';
import { bindMapping } from '../../src/exchange/bind-mapping.ts';
import { readMapping } from '../../src/exchange/index.ts';
import { cellReader } from '../../src/exchange/read-cell.ts';
import { readBoundaries } from '../../src/figures/index.ts';
import { checkReport } from '../../src/report/index.ts';
import { loadStudy, readExpression } from '../../src/study/index.ts';
import { readYaml } from '../../src/study/yaml-source.ts';
import { countTables, findCell, parseAddress } from '../../src/tables/index.ts';
import { problem } from '../../src/vocabulary/index.ts';
import { aReportInput, aReportSnapshot, aReportStudy, aText, theMessages } from '../builders/report.ts';
import { aStudy, sha256, studyFiles } from '../builders/study-files.ts';
import type { Parser } from './fuzz.ts';
import { type Change, changedText, changedTree } from './mutate.ts';

const FILES = [
  ...studyFiles({
    'street/published/by_form_2018.csv': PUBLISHED(),
    'street/published/crosswalk.csv': 'list,reference_code,our_code,note\nform,1,rally,\n',
    'street/published/rules.yaml':
      'rules:\n  - {id: total, kind: sum, result: by_form_2018/all/n/2018, parts: [by_form_2018/$f/n/2018]}\n',
  }),
];
const TEXTS = new Map(FILES);
const YAML = [
  ': ',
  '- ',
  '&a ',
  '*a',
  '!!map ',
  '|\n',
  '>-\n',
  '? ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '\t',
  '---\n',
  '...\n',
  '%TAG',
  '<<: ',
  '~',
  'counted',
  'unit:south',
  '.best',
  '2018-02-30',
  '${',
  'sum(',
  ' and ',
];
const NAMES = [...TEXTS.keys()];

function PUBLISHED(): string {
  return [
    'series,measure,period,row,value,value_raw,decimals,unit,status,source_table,break_after,reference_row,reference_column,relation,value_max',
    'str.count,n,2018,rally,12,12,0,gathering,as_printed,T1,,rally,n,eq,',
    ',,2018,,,-,0,gathering,as_printed,T1,,all,n,eq,',
    '',
  ].join('\n');
}

const oneOf = (which: number): readonly [string, string] => {
  const name = NAMES[which % NAMES.length] ?? '';
  return [name, TEXTS.get(name) ?? ''];
};
const treeOf = (text: string): unknown => readYaml('f', text).source?.value;
/** A file changed as text, or its tree changed and written anew. */
const changedYaml = (text: string, list: readonly Change[], which: number): string => {
  if (which % 2 === 0) return changedText(text, list, YAML);
  const tree = changedTree(treeOf(text) ?? {}, list);
  return JSON.stringify(tree).length > 200_000
    ? JSON.stringify(tree)
    : stringify(JSON.parse(JSON.stringify(tree)));
};

export const yamlParser: Parser<string> = {
  name: 'yaml',
  input: (list, which) => changedText(oneOf(which)[1], list, YAML),
  parse: (text) => readYaml('f.yaml', text).problems,
};

/** A whole package with one file changed. */
export const studyParser: Parser<ReadonlyMap<string, string>> = {
  name: 'study',
  input: (list, which) => {
    const [name, text] = oneOf(which);
    return new Map(TEXTS).set(
      name,
      name.endsWith('.yaml') ? changedYaml(text, list, which) : changedText(text, list, [',', '\n', '"']),
    );
  },
  parse: (files) => {
    const { study, problems } = loadStudy(files, 'street', sha256);
    if (study === undefined) return problems;
    // What was accepted can be used: its words are in the catalogue and format.
    const messages = theMessages.with(study.words);
    for (const word of study.words.keys()) messages('kk', word, { n: 3 });
    return [];
  },
};

const study = aStudy();
const EXPRESSIONS = [
  "(police.best div participants.best) > 0.5 and form = 'rally' or not(realisation = 'held')",
  "count-selected(tools) >= 2 and selected(tools, 'picket')",
  'sum(sanctions.persons) + -3 * (number mod 7)',
  "coalesce(minutes, 0) < 60 and date > '2018-01-01'",
];
const SIGNS = [
  '(',
  ')',
  ' and ',
  ' or ',
  'not(',
  '+',
  '-',
  '*',
  ' div ',
  ' mod ',
  "'",
  '"',
  '${',
  '}',
  '.',
  '..',
  ',',
  'sum(',
  'if(',
  'selected(',
  '!=',
  '<=',
  'form',
  'participants.best',
  'sanctions',
  '1',
  "'rally'",
];
export const expressionParser: Parser<string> = {
  name: 'expression',
  input: (list, which) => changedText(EXPRESSIONS[which % EXPRESSIONS.length] ?? '', list, SIGNS),
  parse: (source) => {
    const typed = readExpression(study, 'gathering', source, { type: 'boolean' });
    return typed.expression === undefined
      ? typed.faults.map(({ code, details }) => ({ code, details }))
      : undefined;
  },
};

const MAPPING = {
  study: 'street',
  instrument: 'gathering',
  file: { format: 'csv', header_row: 1, delimiter: ';' },
  key: ['No'],
  ignore: ['Note'],
  missing: { '-': 'not_recorded' },
  columns: {
    number: 'No',
    date: { from: 'Date', parse: { date: 'DD.MM.YYYY' } },
    form: { from: 'Form', values: { митинг: 'rally' }, otherwise: 'picket' },
    tools: { flags: { Poster: 'rally' }, yes: ['+'] },
    'participants.best': { from: 'People', parse: { number: { decimal: ',', thousands: ' ' } } },
    minutes: { from: 'Length', parse: { duration: 'HH:MM' } },
  },
  repeats: {
    sanctions: {
      numbered: { from: 1, to: 3 },
      columns: { kind: { from: 'K{n}', match: 'label' }, persons: 'P{n}' },
    },
  },
  review: { state: 'verified', author: { constant: 'aru' }, vouched_by: { constant: 'beket' } },
};
const MAPPING_TEXT = stringify(MAPPING);
export const mappingParser: Parser<string> = {
  name: 'mapping',
  input: (list, which) =>
    which % 2 === 0
      ? changedText(MAPPING_TEXT, list, [...YAML, 'YYYY', 'MM', '{n}', 'constant: ', 'from: '])
      : JSON.stringify(changedTree(MAPPING, list)),
  parse: (text) => void bindMapping(study, readMapping(text), true),
};

const rules = {
  date: { parse: { date: 'DD.MM.YYYY' } },
  number: { parse: { number: { decimal: ',', thousands: ' ' } } },
  code: { values: { митинг: 'rally' } },
  plain: {},
} as const;
const bound = bindMapping(study, readMapping(MAPPING_TEXT), true);
const readers = bound.rules.flatMap((r) => {
  const { target } = r as unknown as { target?: Parameters<typeof cellReader>[1] };
  return target === undefined
    ? []
    : Object.values(rules).map((rule) =>
        cellReader(study, target, rule as never, () => '', { '-': 'not_recorded' }),
      );
});
const CELLS = [
  '01.05.2018',
  '2018-05-01~',
  '1 234,50',
  '-12',
  '09:30',
  'митинг',
  'rally',
  '  пикет ',
  'Mитинг',
  '100',
  '٣٤',
  '1.5e3',
  '32.02.2018',
];
/** Dates, numbers, codes and texts of cells. */
export const cellParser: Parser<string> = {
  name: 'cell',
  input: (list, which) =>
    changedText(CELLS[which % CELLS.length] ?? '', list, [
      '.',
      ',',
      ' ',
      '-',
      ':',
      '~',
      '0',
      '\u00A0',
      'а',
      'a',
    ]),
  parse: (text) =>
    readers.flatMap((read) => {
      const reading = read(text);
      return 'bad' in reading ? [problem(reading.bad, { ...reading.details, column: 'c', value: text })] : [];
    }),
};

const REPORT = aText(
  [
    'In {% n cell="asm.count.by_city/astana/2018/n" noun="assembly" case="gen" /%} it was **more**, see [there](https://a.example).',
    '',
    '{% table "asm.count.by_city" measures="n" /%}',
    '',
    '- {% claim cell="asm.count.by_city/astana/2018/n" than="asm.count.by_city/astana/2017/n" is="rose" %}it rose{% /claim %}',
    '- {% lit "2018" as="year" /%} {% footnote %}a note{% /footnote %}',
    '',
    '## Inner {% #inner .unnumbered %}',
    '',
    '> quoted *text*',
    '',
    '{% figure "asm.count.by_city" kind="bar" /%}',
  ].join('\n'),
  'title: A report\nsubtitle: Of tests\nannex: none',
);
const { source: _, language: __, ...REPORT_INPUT } = aReportInput(REPORT);
const MARKDOWN = [
  '{%',
  '%}',
  '/%}',
  '{% /',
  '{% n ',
  '{% claim ',
  '{% table "',
  'cell="',
  'is="fell"',
  '# ',
  '## X {% #x %}',
  '| a | b |\n|-|-|\n',
  '```',
  '`',
  '> ',
  '- ',
  '1. ',
  '[a]: b\n',
  '](',
  '![',
  '<b>',
  '<!--',
  '---\n',
  '\n\n',
  '**',
  '_',
  '~~',
  '&nbsp;',
  '$a',
  '=[',
  '={',
];
export const reportParser: Parser<string> = {
  name: 'report',
  input: (list) => changedText(REPORT, list, MARKDOWN),
  parse: (text) =>
    checkReport(
      [
        { file: 'report.en.md', language: 'en', text },
        { file: 'report.ru.md', language: 'ru', text: REPORT },
      ],
      REPORT_INPUT,
    ),
};

const SQUARE = [
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ],
];
const GEO = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 'a',
      properties: { name: 'A' },
      geometry: { type: 'Polygon', coordinates: SQUARE },
    },
    { type: 'Feature', id: 'b', properties: {}, geometry: { type: 'MultiPolygon', coordinates: [SQUARE] } },
  ],
};
const TOPO = {
  type: 'Topology',
  arcs: [
    [
      [0, 0],
      [0, 9],
      [9, 0],
      [0, -9],
      [-9, 0],
    ],
  ],
  transform: { scale: [0.1, 0.1], translate: [50, 50] },
  objects: {
    o: {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Polygon', id: 'a', arcs: [[0]] },
        { type: 'Polygon', id: 'b', arcs: [[~0]] },
      ],
    },
  },
};
const MAP = { units: { a: 'x', b: null }, points: { y: [50, 50] }, source: 's' };
export const boundariesParser: Parser<readonly [string, unknown]> = {
  name: 'boundaries',
  input: (list, which) => {
    const [doc, mapping] =
      which % 4 === 0
        ? [which % 8 === 0 ? GEO : TOPO, changedTree(MAP, list)]
        : [changedTree(which % 2 === 0 ? GEO : TOPO, list), MAP];
    const text = JSON.stringify(doc);
    return [which % 5 === 0 ? changedText(text, list) : text, mapping];
  },
  parse: ([json, mapping]) => {
    const found = readBoundaries(json, mapping, new Set(['x', 'y']));
    return 'areas' in found ? undefined : found;
  },
};

const reportStudy = aReportStudy();
const [table] = countTables(reportStudy, aReportSnapshot(), reportStudy.tables);
if (table === undefined) throw new Error('no table');
export const addressParser: Parser<string> = {
  name: 'address',
  input: (list) =>
    changedText('asm.count.by_city/astana/2018/n', list, [
      '/',
      '.',
      '%2e',
      '%2f',
      '%25',
      '_total',
      '_',
      'toString',
      '__proto__',
    ]),
  parse: (text) => void findCell(table, parseAddress(text)),
};
