import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { CROSSWALK_COLUMNS, plainRows, readPublishedFile } from '../../src/study/index.ts';
import { convertAssemblies } from '../../tools/published/convert-assemblies.ts';

const reference = process.env['BAQYLAU_REFERENCE'] ?? join(import.meta.dirname, '../../../shared/reference');
const folder = join(reference, 'assemblies-2018');
const published = join(import.meta.dirname, '../../studies/assemblies/published');
const isThere = existsSync(folder);
const absent = `the published report is absent (${folder}): set BAQYLAU_REFERENCE to the folder of references`;
if (!isThere) console.warn(absent);

const committed = (stem: string): string => readFileSync(join(published, `${stem}.csv`), 'utf8');
const crosswalk = plainRows('crosswalk', committed('crosswalk'), CROSSWALK_COLUMNS);
const mapped = new Set(crosswalk.map((r) => `${r.list}/${r.reference_code}`));
const anyList = new Set(crosswalk.map((r) => r.reference_code));
const rowsOf = (stem: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, `${stem}.csv`), 'utf8'), { columns: true });

/** Without the reference there is nothing to compare: a test below says so, and fails in CI. */
const sources = isThere ? ['reference'] : [];

describe(`the published figures against the report they come from${isThere ? '' : ` (${absent})`}`, () => {
  it('is there wherever all references are promised', () => {
    expect(isThere || process.env['CI'] !== 'true', absent).toBe(true);
  });
  const texts = isThere ? convertAssemblies(reference) : new Map<string, string>();
  it.each([...texts])('%s is what the converter writes', (stem, text) => {
    expect(committed(stem)).toBe(text);
  });

  const code = (list: string, codes: readonly { readonly code: string }[]) =>
    codes.map((c) => `${list}/${c.code}`);
  it.each(sources)('%s: every code of the code book is mapped', () => {
    const book = JSON.parse(readFileSync(join(folder, 'codebook.json'), 'utf8')) as {
      code_lists: Record<string, { code: string }[]>;
      fields: { name: string }[];
      inclusion_rules: { code: string }[];
      theme_definitions: { code: string }[];
      validation_rules: { code: string }[];
      derived_measures: { code: string }[];
      law_references: { code: string }[];
    };
    const all = [
      ...Object.entries(book.code_lists).flatMap(([list, codes]) => code(list, codes)),
      ...book.fields.map((f) => `field/${f.name}`),
      ...code('inclusion_rule', book.inclusion_rules),
      ...code('theme_definition', book.theme_definitions),
      ...code('validation_rule', book.validation_rules),
      ...code('derived_measure', book.derived_measures),
      ...code('law_reference', book.law_references),
    ];
    expect(all.filter((name) => !mapped.has(name))).toEqual([]);
  });
  const CODES = [
    'code',
    'measure',
    'theme',
    'city_code',
    'form_code',
    'topic_code',
    'event_kind',
    'law_code',
    'subject',
    'sanction',
  ];
  it.each(sources)('%s: every code of every file is mapped', () => {
    const stems = readdirSync(folder)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => basename(name, '.csv'));
    const unmapped = stems.flatMap((stem) =>
      rowsOf(stem).flatMap((row) =>
        CODES.map((column) => row[column] ?? '')
          .filter((value) => value !== '' && !anyList.has(value))
          .map((value) => `${stem}: ${value}`),
      ),
    );
    expect(unmapped).toEqual([]);
  });
  it.each(sources)('%s: every number of the report is carried, as printed', () => {
    const missing = [...texts.keys()].flatMap((stem) => {
      const carried = new Set(readPublishedFile(stem, committed(stem)).numbers.map((n) => n.referenceRow));
      return rowsOf(stem).filter((row) => {
        const key = row['id'] ?? row['event_id'] ?? row['code'] ?? '';
        const hasNumber =
          (row['value'] ?? '') !== '' || (row['published_share'] ?? '') !== '' || row['value_raw'] === '-';
        return hasNumber && row['law_code'] === undefined && !carried.has(key);
      });
    });
    expect(missing).toEqual([]);
  });
});

describe('the published files of the project', () => {
  const stems = readdirSync(published)
    .filter((name) => name.endsWith('.csv') && name !== 'crosswalk.csv')
    .map((name) => basename(name, '.csv'));
  it('hold figures, not sentences: no cell has more than two words of letters', () => {
    const wordy = stems.flatMap((stem) =>
      readPublishedFile(stem, committed(stem))
        .numbers.filter((n) => (n.valueRaw.match(/\p{L}{2,}/gu) ?? []).length > 1)
        .map((n) => `${stem}:${n.line}`),
    );
    expect(wordy).toEqual([]);
  });
  it('no code is mapped twice in one list', () => {
    expect(mapped.size).toBe(crosswalk.length);
  });
});
