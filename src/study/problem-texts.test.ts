import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Edits, problemsOf } from '../../tests/builders/study-files.ts';
import { createMessages, LANGUAGES, problemText } from '../vocabulary/index.ts';

const catalogue = (language: string): string =>
  readFileSync(join(import.meta.dirname, '../vocabulary/messages', `${language}.yaml`), 'utf8');
const messages = createMessages({ kk: catalogue('kk'), ru: catalogue('ru'), en: catalogue('en') });
const CARD = 'street/instruments/gathering.yaml';
const TABLES = 'street/tables/tables.yaml';
const CONDITIONS = 'street/conditions.yaml';

/** One package with one fault of every kind that a test here does not name. */
const FAULTS: Readonly<Record<string, Edits>> = {
  study_file_unreadable: { 'street/breaks.yaml': 'a: [' },
  study_file_unexpected: { 'street/other.yaml': 'a: 1' },
  study_shape: { [CARD]: [['version: 1', 'version: one']] },
  study_key_unknown: { [CARD]: [['required: true, constraint', 'requierd: true, constraint']] },
  study_name_unknown: { [CARD]: [['list: realisation', 'list: realization']] },
  study_name_twice: { [CONDITIONS]: [['id: large_rally', 'id: large']] },
  study_alias_shared: { 'base/geography.yaml': [['{id: hill, ', '{id: hill, aliases: [River], ']] },
  study_name_reserved: { [CARD]: [['{name: minutes,', '{name: period,']] },
  study_cycle: { [CONDITIONS]: [['participants.best >= 100', 'large_rally']] },
  study_label_missing: { [CARD]: [['ru: Форма, ', '']] },
  study_sensitivity_missing: { [CARD]: [['en: Form}, sensitivity: statistical', 'en: Form}']] },
  study_sensitivity_low: {
    [CARD]: [
      ['organiser, type: text', 'organiser, type: attachment'],
      ['sensitivity: identity', 'sensitivity: statistical'],
    ],
  },
  study_field_needs: { [CARD]: [['list: realisation, ', '']] },
  study_field_key_unfit: { [CARD]: [['type: duration,', 'type: duration, several: true,']] },
  study_expression_syntax: { [CONDITIONS]: [['participants.best >= 100', '(participants.best']] },
  study_expression_type: { [CONDITIONS]: [['participants.best >= 100', 'participants.best']] },
  study_field_unknown: { [CONDITIONS]: [['participants.best >= 100', 'participant.best >= 1']] },
  study_code_unknown: { [CONDITIONS]: [["form = 'rally'", "form = 'raly'"]] },
  study_base_missing: { 'street/study.yaml': [['base@3', 'base@2']] },
  study_unit_division: { [TABLES]: [['"sum(police.best)"', '"count"']] },
  study_upgrade_missing: { [CARD]: [['version: 1', 'version: 2']] },
  study_dates_reversed: { 'street/study.yaml': [['start: 2018-01-01', 'start: 2019-01-01']] },
  study_date_impossible: { 'street/study.yaml': [['end: 2018-12-31', 'end: 2018-12-32']] },
  table_field_unknown: { [TABLES]: [['{sum: persons', '{sum: person']] },
  table_definition: { [TABLES]: [['{sum: persons', '{sum: kind']] },
  snapshot_identity_field: { [CONDITIONS]: [["form = 'rally'", "organiser = 'x'"]] },
};

describe.each(Object.entries(FAULTS))('%s', (code, edits) => {
  const problems = problemsOf(edits);

  test('is found', () => {
    expect(problems.map((p) => p.code)).toContain(code);
  });

  test.each(LANGUAGES)('is told in %s with its place and the next step', (language) => {
    for (const p of problems) {
      const text = problemText(messages, language, p);
      expect(text).toMatch(/^[\w/.]+(:\d+:\d+)?: ./u);
      expect(text.replace('{text: …, review: needed}', '')).not.toMatch(/undefined|\{|\bselect\b/u);
    }
  });
});
