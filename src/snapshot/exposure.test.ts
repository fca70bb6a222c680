import { expect, test } from 'vitest';
import type { Column } from './column.ts';
import { observedWeeks } from './exposure.ts';
import type { SnapshotTable } from './snapshot.ts';

type Row = { readonly unit: string | undefined; readonly day: number; readonly counted?: boolean };

const aTable = (id: string, rows: readonly Row[]): SnapshotTable => {
  const units = [...new Set(rows.map((r) => r.unit ?? ''))];
  const columns: Column[] = [
    { name: 'period', kind: 'code', dictionary: ['2018'], values: new Uint8Array(rows.length) },
    {
      name: 'unit_id',
      kind: 'code',
      dictionary: units,
      values: Uint8Array.from(rows, (r) => units.indexOf(r.unit ?? '')),
      missing: Uint8Array.from(rows, (r) => (r.unit === undefined ? 1 : 0)),
    },
    { name: 'date', kind: 'day', values: Int32Array.from(rows, (r) => r.day) },
    { name: 'counted', kind: 'boolean', values: Uint8Array.from(rows, (r) => (r.counted === false ? 0 : 1)) },
  ];
  return { id, unit: id, rows: rows.length, columns: new Map(columns.map((c) => [c.name, c])) };
};

const study = {
  counted: {
    review: [],
    evidence: '',
    fields: new Map([
      ['realisation', ['held']],
      ['statement', ['nothing_observed']],
    ]),
  },
  instruments: new Map(
    (
      [
        ['assembly', 'card', 'realisation'],
        ['proceeding', 'card', 'outcome'],
        ['nil_report', 'nil_report', 'statement'],
      ] as const
    ).map(([id, kind, path]) => [id, { id, kind, dateField: 'date', fields: [{ path }] }]),
  ),
} as unknown as Parameters<typeof observedWeeks>[0];

/** Monday, 1 January 2018. */
const MONDAY = 17532;

test('a week with a nil report and a week with a card are two weeks watched', () => {
  const tables = [
    aTable('nil_report', [{ unit: 'north_kz', day: MONDAY }]),
    aTable('assembly', [{ unit: 'north_kz', day: MONDAY + 9 }]),
  ];
  expect(observedWeeks(study, tables)).toEqual([{ period: '2018', unit: 'north_kz', weeks: 2 }]);
});

test('Monday and Sunday are one week, the next Monday is another', () => {
  const days = [MONDAY, MONDAY + 6, MONDAY + 7];
  const found = observedWeeks(study, [
    aTable(
      'nil_report',
      days.map((day) => ({ unit: 'akmola', day })),
    ),
  ]);
  expect(found).toEqual([{ period: '2018', unit: 'akmola', weeks: 2 }]);
});

test('a week in which nobody could watch is no exposure', () => {
  const rows = [
    { unit: 'akmola', day: MONDAY },
    { unit: 'akmola', day: MONDAY + 7, counted: false },
  ];
  expect(observedWeeks(study, [aTable('nil_report', rows)])).toEqual([
    { period: '2018', unit: 'akmola', weeks: 1 },
  ]);
});

test('a unit without nil reports has no exposure of its own', () => {
  expect(observedWeeks(study, [aTable('assembly', [{ unit: 'astana', day: MONDAY }])])).toEqual([]);
});

test('a court decision shows no week of watching', () => {
  const tables = [
    aTable('nil_report', [{ unit: 'akmola', day: MONDAY }]),
    aTable('proceeding', [{ unit: 'akmola', day: MONDAY + 20 }]),
  ];
  expect(observedWeeks(study, tables)).toEqual([{ period: '2018', unit: 'akmola', weeks: 1 }]);
});

test('a nil report of an unknown place says nothing', () => {
  expect(observedWeeks(study, [aTable('nil_report', [{ unit: undefined, day: MONDAY }])])).toEqual([]);
});
