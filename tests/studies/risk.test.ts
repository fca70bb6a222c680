import { beforeAll, describe, expect, test } from 'vitest';
import { type EntryValues, foldRecord } from '../../src/records/index.ts';
import { type Cell, countTables, findCell, type Table } from '../../src/tables/index.ts';
import { isMissing, roundTo } from '../../src/vocabulary/index.ts';
import { builtInStudies, studyFromFolders } from '../../src/workspace/index.ts';
import { aLeaf, id } from '../builders/entries.ts';
import { freeze } from '../snapshot/freezing.ts';

// Methodology 4.5: what every combination of three answers from 1 to 7 gives, one interview each.
const { study } = studyFromFolders([builtInStudies()], 'defenders');
const SCORES = [1, 2, 3, 4, 5, 6, 7];
const combinations = SCORES.flatMap((threats) =>
  SCORES.flatMap((vulnerability) =>
    SCORES.map((resources): EntryValues => ({ threats, vulnerability, resources, safety: 4 })),
  ),
);

/** A verified interview of a person of their own, who agreed to the analysis. */
const anInterview = (answers: EntryValues, i: number) => {
  const records = [
    [
      'respondent',
      id(10_000 + i),
      { code: `R-${i}`, respondent_type: 'individual', 'consent.analysis': 'yes' },
    ],
    [
      'indicator_interview',
      id(20_000 + i),
      { person: id(10_000 + i), wave: 'q1', date: '2015-09-01', respondent_type: 'individual', ...answers },
    ],
  ] as const;
  return records.map(([instrument, record_id, values]) => {
    const entry = (place: number): string =>
      id(100_000 + 1_000 * Number(instrument === 'respondent') + 10 * i + place);
    const acts = [
      { kind: 'submit', values: { place: 'almaty', ...values } },
      { kind: 'assess', author: 'beket', values: { evidence: 'verified' } },
      { kind: 'verify', author: 'beket' },
    ];
    return foldRecord(
      acts.map((act, n) =>
        aLeaf({
          study: 'defenders',
          instrument,
          record_id,
          entry_id: entry(n),
          parents: n === 0 ? [] : [entry(n - 1)],
          ...act,
        }),
      ),
      study.instruments.get(instrument),
    );
  });
};

let table: Table;
beforeAll(async () => {
  const snapshot = await freeze(combinations.flatMap(anInterview), { study });
  const tables = study.tables.filter((t) => t.id === 'ind.risk.by_quarter');
  [table] = countTables(study, snapshot, tables) as [Table];
}, 60_000);
const cell = (measure: string): Cell => findCell(table, `ind.risk.by_quarter/_total/_/${measure}`) as Cell;
const shown = (measure: string, decimals: number): string => {
  const { value } = cell(measure);
  return isMissing(value) ? value.missing : roundTo(value, decimals);
};

describe('risk over all 343 combinations of answers', () => {
  test.each([
    ['n', 0, '343'],
    ['people', 0, '343'],
    ['mean', 2, '5.93'],
    ['median', 1, '3.5'],
    ['gm', 2, '3.38'],
    ['sd', 2, '7.17'],
    ['above7', 1, '23.6'],
    ['min', 6, '0.142857'],
    ['max', 0, '49'],
  ])('%s', (measure, decimals, expected) => {
    expect(shown(measure, decimals)).toBe(expected);
  });
  test('its mean is marked: it lies over half above the geometric mean', () => {
    expect(cell('mean').flags).toContain('carried_by_few');
  });
});
