import { describe, expect, it } from 'vitest';
import { aStudy, type Edits } from '../../tests/builders/study-files.ts';
import type { Field, Instrument } from '../study/index.ts';
import { answersOf, deriveValues } from './answers.ts';
import type { EntryValue, EntryValues } from './entry.ts';

const CARD = 'street/instruments/gathering.yaml';
const card = (edits: Edits = {}): Instrument => aStudy(edits).instruments.get('gathering') as Instrument;
const field = (instrument: Instrument, path: string): Field =>
  instrument.fields.find((f) => f.path === path) as Field;

/** Truth of a condition: the relevance of the police count. Undefined: it cannot be told. */
const truth = (condition: string, values: EntryValues): boolean | undefined => {
  const instrument = card({ [CARD]: [[`relevant: "\${realisation} = 'held'"`, `relevant: "${condition}"`]] });
  return answersOf(instrument, values).relevant(field(instrument, 'police'));
};
/** Value of an expression: the derived field `sanctioned`, with two decimals. */
const value = (expression: string, values: EntryValues): EntryValue | undefined =>
  deriveValues(
    card({
      [CARD]: [
        ['type: integer, label: {kk: Барлығы', 'type: decimal, decimals: 2, label: {kk: Барлығы'],
        ['sum(sanctions.persons)', expression],
      ],
    }),
    values,
  ).sanctioned;

const sanctions = (...persons: readonly EntryValue[]): EntryValues => ({
  sanctions: persons.map((n, i) => ({
    row_id: `r${i}`,
    values: { kind: i === 0 ? 'fine' : 'arrest', persons: n },
  })),
});
const refused = { missing: 'refused' } as const;

describe('three-valued logic', () => {
  it.each([
    ["form = 'rally' and minutes > 10", { form: 'rally', minutes: 20 }, true],
    ["form = 'rally' and minutes > 10", { form: 'rally' }, undefined],
    ["form = 'rally' and minutes > 10", { form: 'picket' }, false],
    ["form = 'rally' or minutes > 10", { form: 'rally' }, true],
    ["form = 'rally' or minutes > 10", { form: 'picket' }, undefined],
    ["not(form = 'rally')", {}, undefined],
    ["form != 'rally'", {}, undefined],
    ["form != 'rally'", { form: 'picket' }, true],
    ['present(form)', {}, false],
    ['missing(form)', { form: refused }, true],
    ["if(form = 'rally', minutes > 10, true())", { form: 'picket' }, true],
    ["if(form = 'rally', minutes > 10, true())", {}, undefined],
    ['coalesce(minutes, 30) > 10', {}, true],
  ] as const)('%s of %j is %s', (condition, values, expected) => {
    expect(truth(condition, values)).toBe(expected);
  });
});

describe('functions', () => {
  it.each([
    ["selected(tools, 'picket')", { tools: ['rally', 'picket'] }, true],
    ["selected(tools, 'picket')", { tools: [] }, false],
    ["selected(tools, 'picket')", {}, undefined],
    ['count-selected(tools) = 2', { tools: ['rally', 'picket'] }, true],
    ["any(sanctions.kind = 'arrest')", sanctions(1, 2), true],
    ["any(sanctions.kind = 'arrest')", sanctions(1), false],
    ["any(sanctions.kind = 'arrest')", {}, false],
    ['any(sanctions.persons > 5)', sanctions(1, refused), undefined],
    ["count(sanctions.kind = 'fine') = 1", sanctions(1, 2), true],
    ['count(sanctions) = 2', sanctions(1, 2), true],
    ["date >= '2018-05-01'", { date: '2018-05' }, true],
    ["date.last < '2018-06-01'", { date: '2018-05' }, true],
    ['year(date) = 2018 and month(date) = 5', { date: '2018-05-21' }, true],
    ['year(date) = 2018', {}, undefined],
    ['days(date, date) = 0', { date: '2018-05-21' }, true],
    ['days(date, date) = 0', {}, undefined],
    ["regex(date.text, '2018-.*')", { date: '2018-05-21' }, true],
    ["regex(date.text, '2018')", { date: '2018-05-21' }, false],
    ['string-length(date.text) = 7', { date: '2018-05' }, true],
    ['min(minutes, participants.best) = 3', { minutes: 3, 'participants.best': 9 }, true],
    ['max(minutes, participants.best) = 9', { minutes: 3, 'participants.best': 9 }, true],
  ] as const)('%s of %j is %s', (condition, values, expected) => {
    expect(truth(condition, values as EntryValues)).toBe(expected);
  });
  it.each([
    ['minutes div 3', { minutes: 2 }, '0.67'],
    ['minutes div 0', { minutes: 2 }, { missing: 'not_recorded' }],
    ['minutes mod 7', { minutes: 16 }, '2.00'],
    ['0.1 + 0.2 - minutes', { minutes: 0 }, '0.30'],
    ['-minutes * 2', { minutes: 3 }, '-6.00'],
    ['round(minutes div 8, 1)', { minutes: 10 }, '1.30'],
    ['int(minutes div 8)', { minutes: 15 }, '1.00'],
    ['minutes + 1', { minutes: refused }, refused],
    ['sum(sanctions.persons)', sanctions(1, 2), '3.00'],
    ['sum(sanctions.persons)', sanctions(1, refused), '1.00'],
    ['sum(sanctions.persons)', sanctions(refused), refused],
    ['sum(sanctions.persons)', {}, '0.00'],
  ] as const)('%s of %j is %j', (expression, values, expected) => {
    expect(value(expression, values as EntryValues)).toEqual(expected);
  });
});

describe('answers as they go into an entry', () => {
  it('what is not relevant is not asked, whatever was typed before', () => {
    const values = deriveValues(card(), { realisation: 'prevented', 'police.best': 5 });
    expect(values).toMatchObject({
      'police.best': { missing: 'not_asked' },
      'police.low': { missing: 'not_asked' },
    });
  });
  it('what may be relevant is left as it is', () => {
    expect(deriveValues(card(), { 'police.best': 5 })).toMatchObject({ 'police.best': 5 });
  });
  it('relevance looks at the answer that counts, not at one that was not asked', () => {
    const chained = card({
      [CARD]: [
        [
          '{name: minutes, type: duration,',
          '{name: minutes, type: duration, relevant: "${police.best} > 3",',
        ],
      ],
    });
    const values = deriveValues(chained, { realisation: 'prevented', 'police.best': 5, minutes: 10 });
    expect(values).toMatchObject({ 'police.best': { missing: 'not_asked' }, minutes: 10 });
  });
  it('derived fields are computed', () => {
    expect(deriveValues(card(), sanctions(2, 3))).toMatchObject({ sanctioned: 5 });
  });
  it('doing it twice changes nothing', () => {
    const once = deriveValues(card(), { ...sanctions(2, 3), realisation: 'prevented', 'police.best': 5 });
    expect(deriveValues(card(), once)).toEqual(once);
  });
});
