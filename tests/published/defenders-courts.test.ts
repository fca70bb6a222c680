import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMissing, toNumber } from '../../src/vocabulary/index.ts';
import { countSample, readRows } from './sample-organisation.ts';

// Hearings of the sample counted from its own file, without definitions, beside what the engine counts from the records.
const folder = join(import.meta.dirname, '../../studies/defenders/sample');
const { rows } = readRows(join(folder, 'proceedings.csv'));
const { ours } = await countSample('defenders');
const counted = (address: string): number | undefined => {
  const value = ours(address)?.value;
  return value === undefined || isMissing(value) ? undefined : toNumber(value);
};

interface Hearing {
  readonly card: string;
  readonly stage: string;
  readonly day: string;
  readonly observed: string;
}
const hearings: readonly Hearing[] = rows
  .filter((row) => row['direction'] === 'against_hrd')
  .flatMap((row) =>
    Object.keys(row)
      .filter((heading) => heading.startsWith('hearing_') && row[heading] !== '')
      .map((heading) => ({
        card: row['card_number'] ?? '',
        stage: row['stage'] ?? '',
        day: row[heading] ?? '',
        observed: row[heading.replace('hearing', 'observed')] ?? '',
      })),
  );
const QUARTERS = {
  q1: ['2015-08-01', '2015-10-31'],
  q2: ['2015-11-01', '2016-01-31'],
  q3: ['2016-03-01', '2016-05-31'],
} as const;
const inQuarter = (quarter: keyof typeof QUARTERS): readonly Hearing[] => {
  const [first, last] = QUARTERS[quarter];
  return hearings.filter(({ day }) => first <= day && day <= last);
};
const quarters = Object.keys(QUARTERS) as (keyof typeof QUARTERS)[];
const inQuarters = quarters.flatMap(inQuarter);
const different = (list: readonly Hearing[]): number => new Set(list.map((h) => h.card)).size;

describe('cases heard by quarter', () => {
  test.each(quarters)('in %s: cases, hearings, and those with a monitor', (quarter) => {
    const own = inQuarter(quarter);
    expect(counted(`crt.active/${quarter}/_/n`)).toBe(different(own));
    expect(counted(`crt.active/${quarter}/_/hearings`)).toBe(own.length);
    expect(counted(`crt.active/${quarter}/_/observed`)).toBe(own.filter((h) => h.observed === 'yes').length);
  });
  test('a case heard in several quarters is one in the total', () => {
    expect(counted('crt.active/_total/_/n')).toBe(different(inQuarters));
  });
  test('the sum of the quarters counts it in each of them, and so is more', () => {
    const sum = quarters.reduce((all, quarter) => all + different(inQuarter(quarter)), 0);
    expect(counted('crt.active/_total/_/added')).toBe(sum);
    expect(sum).toBeGreaterThan(different(inQuarters));
  });
  test('hearings of February 2016 are in no quarter and not in the total', () => {
    expect(counted('crt.active/_total/_/hearings')).toBe(inQuarters.length);
    expect(hearings.length).toBeGreaterThan(inQuarters.length);
  });
});

describe('the course of one case', () => {
  const own = hearings.filter(({ card }) => card === 'P-073' || card === 'P-113');
  const months = [...new Set(own.map((h) => h.day.slice(0, 7)))].sort();
  test('has the hearings of its trial and of its appeal, by month', () => {
    expect(new Set(own.map((h) => h.stage))).toEqual(new Set(['trial', 'appeal']));
    for (const stage of ['trial', 'appeal'])
      for (const month of months)
        expect(counted(`case.a.hearings/${stage}/${month}/n`), `${stage} ${month}`).toBe(
          own.filter((h) => h.stage === stage && h.day.startsWith(month)).length,
        );
  });
  test('has a conviction in the month of each decision', () => {
    const decided = rows
      .filter((row) => ['P-073', 'P-113'].includes(row['card_number'] ?? ''))
      .map((row) => (row['decided_on'] ?? '').slice(0, 7));
    expect(new Set(decided).size).toBe(2);
    for (const month of decided) expect(counted(`case.a.decisions/convicted/${month}/n`)).toBe(1);
  });
  test('begins with its incident and with the materials about it', () => {
    expect(counted('case.a.event/trial/2015-10/n')).toBe(1);
    expect(counted('case.a.materials/news/2015-10/n')).toBe(1);
    expect(counted('case.a.materials/analysis/2015-10/n')).toBe(1);
    expect(counted('case.a.materials/_total/_total/n')).toBe(2);
  });
});
