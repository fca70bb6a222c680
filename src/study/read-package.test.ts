import { describe, expect, test } from 'vitest';
import { type Edits, problemsOf, sha256 } from '../../tests/builders/study-files.ts';
import { loadStudy } from './index.ts';

const CARD = 'street/instruments/gathering.yaml';
const STUDY = 'street/study.yaml';

/** The one problem that an edit makes, as code and details, with file and line. */
const found = (edits: Edits) =>
  problemsOf(edits).map((p) => ({ ...p.details, problem: p.code, file: p.at?.file, line: p.at?.line }));

describe('files', () => {
  test('a missing study.yaml', () => {
    expect(loadStudy(new Map(), 'street', sha256).problems).toMatchObject([{ code: 'study_file_missing' }]);
  });

  test('a missing base package, and one of another version', () => {
    expect(found({ [STUDY]: [['base@3', 'ground@1']] })).toContainEqual(
      expect.objectContaining({ problem: 'study_base_missing', base: 'ground' }),
    );
    expect(found({ [STUDY]: [['base@3', 'base@2']] })).toMatchObject([
      { problem: 'study_base_missing', base: 'base', version: '2', found: '3' },
    ]);
  });

  test('a reference into another study that is there names an instrument of it', () => {
    const other = {
      'other/study.yaml': 'id: other',
      'other/instruments/anything.yaml': 'id: hearing\nversion: 1\n',
    };
    const field = (to: string): readonly (readonly [string, string])[] => [
      [
        'fields:\n',
        `fields:\n  - {name: heard, type: reference, to: ${to}, label: {kk: a, ru: b, en: c}, sensitivity: statistical}\n`,
      ],
    ];
    expect(found({ ...other, [CARD]: field('other/hearing') })).toEqual([]);
    expect(found({ [CARD]: field('elsewhere/hearing') })).toEqual([]);
    expect(found({ ...other, [CARD]: field('other/haering') })).toMatchObject([
      { problem: 'study_name_unknown', kind: 'instrument', name: 'other/haering' },
    ]);
  });

  test('a dimension over several answers of a record is told which rows to count', () => {
    expect(
      found({
        'street/tables/tables.yaml': [
          ['by: place, regroup: places', 'by: tools'],
          ['totals: [place]', ''],
        ],
      }),
    ).toMatchObject([{ problem: 'table_definition', reason: 'dimension_several', name: 'gathering.tools' }]);
  });

  test('what a table counts is an instrument or rows of one', () => {
    expect(
      found({ 'street/tables/tables.yaml': [['of: gathering.sanctions', 'of: gathering.sanction']] }),
    ).toMatchObject([
      { problem: 'study_name_unknown', name: 'gathering.sanction', nearest: 'gathering.sanctions' },
    ]);
  });

  test('a YAML syntax error has its line', () => {
    const [problem] = problemsOf({ [STUDY]: 'id: street\nversion: 1\ntitle: {kk: a, ru: b\n' });
    expect(problem).toMatchObject({ code: 'study_file_unreadable', at: { file: STUDY } });
    expect(problem?.at?.line).toBeGreaterThanOrEqual(3);
  });

  test('the same key twice in one map', () => {
    expect(found({ [STUDY]: [['version: 1', 'version: 1\nversion: 2']] })).toMatchObject([
      { problem: 'study_file_unreadable', line: 4 },
    ]);
  });

  test('a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n');
    expect(found({ 'street/breaks.yaml': bomb })).toMatchObject([{ problem: 'text_limit', what: 'aliases' }]);
  });

  test.each(['[', '- ', '? ', ': '])('a file nested too deeply to read: %s', (open) => {
    expect(found({ 'street/breaks.yaml': `x: ${open.repeat(20_000)}a: 1\n` })).toContainEqual(
      expect.objectContaining({ problem: 'text_limit', what: 'depth' }),
    );
  });

  test('a file where nothing would read it', () => {
    expect(found({ 'street/tables.yaml': '[]' })).toMatchObject([
      { problem: 'study_file_unexpected', file: 'street/tables.yaml' },
    ]);
  });

  test('a text where a number belongs', () => {
    expect(found({ [CARD]: [['version: 1', 'version: one']] })).toMatchObject([
      { problem: 'study_shape', path: 'version', kind: 'type', found: 'one', line: 3 },
    ]);
  });
});

describe('geography', () => {
  const GEO = 'base/geography.yaml';
  test('a settlement lies in one unit at a time', () => {
    expect(
      found({ [GEO]: [['{unit: east, from: "2020-01-01"}', '{unit: east, from: "2019-01-01"}']] }),
    ).toMatchObject([{ problem: 'study_dates_reversed', file: GEO }]);
  });

  test('units and settlements are two namespaces', () => {
    expect(
      found({
        [GEO]: [['{id: river, label', '{id: south, label']],
        'street/regroupings.yaml': [['of: [river,', 'of: [south,']],
      }),
    ).toEqual([]);
  });

  test('a vintage lists units that exist', () => {
    expect(found({ [GEO]: [['units: [north, south, east]', 'units: [north, south, est]']] })).toMatchObject([
      { problem: 'study_name_unknown', kind: 'unit', name: 'est', nearest: 'east' },
    ]);
  });

  test('the vintage of a study exists', () => {
    expect(found({ [STUDY]: [['version: 1', 'version: 1\ngeography: {vintage: newest}']] })).toMatchObject([
      { problem: 'study_name_unknown', kind: 'vintage', nearest: 'none' },
    ]);
  });
});
