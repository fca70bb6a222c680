import { describe, expect, it } from 'vitest';
import { aStudy, type Edits } from '../../tests/builders/study-files.ts';
import type { Instrument } from '../study/index.ts';
import { dayNumber } from '../vocabulary/index.ts';
import type { EntryValues } from './entry.ts';
import { validateValues } from './validate-values.ts';

const CARD = 'street/instruments/gathering.yaml';
const good: EntryValues = {
  number: 1,
  date: '2018-05-21',
  place: 'river',
  form: 'rally',
  realisation: 'held',
};
const today = dayNumber(2018, 6, 1);

/** Problems of a good card with these answers instead, as `code field reason`. */
const problems = (values: EntryValues, edits: Edits = {}): readonly string[] => {
  const study = aStudy(edits);
  const found = validateValues(
    study,
    study.instruments.get('gathering') as Instrument,
    { ...good, ...values },
    today,
  );
  return found.map((p) => [p.code, p.at?.field, p.details.reason].filter((x) => x !== undefined).join(' '));
};
const row = (values: EntryValues): EntryValues => ({ sanctions: [{ row_id: 'r1', values }] });

describe('a card in order', () => {
  it.each<[string, EntryValues]>([
    ['as it is', {}],
    ['a unit where no settlement is known', { place: 'unit:south' }],
    ['a partial, approximate date', { date: '2018-05~' }],
    ['gaps with reasons', { form: { missing: 'refused' }, minutes: { missing: 'not_recorded' } }],
    ['several codes', { tools: ['rally', 'picket'] }],
    ['bounds that rise', { 'participants.low': 10, 'participants.best': 10, 'participants.high': 40 }],
    ['rows', row({ kind: 'fine', persons: 2 })],
    ['no rows', { sanctions: [] }],
    ['a derived value that is right', { ...row({ kind: 'fine', persons: 2 }), sanctioned: 2 }],
    ['an answer that is relevant', { 'police.best': 5 }],
    ['a required question refused', { number: { missing: 'refused' } }],
  ])('%s', (_, values) => {
    expect(problems(values)).toEqual([]);
  });
});

describe('a value that is none of its field', () => {
  it.each<[string, EntryValues, string]>([
    ['an unknown code', { form: 'flashmob' }, 'record_value_invalid form code'],
    ['an unknown place', { place: 'atlantis' }, 'record_value_invalid place place'],
    ['32 May', { date: '2018-05-32' }, 'record_value_invalid date date'],
    ['31 February', { date: '2018-02-31' }, 'record_value_invalid date date'],
    ['text in a number', { minutes: 'long' }, 'record_value_invalid minutes integer'],
    ['a negative count', { 'participants.best': -1 }, 'record_value_invalid participants.best count'],
    [
      'low above high',
      { 'participants.low': 50, 'participants.high': 40 },
      'record_value_invalid participants order',
    ],
    [
      'best above high',
      { 'participants.best': 50, 'participants.high': 40 },
      'record_value_invalid participants order',
    ],
    ['a code twice', { tools: ['rally', 'rally'] }, 'record_value_invalid tools list'],
    ['an unknown code among several', { tools: ['rally', 'x'] }, 'record_value_invalid tools code'],
    ['text for rows', { sanctions: 'fine' }, 'record_value_invalid sanctions rows'],
    ['an unknown code in a row', row({ kind: 'prison' }), 'record_value_invalid sanctions[r1].kind code'],
    ['an unknown field', { colour: 'red' }, 'record_value_invalid colour unknown_field'],
    [
      'an unknown field in a row',
      row({ kind: 'fine', colour: 'red' }),
      'record_value_invalid sanctions[r1].colour unknown_field',
    ],
    [
      'a derived value that is wrong',
      { ...row({ kind: 'fine', persons: 2 }), sanctioned: 7 },
      'record_value_invalid sanctioned derived',
    ],
  ])('%s', (_, values, expected) => {
    expect(problems(values)).toEqual([expected]);
  });
  it.each([
    [
      'money',
      'type: money, decimals: 2',
      { 'minutes.amount': '10.123', 'minutes.currency': 'KZT' },
      'record_value_invalid minutes.amount decimal',
    ],
    [
      'a currency',
      'type: money, decimals: 2',
      { 'minutes.amount': '10.12', 'minutes.currency': 'tenge' },
      'record_value_invalid minutes.currency currency',
    ],
    ['a time', 'type: time', { minutes: '24:00' }, 'record_value_invalid minutes time'],
    ['a scale', 'type: scale, scale: {min: 1, max: 7}', { minutes: 8 }, 'record_value_invalid minutes scale'],
  ] as const)('%s', (_, type, values, expected) => {
    expect(
      problems(values, { [CARD]: [['name: minutes, type: duration', `name: minutes, ${type}`]] }),
    ).toEqual([expected]);
  });
});

describe('rules between answers', () => {
  it('an answer to a question that was not to be asked', () => {
    expect(problems({ realisation: 'prevented', 'police.best': 5 })).toEqual([
      'record_not_relevant police.best',
    ]);
  });
  it('not asked where it was not to be asked is in order', () => {
    expect(problems({ realisation: 'prevented', 'police.best': { missing: 'not_asked' } })).toEqual([]);
  });
  it('a required question without an answer', () => {
    expect(problems({ number: { missing: 'not_recorded' } })).toEqual(['record_required number']);
  });
  it('a required question is not asked of those it does not concern', () => {
    const required: Edits = {
      [CARD]: [['name: police, type: count,', 'name: police, type: count, required: true,']],
    };
    expect(problems({ realisation: 'prevented' }, required)).toEqual([]);
    expect(problems({}, required)).toEqual(['record_required police']);
  });
  it('a constraint that fails', () => {
    expect(problems({ date: '2018-07-01' })).toEqual(['record_constraint date']);
  });
  const late: Edits = {
    [CARD]: [
      [
        'name: minutes, type: duration,',
        'name: minutes, type: duration, constraint: ". <= ${participants.best}",',
      ],
    ],
  };
  it('a constraint that cannot be told does not fail', () => {
    expect(problems({ minutes: 50 }, late)).toEqual([]);
    expect(problems({ minutes: 50, 'participants.best': 10 }, late)).toEqual(['record_constraint minutes']);
  });
  it('`.` of a count is its best estimate', () => {
    const few: Edits = {
      [CARD]: [['name: police, type: count,', 'name: police, type: count, constraint: ". <= 100",']],
    };
    expect(problems({ 'police.best': 101 }, few)).toEqual(['record_constraint police']);
    expect(problems({ 'police.best': 100 }, few)).toEqual([]);
  });
  it('shares sum to 100, exactly', () => {
    const shares: Edits = {
      [CARD]: [['name: minutes, type: duration', 'name: minutes, type: shares, list: form']],
    };
    const parts = (...percents: readonly (number | string)[]): EntryValues => ({
      minutes: percents.map((percent, i) => ({
        row_id: `s${i}`,
        values: { code: ['rally', 'picket', 'single_picket'][i] ?? '', percent },
      })),
    });
    expect(problems(parts(50, 30, 20), shares)).toEqual([]);
    expect(problems(parts(50, 30, 21), shares)).toEqual(['record_value_invalid minutes shares']);
  });
  it('an identity field is never among plain values', () => {
    expect(problems({ organiser: 'somebody' })).toEqual(['identity_needs_sealing organiser']);
  });
});
