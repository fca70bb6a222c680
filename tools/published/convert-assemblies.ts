/**
 * Writes studies/assemblies/published/*.csv from the reference folder of the 2018 report (figures only: no printed
 * sentences). Run: `BAQYLAU_REFERENCE=… node tools/published/convert-assemblies.ts`. The tables of the report are on the
 * left, our codes and addresses on the right; nothing is corrected, rounded or completed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { addressOf } from './addresses-of-assemblies.ts';

type Cells = Readonly<Record<string, string>>;
/** One published number before it is written: the columns of the published format. */
interface Printed {
  readonly period: string;
  readonly value: string;
  readonly raw: string;
  readonly unit: string;
  readonly sourceTable: string;
  readonly row: string;
  readonly column: string;
  readonly relation?: string;
  readonly valueMax?: string;
  readonly notAStatistic?: boolean;
  /** Theme group of a topic. */
  readonly theme?: string;
}

const HEADINGS =
  'series,measure,period,row,value,value_raw,decimals,unit,status,source_table,break_after,reference_row,reference_column,relation,value_max';
/** The first three columns of the report's series are not calendar years: a series is not comparable across their ends. */
const BREAK_AFTER = new Set(['2010', '2011-2012', '2012-2013']);

/** Figures of a printed cell, each with its own percent sign or unit; words are left out. */
const FIGURE = /\d+(?:\.\d+)?(?:\s?%|\s?чел\.)?/g;
const WORDS = /[^\d.\s%();-]/;

/** The figure of a printed cell that is this value: of `10 (31.2%)` a count takes 10 and a share 31.2%. */
const figure = (raw: string, value: string): string => {
  if (raw === '-') return raw;
  if (WORDS.test(raw.replace(/чел\.|МС/g, ''))) return '';
  return (raw.match(FIGURE) ?? []).find((f) => Number.parseFloat(f) === Number(value)) ?? '';
};

const table = (rows: readonly Cells[]): Printed[] =>
  rows.flatMap((r) => {
    const [row, printed] = [r['code'] ?? '', r['value_raw'] ?? ''];
    const number = (column: string, value: string, unit: string): Printed => ({
      period: r['period'] ?? '',
      value,
      raw: figure(printed, value),
      unit,
      sourceTable: r['source_table'] ?? '',
      row,
      column,
      theme: r['theme'] ?? '',
      ...(row.endsWith('_min') ? { relation: 'at_least' } : {}),
    });
    const [value, share, count] = [r['value'] ?? '', r['published_share'] ?? '', r['published_count'] ?? ''];
    return [
      ...(value !== '' || printed === '-' ? [number(r['measure'] ?? '', value, r['unit'] ?? '')] : []),
      ...(share === '' ? [] : [number('published_share', share, 'percent')]),
      ...(count === '' ? [] : [number('published_count', count, 'assemblies')]),
    ];
  });

/** Terms of law, years and dates are printed figures, but no statistics. */
const NOT_STATISTICS = new Set(['year', 'years', 'date', 'laws', 'by_laws']);
const LEGAL_TERMS = new Set(['application_review_days', 'max_arrest_days', 'index_max']);

const prose = (rows: readonly Cells[]): Printed[] =>
  rows.map((r) => {
    const isDate = r['unit'] === 'date';
    const dates = isDate ? `${r['value']} ${r['value_max']}` : '';
    return {
      period: r['period'] ?? '',
      value: isDate ? '' : (r['value'] ?? ''),
      raw: isDate ? dates : figure(r['value_raw'] ?? '', r['value'] ?? ''),
      unit: r['unit'] ?? '',
      sourceTable: `text §${r['section']}`,
      row: r['id'] ?? '',
      column: r['code'] ?? '',
      relation: r['relation'] ?? 'eq',
      valueMax: isDate ? '' : (r['value_max'] ?? ''),
      notAStatistic: NOT_STATISTICS.has(r['unit'] ?? '') || LEGAL_TERMS.has(r['code'] ?? ''),
    };
  });

const EVENT_FIGURES = [
  'participants',
  'minors',
  'detained',
  'convicted',
  'fines',
  'fine_amount',
  'arrests',
  'arrest_days',
  'applications',
];
const EVENT_UNITS = new Map([
  ['arrest_days', 'days'],
  ['applications', 'applications'],
]);

const events = (rows: readonly Cells[]): Printed[] =>
  rows.flatMap((r) => {
    const base = {
      period: (r['date'] ?? '').slice(0, 4),
      sourceTable: 'event box',
      row: r['event_id'] ?? '',
    };
    const dates = ['date', 'court_date'].flatMap((column) =>
      (r[column] ?? '') === ''
        ? []
        : [
            {
              ...base,
              column,
              value: '',
              raw: (r[column] ?? '').replace('/', ' '),
              unit: 'date',
              notAStatistic: true,
            },
          ],
    );
    const figures = EVENT_FIGURES.filter((column) => /^\d+$/.test(r[column] ?? '')).map((column) => ({
      ...base,
      column,
      value: r[column] ?? '',
      raw: r[column] ?? '',
      unit: column === 'fine_amount' ? (r['fine_unit'] ?? '') : (EVENT_UNITS.get(column) ?? 'persons'),
      relation: column === 'participants' && r['participants_approx'] === 'approx' ? 'approx' : 'eq',
    }));
    return [...dates, ...figures];
  });

const laws = (rows: readonly Cells[]): Printed[] =>
  rows
    .filter((r) => r['value'] !== '')
    .map((r) => ({
      period: 'all',
      value: r['value'] ?? '',
      raw: r['value'] ?? '',
      unit: r['unit'] ?? '',
      sourceTable: 'text §2',
      row: [r['law_code'], r['provision']?.replace(' ', '_'), r['subject'], r['sanction']]
        .filter((p) => p)
        .join('.'),
      column: 'value',
      relation: r['limit_type'] === 'max' ? 'max' : 'eq',
      notAStatistic: true,
    }));

const readers = new Map([
  ['text_figures', prose],
  ['events_described', events],
  ['law_penalties', laws],
]);

const decimals = (value: string): string => String(value.split('.')[1]?.length ?? 0);

const line = (file: string, p: Printed): string => {
  const ours = addressOf(file, p.column, p.row, p.theme ?? '', p.unit);
  const cells = [
    ours?.series ?? '',
    ours?.measure ?? '',
    p.period,
    ours?.row.join('.') ?? '',
    p.value,
    p.raw,
    p.value === '' ? '' : decimals(p.value),
    p.unit,
    p.notAStatistic === true ? 'not_a_statistic' : 'as_printed',
    p.sourceTable,
    String(BREAK_AFTER.has(p.period)),
    p.row,
    p.column,
    p.relation ?? 'eq',
    p.valueMax ?? '',
  ];
  const bad = cells.find((c) => /[",\n]/.test(c));
  if (bad !== undefined)
    throw new RangeError(`${file}: ${p.row}: a plain cell cannot hold ${JSON.stringify(bad)}`);
  return cells.join(',');
};

/** The text of every published file, by stem, from the reference folder. */
export const convertAssemblies = (reference: string): ReadonlyMap<string, string> => {
  const folder = join(reference, 'assemblies-2018');
  const stems = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => basename(name, '.csv'))
    .sort();
  return new Map(
    stems.map((stem) => {
      const rows = parse(readFileSync(join(folder, `${stem}.csv`), 'utf8'), { columns: true }) as Cells[];
      const printed = (readers.get(stem) ?? table)(rows);
      return [stem, `${[HEADINGS, ...printed.map((p) => line(stem, p))].join('\n')}\n`];
    }),
  );
};

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const reference = process.env['BAQYLAU_REFERENCE'] ?? join(root, '../shared/reference');
  if (!existsSync(join(reference, 'assemblies-2018')))
    throw new Error(`no reference folder at ${reference}: set BAQYLAU_REFERENCE`);
  for (const [stem, text] of convertAssemblies(reference)) {
    writeFileSync(join(root, 'studies/assemblies/published', `${stem}.csv`), text);
    console.log(`${stem}.csv: ${text.trimEnd().split('\n').length - 1} numbers`);
  }
}
