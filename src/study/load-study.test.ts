import { describe, expect, test } from 'vitest';
import {
  aStudy,
  type Edits,
  loadStreet,
  problemsOf,
  sha256,
  studyFiles,
} from '../../tests/builders/study-files.ts';
import { loadStudy } from './index.ts';

const CARD = 'street/instruments/gathering.yaml';
const TABLES = 'street/tables/tables.yaml';
const CONDITIONS = 'street/conditions.yaml';

/** The one problem that an edit makes, as code and details, with file and line. */
const found = (edits: Edits) =>
  problemsOf(edits).map((p) => ({ ...p.details, problem: p.code, file: p.at?.file, line: p.at?.line }));
const lineOf = (file: string, text: string, edits: Edits = {}): number =>
  (studyFiles(edits).get(file) ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;

describe('a study in order', () => {
  test('is read with everything its base package gives', () => {
    const study = aStudy();
    expect([...study.codeLists.keys()].sort()).toEqual(['form', 'realisation', 'sanction', 'yes_no']);
    expect(study.geography.settlements.get('river')?.zone).toBe('Asia/Almaty');
    expect(study.uses).toMatchObject([{ id: 'base', version: 3 }]);
  });

  test('lists its drafts', () => {
    expect(aStudy().reviewNeeded).toEqual(['list realisation.prevented/kk']);
  });

  test('has the same hash for the same files in any order', () => {
    const files = studyFiles();
    const turned = new Map([...files].reverse());
    expect(loadStudy(turned, 'street', sha256).study?.hash).toBe(
      loadStudy(files, 'street', sha256).study?.hash,
    );
  });

  test('has another hash when a definition or its base changes, but not for prose and samples', () => {
    const { hash } = aStudy();
    expect(aStudy({ 'base/study.yaml': [['ru: Основа', 'ru: База']] }).hash).not.toBe(hash);
    expect(aStudy({ 'street/report/report.ru.md': '# Отчёт', 'street/sample/cards.csv': 'a,b' }).hash).toBe(
      hash,
    );
  });

  test('prints a percent of rows as a ratio inside its base', () => {
    const study = aStudy({
      [TABLES]: [
        [
          'measures: {persons',
          'measures: {s: {share_where: "kind = \'fine\'", base: "present(kind)", label: {kk: a, ru: b, en: c}}, persons',
        ],
      ],
    });
    const measure = study.tables[1]?.measures[0];
    expect(measure).toMatchObject({ kind: 'ratio', scale: 100, unit: 'percent' });
  });
});

describe('what is wrong is told with file, line and code', () => {
  test('a missing language of a label', () => {
    const edits = {
      [CARD]: [['label: {kk: Түрі, ru: Форма, en: Form}', 'label: {kk: Түрі, en: Form}']],
    } as const;
    expect(found(edits)).toEqual([
      {
        problem: 'study_label_missing',
        what: 'fields.form.label',
        languages: 'ru',
        file: CARD,
        line: lineOf(CARD, 'name: form'),
      },
    ]);
  });

  test('a field without a label', () => {
    const edits = { [CARD]: [['label: {kk: Түрі, ru: Форма, en: Form}, ', '']] } as const;
    expect(found(edits)).toMatchObject([
      { problem: 'study_label_missing', what: 'fields.form.label', languages: 'kk, ru, en' },
    ]);
  });

  test('a field without sensitivity class', () => {
    const edits = { [CARD]: [['en: Form}, sensitivity: statistical', 'en: Form}']] } as const;
    expect(found(edits)).toMatchObject([
      { problem: 'study_sensitivity_missing', field: 'form', file: CARD, line: lineOf(CARD, 'name: form') },
    ]);
  });

  test('a field with two sensitivity classes', () => {
    const edits = {
      [CARD]: [['en: Form}, sensitivity: statistical', 'en: Form}, sensitivity: [statistical, identity]']],
    } as const;
    expect(found(edits)).toMatchObject([{ problem: 'study_sensitivity_missing', field: 'form' }]);
  });

  test('an attachment that the server could read', () => {
    const edits = {
      [CARD]: [
        [
          '{name: organiser, type: text',
          '{name: photo, type: attachment, label: {kk: a, ru: b, en: c}, sensitivity: statistical}\n  - {name: organiser, type: text',
        ],
      ],
    } as const;
    expect(found(edits)).toMatchObject([{ problem: 'study_sensitivity_low', field: 'photo' }]);
  });

  test('an unknown code in a condition, with the nearest known one', () => {
    const edits = { [CONDITIONS]: [["form = 'rally'", "form = 'raly'"]] } as const;
    expect(found(edits)).toEqual([
      {
        problem: 'study_code_unknown',
        code: 'raly',
        list: 'form',
        nearest: 'rally',
        file: CONDITIONS,
        line: 3,
      },
    ]);
  });

  test('the very column of a fault inside an expression', () => {
    const [problem] = problemsOf({ [CONDITIONS]: [["form = 'rally'", "form = 'raly'"]] });
    const line = (studyFiles().get(CONDITIONS) ?? '').split('\n')[2] ?? '';
    expect(problem?.at?.column).toBe(line.indexOf("'rally'") + 1);
  });

  test('a table over a field that does not exist', () => {
    const edits = { [TABLES]: [['{sum: persons', '{sum: person']] } as const;
    expect(found(edits)).toMatchObject([
      {
        problem: 'table_field_unknown',
        table: 'str.sanctions',
        field: 'person',
        of: 'gathering.sanctions',
        nearest: 'persons',
        file: TABLES,
      },
    ]);
  });

  test('a table whose expression names a field that does not exist', () => {
    expect(found({ [TABLES]: [['where: counted\n', 'where: counted and colour = 1\n']] })).toMatchObject([
      { problem: 'table_field_unknown', field: 'colour', file: TABLES, line: 5 },
    ]);
  });

  test('an unknown key, with the nearest known one, at the key', () => {
    const edits = { [CARD]: [['required: true, constraint', 'requierd: true, constraint']] } as const;
    expect(found(edits)).toEqual([
      {
        problem: 'study_key_unknown',
        key: 'requierd',
        nearest: 'required',
        file: CARD,
        line: lineOf(CARD, 'name: date'),
      },
    ]);
  });

  test('an id used twice in one package', () => {
    const edits = { [CONDITIONS]: [['id: large_rally', 'id: large']] } as const;
    expect(found(edits)).toMatchObject([
      { problem: 'study_name_twice', kind: 'condition', name: 'large', line: 3 },
    ]);
  });

  test.each(['reference', 'minuts', 'organiser', 'participants'])(
    'what no two records may share is no field of one plain value: %s',
    (path) => {
      const edits = { [CARD]: [['key: [number]', `key: [number]\nunique: [form, ${path}]`]] } as const;
      expect(found(edits)).toMatchObject([{ problem: 'study_field_unknown', field: path, line: 10 }]);
    },
  );

  test.each([
    ['a field that is not there', 'codes: [shape]', 'shape'],
    [
      'a field that is not compared, as one that tells things apart',
      'codes: [form], distinct_by: [number]',
      'number',
    ],
    ['a name that is not sealed', 'name: form', 'form'],
  ])('what duplicates are found by is no such field: %s', (_, linkage, field) => {
    const edits = { [CARD]: [['key: [number]', `key: [number]\nlinkage: {${linkage}}`]] } as const;
    expect(found(edits)).toMatchObject([{ problem: 'study_field_unknown', field, line: 10 }]);
  });

  test('an id of the base package used again', () => {
    const edits = { 'street/codelists/street.yaml': [['- id: sanction', '- id: yes_no']] } as const;
    expect(found(edits)).toContainEqual(
      expect.objectContaining({ problem: 'study_name_twice', kind: 'list', name: 'yes_no' }),
    );
  });

  test.each([
    ['the label of another place', 'өзен', 'river'],
    ['the code of another place', 'unit:south', 'unit:south'],
    ['an alias of another place', 'Холмогорск', 'river'],
    ['a former name of another place', 'Верх', 'unit:north'],
  ])('an alias of a place that is %s', (_, alias, other) => {
    const edits = {
      'base/geography.yaml': [
        [
          '{id: north, ',
          '{id: north, names: [{label: {kk: Жоғары, ru: Верх, en: Upper}, to: "2000-01-01"}], ',
        ],
        ['{id: river, ', '{id: river, aliases: [холмогорск], '],
        ['{id: hill, ', `{id: hill, aliases: [Hillock, "${alias}"], `],
      ],
    } as const;
    expect(found(edits)).toContainEqual(
      expect.objectContaining({ problem: 'study_alias_shared', alias, place: 'hill', other, line: 8 }),
    );
  });

  test('a field whose flattened column another field has', () => {
    const edits = { [CARD]: [['{name: minutes,', '{name: police.best,']] } as const;
    expect(found(edits)).toMatchObject([{ problem: 'study_name_twice', kind: 'field', name: 'police.best' }]);
  });

  test('a field with the name of a column that every table has', () => {
    expect(found({ [CARD]: [['{name: minutes,', '{name: period,']] })).toMatchObject([
      { problem: 'study_name_reserved', name: 'period' },
    ]);
  });

  test('several faults in one run', () => {
    const codes = found({
      [CARD]: [['label: {kk: Түрі, ru: Форма, en: Form}', 'label: {kk: Түрі, en: Form}']],
      [TABLES]: [['{sum: persons', '{sum: person']],
      [CONDITIONS]: [["form = 'rally'", "form = 'raly'"]],
    }).map((p) => p.file);
    expect(codes).toEqual([CONDITIONS, CARD, TABLES]);
  });

  test('no study is given while there is a problem', () => {
    expect(loadStreet({ [TABLES]: [['{sum: persons', '{sum: person']] }).study).toBeUndefined();
  });

  test('units that are divided without saying what comes out', () => {
    const edits = { [TABLES]: [['"sum(police.best)"', '"count"']] } as const;
    expect(found(edits)).toMatchObject([
      { problem: 'study_unit_division', numerator: 'gathering', denominator: 'persons' },
    ]);
  });

  test('a rate without a unit', () => {
    const edits = { [TABLES]: [['{share: n, within: column,', '{rate: n, per: month,']] } as const;
    expect(found(edits)).toMatchObject([{ problem: 'study_unit_division', denominator: 'months' }]);
  });

  test('a regrouping of a place that does not exist', () => {
    const edits = { 'street/regroupings.yaml': [['"unit:south"', 'south']] } as const;
    expect(found(edits)).toMatchObject([{ problem: 'study_code_unknown', list: 'settlements_and_units' }]);
  });

  test('a dimension over a restricted field', () => {
    const edits = {
      [TABLES]: [['dimensions: [{by: kind}]', 'dimensions: [{by: form}]']],
      [CARD]: [['en: Form}, sensitivity: statistical', 'en: Form}, sensitivity: restricted']],
    } as const;
    expect(found(edits)).toMatchObject([
      { problem: 'table_definition', reason: 'dimension_restricted', name: 'form' },
    ]);
  });

  test.each([
    ['of a dimension that is no time', '{by: kind, date: date}', 'date'],
    ['that is no date', '{by: month, date: kind}', 'kind'],
  ])('a date %s', (_, dimension, name) => {
    const edits = { [TABLES]: [['dimensions: [{by: kind}]', `dimensions: [${dimension}]`]] } as const;
    expect(found(edits)).toMatchObject([{ problem: 'table_definition', reason: 'date_unfit', name }]);
  });

  test('periods that add up in a count of rows, which add up anyway', () => {
    const edits = { [TABLES]: [['{count: true', '{count: true, over_periods: sum']] } as const;
    expect(found(edits)).toMatchObject([{ reason: 'key_unfit', name: 'over_periods' }]);
  });

  test.each([
    ['a condition', { [CONDITIONS]: [["form = 'rally'", "organiser = 'x'"]] }],
    [
      'a derived field',
      { [CARD]: [['derived: "sum(sanctions.persons)"', 'derived: "string-length(organiser)"']] },
    ],
    [
      'relevance of a field the server reads',
      { [CARD]: [["${realisation} = 'held'", "${organiser} = 'x'"]] },
    ],
    ['a measure', { [TABLES]: [['{sum: persons,', '{distinct: organiser,']] }],
    ['a key', { [CARD]: [['key: [number]', 'key: [organiser]']] }],
  ] as const)('an identity field in %s', (_, edits) => {
    expect(found(edits as Edits)).toMatchObject([{ problem: 'snapshot_identity_field', field: 'organiser' }]);
  });

  test('relevance of an identity field may look at another identity field: it is read on the device only', () => {
    const edits = {
      [CARD]: [
        [
          '{name: organiser,',
          '{name: contact, type: text, label: {kk: a, ru: b, en: c}, relevant: "present(organiser)", sensitivity: identity}\n  - {name: organiser,',
        ],
      ],
    } as const;
    expect(found(edits)).toEqual([]);
  });
});

describe('a circle is told with its way round', () => {
  test('conditions', () => {
    const edits = { [CONDITIONS]: [['participants.best >= 100', 'large_rally']] } as const;
    expect(found(edits)).toContainEqual(
      expect.objectContaining({
        problem: 'study_cycle',
        path: 'large → large_rally → large',
        file: CONDITIONS,
        line: 2,
      }),
    );
  });

  test('fields through relevance and derivation', () => {
    const edits = {
      [CARD]: [
        ["${realisation} = 'held'", '${sanctioned} > 0'],
        ['derived: "sum(sanctions.persons)"', 'derived: "police.best"'],
      ],
    } as const;
    expect(found(edits)).toMatchObject([
      {
        problem: 'study_cycle',
        path: 'gathering.police → gathering.sanctioned → gathering.police',
        file: CARD,
      },
    ]);
  });

  test('parents of codes', () => {
    const edits = {
      'street/codelists/street.yaml': [['{code: picket,', '{code: picket, parent: single_picket,']],
    } as const;
    expect(found(edits)).toMatchObject([{ problem: 'study_cycle', path: 'picket → single_picket → picket' }]);
  });

  test('packages that use each other', () => {
    const edits = { 'base/study.yaml': [['version: 3', 'version: 3\nuses: [street@1]']] } as const;
    expect(found(edits)).toMatchObject([
      { problem: 'study_cycle', path: 'street → base → street', file: 'base/study.yaml' },
    ]);
  });

  test('a constraint on the field itself is no circle', () => {
    expect(
      found({
        [CARD]: [
          [
            '{name: minutes, type: duration,',
            '{name: minutes, type: duration, constraint: ". > 0 and minutes < 600",',
          ],
        ],
      }),
    ).toEqual([]);
  });
});
