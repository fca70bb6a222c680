import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { CROSSWALK_COLUMNS, plainRows, readPublishedFile } from '../../src/study/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { convertDefenders } from '../../tools/published/convert-defenders.ts';

const reference = process.env['BAQYLAU_REFERENCE'] ?? join(import.meta.dirname, '../../../shared/reference');
const folder = join(reference, 'defenders-2015-2016');
const published = join(import.meta.dirname, '../../studies/defenders/published');
const isThere = existsSync(folder);
const absent = `the published report is absent (${folder}): set BAQYLAU_REFERENCE to the folder of references`;
if (!isThere) console.warn(absent);

const committed = (stem: string): string => readFileSync(join(published, `${stem}.csv`), 'utf8');
const crosswalk = plainRows('crosswalk', committed('crosswalk'), CROSSWALK_COLUMNS);
const mapped = new Set(crosswalk.map((r) => `${r.list}/${r.reference_code}`));
const anyList = new Set(crosswalk.map((r) => r.reference_code));
const rowsOf = (stem: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, `${stem}.csv`), 'utf8'), { columns: true });

/** Every code of the code book, named by the path of its list: `violation_taxonomy.kinds/assault`. */
const codesOf = (node: unknown, path: string): readonly string[] => {
  if (Array.isArray(node))
    return node.flatMap((item: unknown) => {
      const code = (item as { code?: string } | null)?.code;
      return [...(code === undefined ? [] : [`${path}/${code}`]), ...codesOf(item, path)];
    });
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(path === 'scales' ? [`scales/${key}`] : []),
    ...codesOf(value, path === '' ? key : `${path}.${key}`),
  ]);
};

/** Without the reference there is nothing to compare: a test below says so, and fails in CI. */
const sources = isThere ? ['reference'] : [];

describe(`the published figures against the report they come from${isThere ? '' : ` (${absent})`}`, () => {
  it('is there wherever all references are promised', () => {
    expect(isThere || process.env['CI'] !== 'true', absent).toBe(true);
  });
  const texts = isThere ? convertDefenders(reference) : new Map<string, string>();
  it.each([...texts])('%s is what the converter writes', (stem, text) => {
    expect(committed(stem)).toBe(text);
  });
  it.each(sources)('%s: every code of the code book is mapped', () => {
    const book: unknown = JSON.parse(readFileSync(join(folder, 'codebook.json'), 'utf8'));
    const all = codesOf(book, '');
    expect(all.length).toBeGreaterThan(250);
    expect(all.filter((name) => !mapped.has(name))).toEqual([]);
  });
  // acquittals.csv tells of single cases by type and prints no number.
  const CODE = /(?:_code|^code|^measure|^variable|^statistic|^group|^block|^quarter|^indicator)$/;
  it.each(sources)('%s: every code of every file with numbers is mapped', () => {
    const unmapped = [...texts.keys()].flatMap((stem) =>
      rowsOf(stem).flatMap((row) =>
        Object.entries(row)
          .filter(([column, code]) => CODE.test(column) && code !== '' && !anyList.has(code))
          .map(([column, code]) => `${stem}/${column}: ${code}`),
      ),
    );
    expect(unmapped).toEqual([]);
  });
  it.each(sources)('%s: only files that print no number are left out', () => {
    const stems = readdirSync(folder)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => basename(name, '.csv'));
    expect(stems.filter((stem) => !texts.has(stem)).sort()).toEqual(['acquittals', 'regions']);
  });
  // The index says 1,312 numbers in 39 tables; the 34 files that it lists, and that are there, hold 1,191. Five tables with
  // 121 numbers have no file: one is the map of threats, whose numbers the index discusses though it lists no file of them.
  it.each(sources)('%s: each file has as many numbers as its index says', () => {
    const index = readFileSync(join(folder, 'README.md'), 'utf8');
    const listed = [...index.matchAll(/^\| `(\w+)\.csv` \|.*\| (\d*) \|$/gm)].map(
      ([, stem = '', numbers = '']) => [stem, Number(numbers)] as const,
    );
    expect(listed).toHaveLength(34);
    expect(listed.reduce((sum, [, numbers]) => sum + numbers, 0)).toBe(1191);
    expect(index).toContain('1312 published numbers in 39 tables');
    const carried = new Map(
      [...texts].map(([stem, text]) => {
        const printed = readPublishedFile(stem, text).numbers.filter((n) => n.status === 'as_printed');
        return [stem, printed.length];
      }),
    );
    // The index counts nothing in `quarters`; its incidents and violations of a quarter are eight numbers.
    expect(carried.get('quarters')).toBe(8);
    expect(listed.filter(([stem, n]) => n > 0 && carried.get(stem) !== n)).toEqual([]);
  });
  // The columns that hold what was printed; bases, counts of percentages and scale ends were reconstructed or are no results.
  const PRINTED =
    /^(?:incidents|violations|count|trials|convictions|items|value|percent_published|mean|sd|n|mode|min|max)$/;
  const RECONSTRUCTED = new Set([
    'survey_security_questions/count',
    'survey_attacks/count',
    'attack_probability/count',
    'availability_of_protection/count',
    'needs/count',
    'coalition/count',
    'respondent_portrait/count',
  ]);
  it.each(sources)('%s: every printed number is carried', () => {
    const wrong = [...texts].flatMap(([stem, text]) => {
      const cells = rowsOf(stem).flatMap((row) =>
        Object.entries(row)
          .filter(
            ([column, value]) =>
              PRINTED.test(column) && !RECONSTRUCTED.has(`${stem}/${column}`) && value !== '',
          )
          .map(([, value]) => value),
      );
      const carried = readPublishedFile(stem, text)
        .numbers.filter((n) => n.status === 'as_printed')
        .map((n) => n.valueRaw);
      return cells.sort().join(' ') === carried.sort().join(' ') ? [] : [stem];
    });
    expect(wrong).toEqual([]);
  });
});

describe('the published files of the defenders study', () => {
  const stems = readdirSync(published)
    .filter((name) => name.endsWith('.csv') && name !== 'crosswalk.csv')
    .map((name) => basename(name, '.csv'));
  const numbers = stems.flatMap((stem) => readPublishedFile(stem, committed(stem)).numbers);
  it('1,199 figures and the months of three quarters', () => {
    expect(numbers.filter((n) => n.status === 'as_printed')).toHaveLength(1199);
    expect(numbers.filter((n) => n.status === 'not_a_statistic')).toHaveLength(6);
  });
  it('hold figures only: no cell as printed has letters', () => {
    expect(numbers.filter((n) => /\p{L}/u.test(n.valueRaw)).map((n) => n.file)).toEqual([]);
  });
  it('no code is mapped twice in one list', () => {
    expect(mapped.size).toBe(crosswalk.length);
  });
  it('every code of ours in a code list of the crosswalk exists', () => {
    const { study } = studyFromFolders([builtInStudies()], 'defenders');
    const unknown = crosswalk
      .filter((r) => /^list \w+$/.test(r.note) && r.our_code !== '' && !r.our_code.startsWith('_'))
      .filter((r) => {
        const list = study.codeLists.get(r.note.slice('list '.length));
        if (list === undefined) return true;
        const codes = new Set(list.codes.map((c) => c.code));
        return r.our_code.split('; ').some((code) => !codes.has(code.replace(/^not /, '')));
      });
    expect(unknown.map((r) => `${r.list}/${r.reference_code} → ${r.note} ${r.our_code}`)).toEqual([]);
  });
});
