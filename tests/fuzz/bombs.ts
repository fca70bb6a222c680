import { deflateRawSync } from 'node:zlib';
import { bindMapping } from '../../src/exchange/bind-mapping.ts';
import { readMapping } from '../../src/exchange/index.ts';
import { mixedScriptWord } from '../../src/exchange/mixed-script.ts';
import { plainNumber, withDecimals } from '../../src/exchange/parse-number.ts';
import { readBoundaries } from '../../src/figures/index.ts';
import { takeLine } from '../../src/log/index.ts';
import { parseLeaf } from '../../src/records/index.ts';
import { readSource } from '../../src/report/index.ts';
import { lockedUser, openDataKey } from '../../src/sealing/index.ts';
import { readTable, readZip, writeZip } from '../../src/sheets/index.ts';
import { loadStudy, readExpression } from '../../src/study/index.ts';
import { readYaml } from '../../src/study/yaml-source.ts';
import { type Problem, ProblemError, problem } from '../../src/vocabulary/index.ts';
import { aStudy, sha256, studyFiles } from '../builders/study-files.ts';
import { withDirectory } from '../import/workbooks.ts';

/** Something made to cost far more to read than to send. `make` builds it, so that only the reading is measured. */
export interface Bomb {
  readonly make: () => unknown;
  readonly read: (made: never) => unknown;
}

const bomb = <T>(make: () => T, read: (made: T) => unknown): Bomb => ({ make, read: read as Bomb['read'] });
const MANY = 100_000;
const deep = (open: string, close: string, middle = '', times = MANY): string =>
  open.repeat(times) + middle + close.repeat(times);
const laughs = (levels: number): string =>
  [
    'a0: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: levels },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`,
    ),
  ].join('\n');

const yaml = (text: () => string): Bomb => bomb(text, (made) => readYaml('f.yaml', made).problems);
const zip = (make: () => Uint8Array): Bomb => bomb(make, readZip);
const report = (text: () => string): Bomb =>
  bomb(
    () => `---\ntitle: T\n---\n\n# A {% #a %}\n\n${text()}`,
    (made) => readSource(made, 'report.en.md', 'en').problems,
  );
const leaf = (text: () => string): Bomb => bomb(() => Buffer.from(text()), parseLeaf);
const expression = (text: () => string): Bomb =>
  bomb(
    () => ({ study: aStudy(), text: text() }),
    ({ study, text: source }) =>
      readExpression(study, 'gathering', source).faults.map(({ code, details }) => problem(code, details)),
  );
const mapping = (text: () => string): Bomb =>
  bomb(
    () => ({ study: aStudy(), text: text() }),
    ({ study, text: source }) => bindMapping(study, readMapping(source), true),
  );
const table = (format: 'csv' | 'xlsx', chunks: () => AsyncIterable<Uint8Array>): Bomb =>
  bomb(
    () => chunks,
    async (source) => {
      const { rows } = await readTable(source, { format });
      for await (const _ of rows);
    },
  );

/** A gigabyte, a megabyte at a time. */
const gigabyte = (start: string, fill: string) =>
  async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(start);
    const megabyte = Buffer.alloc(1_048_576, fill);
    for (let i = 0; i < 1024; i += 1) yield megabyte;
  };
const once = (bytes: () => Uint8Array) =>
  async function* (): AsyncGenerator<Uint8Array> {
    yield bytes();
  };

const ZEROS = 100 * 1_048_576;
const HIGH = 0xffffffff;
/** A zip of one entry that says it is `size` bytes long, in the directory and before its data. */
const zipOf = (name: string, data: Uint8Array, size: number): Uint8Array => {
  const packed = Buffer.from(writeZip([[name, data]], { store: true }));
  const deflated = deflateRawSync(data, { level: 9 });
  const head = Buffer.from(packed.subarray(0, 30 + name.length));
  const tail = Buffer.from(packed.subarray(30 + name.length + data.length));
  for (const [buffer, at] of [
    [head, 8],
    [tail, 10],
  ] as const) {
    buffer.writeUInt16LE(8, at);
    buffer.writeUInt32LE(deflated.length, at + 10);
    buffer.writeUInt32LE(size, at + 14);
  }
  tail.writeUInt32LE(head.length + deflated.length, tail.length - 6);
  return Buffer.concat([head, deflated, tail]);
};
const KERNEL = Buffer.alloc(1_000, 'a');
const twoFiles = (): Uint8Array =>
  writeZip(
    [
      ['a.txt', KERNEL],
      ['b.txt', KERNEL],
    ],
    { store: true },
  );

const CONTENT_TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';
const xlsx = (part: string, bytes: () => Uint8Array): Bomb =>
  table(
    'xlsx',
    once(() =>
      writeZip(
        [
          ['[Content_Types].xml', Buffer.from(CONTENT_TYPES)],
          [part, bytes()],
        ],
        { store: true },
      ),
    ),
  );
const ENTITIES = `<!DOCTYPE x [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]><worksheet>&a30;</worksheet>`;

const MAPPING =
  'study: street\ninstrument: gathering\nfile: {format: csv}\nkey: [No]\nreview: {state: submitted, author: {constant: aru}}\n';
const geo = (coordinates: string): string =>
  `{"type":"FeatureCollection","features":[{"id":"a","geometry":{"type":"Polygon","coordinates":${coordinates}}}]}`;

/** All bombs of S11. No image is decoded anywhere yet, so that none of 30,000 × 30,000 pixels is among them. */
export const BOMBS: Readonly<Record<string, Bomb>> = {
  'zip: 50,000 entries': zip(() => {
    // The count at the end of the directory is what a reader goes by first.
    const bytes = Buffer.from(twoFiles());
    bytes.writeUInt16LE(50_000, bytes.length - 14);
    bytes.writeUInt16LE(50_000, bytes.length - 12);
    return bytes;
  }),
  'zip: entries over one another': zip(() =>
    withDirectory(twoFiles(), (buffer, entries) => entries.forEach((at) => buffer.writeUInt32LE(0, at + 42))),
  ),
  'zip: a zip inside, as a quine is': zip(() => writeZip([['r/r.zip', twoFiles()]], { store: true })),
  'zip: a hundred megabytes of zeros': zip(() => zipOf('a.txt', new Uint8Array(ZEROS), ZEROS)),
  'zip: the same, said to be ten bytes': zip(() => zipOf('a.txt', new Uint8Array(ZEROS), 10)),
  'zip: sizes left to a zip64 record that is not there': zip(() =>
    withDirectory(twoFiles(), (buffer, entries) =>
      entries.forEach((at) => buffer.writeUInt32LE(HIGH, at + 24)),
    ),
  ),
  'zip: four gigabytes said of a kilobyte': zip(() =>
    withDirectory(twoFiles(), (buffer, entries) =>
      entries.forEach((at) => buffer.writeUInt32LE(HIGH - 1, at + 24)),
    ),
  ),
  'zip: a symbolic link': zip(() =>
    withDirectory(twoFiles(), (buffer, entries) =>
      entries.forEach((at) => {
        buffer.writeUInt16LE(3 << 8, at + 4);
        buffer.writeUInt32LE(0o120777 * 0x10000, at + 38);
      }),
    ),
  ),
  'zip: a path outside': zip(() => writeZip([['../../etc/cron.d/x', KERNEL]], { store: true })),
  'xlsx: billion laughs': xlsx('xl/worksheets/sheet1.xml', () => Buffer.from(ENTITIES)),
  'xlsx: billion laughs in UTF-16': xlsx('xl/worksheets/sheet1.xml', () =>
    Buffer.from(`\uFEFF${ENTITIES}`, 'utf16le'),
  ),
  'xlsx: 1,100,000 cells': xlsx('xl/worksheets/sheet1.xml', () =>
    Buffer.from(`<worksheet><sheetData>${'<c/>'.repeat(1_100_000)}</sheetData></worksheet>`),
  ),
  'xlsx: sixty megabytes': table('xlsx', async function* () {
    for (let i = 0; i < 60; i += 1) yield Buffer.alloc(1_048_576);
  }),
  'csv: a line of a gigabyte': table('csv', gigabyte('a,b\n', 'x')),
  'csv: a header of a gigabyte': table('csv', gigabyte('', 'x')),
  'csv: a quotation of a gigabyte': table('csv', gigabyte('a,b\n"', '\n')),
  'csv: a million columns': table(
    'csv',
    once(() => Buffer.from(`a,b\n${','.repeat(1_000_000)}\n`)),
  ),
  'csv: a gigabyte of zero bytes': table('csv', gigabyte('a,b\n', '\0')),
  'yaml: billion laughs': yaml(() => laughs(20)),
  'yaml: brackets 100,000 deep': yaml(() => deep('[', ']')),
  'yaml: braces 100,000 deep': yaml(() => '{a: '.repeat(MANY)),
  'yaml: dashes 100,000 deep': yaml(() => '- '.repeat(MANY)),
  'yaml: colons 100,000 deep': yaml(() => `${': '.repeat(MANY)}a: 1`),
  'yaml: lines 1,300 deep': yaml(() =>
    Array.from({ length: 1_300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  ),
  'yaml: a map of 100,000 keys': yaml(() => Array.from({ length: MANY }, (_, i) => `k${i}: 1`).join('\n')),
  'yaml: 70,000 commas': yaml(() => `[${','.repeat(70_000)}]`),
  'yaml: 200,000 wrong escapes': yaml(() => `"${'\\x'.repeat(200_000)}"`),
  'yaml: ten megabytes': yaml(() => 'a'.repeat(10_000_000)),
  'yaml: a study whose words are a bomb': bomb(
    () => new Map(studyFiles()).set('street/words.yaml', laughs(9)),
    (files) => loadStudy(files, 'street', sha256).problems,
  ),
  'json: an entry 100,000 deep': leaf(() => deep('[', ']')),
  'json: an entry of repeats 100,000 deep': leaf(
    () => `{"body":{"values":${deep('{"a":[{"row_id":"1","values":', '}]}', '{}')}}}`,
  ),
  'json: an entry of 50 megabytes': leaf(() => `"${'a'.repeat(50_000_000)}"`),
  'json: boundaries 100,000 deep': bomb(
    () => geo(deep('[', ']')),
    (made) => readBoundaries(made, { units: { a: 'x' }, source: 's' }, new Set(['x'])),
  ),
  'json: boundaries of a million positions': bomb(
    () => geo(`[[${'[1,1],'.repeat(999_999)}[1,1]]]`),
    (made) => readBoundaries(made, { units: { a: 'x' }, source: 's' }, new Set(['x'])),
  ),
  'mapping: billion laughs': mapping(() => laughs(20)),
  'mapping: columns numbered to a trillion': mapping(
    () =>
      `${MAPPING}columns: {number: No}\nrepeats: {sanctions: {numbered: {from: 1, to: 1000000000000}, columns: {persons: "P{n}"}}}\n`,
  ),
  'mapping: a format of dates that backtracks': mapping(
    () => `${MAPPING}columns: {number: No, date: {from: D, parse: {date: "YYYY${'M'.repeat(5_000)}x"}}}\n`,
  ),
  'expression: brackets 100,000 deep': expression(() => deep('(', ')', '1')),
  'expression: brackets 4,000 deep': expression(() => deep('(', ')', '1', 4_000)),
  'expression: a chain of 4,000': expression(() => `1${'+1'.repeat(4_000)}`),
  'expression: minus signs 9,000 deep': expression(() => `${'-'.repeat(9_000)}1`),
  'markdown: quotations 100,000 deep': report(() => '>'.repeat(MANY)),
  'markdown: lists 1,000 deep': report(() =>
    Array.from({ length: 1_000 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n'),
  ),
  'markdown: 1,000 tags inside one another': report(() => '{% callout %}'.repeat(350)),
  'markdown: 100,000 tags begun': report(() => '{% n\n\n'.repeat(MANY / 2)),
  'markdown: 4,000 definitions of links': report(() => '[a]: b\n'.repeat(4_000)),
  'markdown: a table of 100 columns and 1,000 rows': report(
    () => `${'|a'.repeat(100)}\n${'|-'.repeat(100)}\n${'|a\n'.repeat(1_000)}`,
  ),
  'markdown: brackets in a tag': report(() => `{% n cell=${'['.repeat(20_000)} /%}`),
  'markdown: billion laughs in the head': bomb(
    () => `---\n${laughs(20)}\n---\n\n# A {% #a %}\n`,
    (made) => readSource(made, 'report.en.md', 'en').problems,
  ),
  'number: a million digits': bomb(
    () => new Map(studyFiles()).set('street/published/a.csv', PUBLISHED('9'.repeat(900_000))),
    (files) => loadStudy(files, 'street', sha256).problems,
  ),
  'cell: 32,767 letters, then 32,767 zeros': bomb(
    () => ['a'.repeat(32_767), `0.${'0'.repeat(32_764)}1`],
    ([word = '', number = '']) => {
      if (mixedScriptWord(word) === undefined && withDecimals(plainNumber(number, {}) ?? '', 2) === undefined)
        throw new ProblemError(problem('import_value_type', { expected: 'decimal', decimals: 2 }));
    },
  ),
  'keys: a user key that asks for a terabyte': bomb(
    () =>
      JSON.stringify({
        v: 1,
        kdf: { name: 'argon2id', memory: 1_073_741_824, passes: 3, lanes: 1, salt: '' },
      }),
    (made) => lockedUser(`${made}\n`),
  ),
  'keys: a wrap for 100,000 recipients': bomb(
    () =>
      Buffer.from(
        `age-encryption.org/v1\n${'-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n'.repeat(MANY)}--- A\n`,
      ),
    (made) => openDataKey(made, { org: 'a', record_id: 'b', key_id: 'c' }, []),
  ),
  'copy: a line of a gigabyte': bomb(
    () => gigabyte('', 'x'),
    async (made) => void (await takeLine(made(), 1_000_000)),
  ),
};

function PUBLISHED(value: string): string {
  return `series,measure,period,row,value,value_raw,decimals,unit,status,source_table,break_after,reference_row,reference_column,relation,value_max\nstr.count,n,2018,rally,${value},1,0,gathering,as_printed,T1,,rally,n,eq,\n`;
}

/** Codes of the problems that a reading ended with; none where it was read. */
export const codesOf = async (read: () => unknown): Promise<readonly string[]> => {
  try {
    const found = await read();
    return Array.isArray(found) ? (found as readonly Problem[]).map((p) => p.code) : [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((p) => p.code);
    return [`thrown: ${String(error).slice(0, 200)}`];
  }
};
