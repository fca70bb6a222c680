import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { committedSample, sampleFiles } from '../../tools/samples/assemblies.ts';
import { parseRows, readRows } from './sample-organisation.ts';

const folder = join(import.meta.dirname, '../../studies/assemblies/sample');
const { rows: all } = readRows(join(folder, 'assemblies.csv'));
const { rows: cases } = readRows(join(folder, 'proceedings.csv'));

type Row = Record<string, string>;
/** The counting rule, by hand: people gathered, and somebody confirmed it. */
const counted = all.filter(
  (r) =>
    ['состоялось', 'условно состоялось'].includes(r['Состоялось'] ?? '') && r['Подтверждение'] !== 'слух',
);
const punished = cases.filter((r) => r['За что'] === 'за участие');

const city = (r: Row, heading = 'Город'): string =>
  ['Талдыкорган', 'Алматинская обл.'].includes(r[heading] ?? '')
    ? 'Талдыкорган и область'
    : (r[heading] ?? '');
const tally = (
  rows: readonly Row[],
  key: (r: Row) => string,
  amount: (r: Row) => number = () => 1,
): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const row of rows) found[key(row)] = (found[key(row)] ?? 0) + amount(row);
  return found;
};
const number = (heading: string) => (r: Row) => Number(r[heading]);
const total = (heading: string): number => counted.reduce((sum, r) => sum + Number(r[heading]), 0);
const having = (test: (r: Row) => boolean): number => counted.filter(test).length;

describe('the sample', () => {
  it.each([...committedSample()])('%s: the generator writes the committed bytes', (name, text) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });
  it('every row is verified by another person after it was filled, late only in the last week of the year', () => {
    const day = (written = ''): string => written.split('.').toReversed().join('-');
    const { rows: nils } = readRows(join(folder, 'nil_reports.csv'));
    const rows = [...all, ...cases, ...nils];
    expect(rows.filter((r) => r['Кто заполнил'] === r['Кто проверил'])).toEqual([]);
    expect(rows.filter((r) => day(r['Проверено']) <= day(r['Заполнено']))).toEqual([]);
    const late = rows.filter((r) => day(r['Проверено']) > '2018-12-31');
    expect(late.map((r) => r['Неделя (понедельник)'])).toEqual(['24.12.2018', '24.12.2018']);
  });
  it.each([1, 2, 3, 4, 5])('seed %i gives another sample with the same margins', (seed) => {
    const text = sampleFiles(seed).get('assemblies.csv') ?? '';
    expect(text).not.toBe(committedSample().get('assemblies.csv'));
    const { rows } = parseRows(text);
    const margins = (of: readonly Row[], column: string) => tally(of, (r) => r[column] ?? '');
    for (const column of [
      'Почему не обращались',
      'Прокурор был',
      'Акимат предупредил',
      'Полиция была',
      'Форма',
      'Тема',
    ])
      expect(margins(rows, column)).toEqual(margins(all, column));
    expect(tally(rows, city, number('Полицейских'))).toEqual(tally(all, city, number('Полицейских')));
    expect(tally(rows, city, number('Длилось, мин'))).not.toEqual(tally(all, city, number('Длилось, мин')));
  });
  it('the two invented people verify each other’s cards, never their own', () => {
    const pairs = new Set([...all, ...cases].map((r) => `${r['Кто заполнил']} ${r['Кто проверил']}`));
    expect([...pairs].sort()).toEqual(['M-01 M-02', 'M-02 M-01']);
  });
  it('card numbers are used once', () => {
    expect(new Set(all.map((r) => r['Номер карты'])).size).toBe(all.length);
    expect(new Set(cases.map((r) => r['Номер карточки'])).size).toBe(cases.length);
  });
});

describe('counted by hand, the sample has the margins of the published tables', () => {
  const CITIES = {
    Астана: 10,
    Алматы: 6,
    Уральск: 5,
    'Талдыкорган и область': 4,
    Шымкент: 3,
    Актобе: 2,
    'Усть-Каменогорск': 1,
    Семей: 1,
  };
  it('assemblies by city', () => {
    expect(tally(counted, city)).toEqual(CITIES);
  });
  it('participants and police by city', () => {
    expect(tally(counted, city, number('Участников'))).toEqual({
      Алматы: 210,
      Астана: 130,
      Шымкент: 70,
      Уральск: 33,
      Актобе: 26,
      Семей: 25,
      'Талдыкорган и область': 29,
      'Усть-Каменогорск': 2,
    });
    expect(tally(counted, city, number('Полицейских'))).toEqual({
      Алматы: 155,
      Астана: 180,
      Шымкент: 70,
      Уральск: 37,
      Актобе: 25,
      Семей: 10,
      'Талдыкорган и область': 22,
      'Усть-Каменогорск': 0,
    });
  });
  it('assemblies with detentions and persons detained by city', () => {
    const detained = counted.filter((r) => Number(r['Задержано']) > 0);
    expect(tally(detained, city)).toEqual({
      Астана: 8,
      Уральск: 4,
      Алматы: 3,
      'Талдыкорган и область': 3,
      Актобе: 2,
      Шымкент: 1,
      Семей: 1,
    });
    expect(tally(detained, city, number('Задержано'))).toEqual({
      Астана: 116,
      Уральск: 8,
      Алматы: 158,
      'Талдыкорган и область': 3,
      Актобе: 15,
      Шымкент: 20,
      Семей: 10,
    });
  });
  it('theme groups', () => {
    expect(tally(counted, (r) => r['Группа тем'] ?? '')).toEqual({
      политика: 14,
      экономика: 4,
      'социальные вопросы': 14,
    });
  });
  it('topics with more than one assembly', () => {
    const topics = tally(counted, (r) => r['Тема'] ?? '');
    expect(
      Object.entries(topics)
        .filter(([, n]) => n > 1)
        .sort(),
    ).toEqual(
      Object.entries({
        'бесплатное образование': 3,
        'действия полиции': 2,
        'несправедливые суды': 6,
        'свобода политзаключённым': 9,
      }).sort(),
    );
    expect(Object.keys(topics)).toHaveLength(16);
  });
  it('forms', () => {
    expect(tally(counted, (r) => r['Форма'] ?? '')).toEqual({
      митинг: 10,
      'одиночный пикет': 9,
      пикет: 4,
      приковывание: 3,
      'угроза самоподжога': 1,
      'возложение цветов': 1,
      'перекрытие дороги': 1,
      голодовка: 1,
      'сбор подписей': 1,
      'попытка попасть к президенту': 1,
    });
  });
  it('organisers: two public organisations, nineteen groups, eleven individuals', () => {
    expect(tally(counted, (r) => r['Организатор'] ?? '')).toEqual({
      'общественная организация': 2,
      'стихийная группа': 19,
      одиночка: 11,
    });
  });
  it('reasons for not applying', () => {
    expect(tally(counted, (r) => r['Почему не обращались'] ?? '')).toEqual({
      принципиально: 5,
      'всё равно не разрешат': 13,
      'не знали': 3,
      спонтанно: 3,
      неизвестно: 8,
    });
  });
  it('presence and warnings of authorities', () => {
    const yes = (heading: string) => having((r) => r[heading] === 'да');
    expect(
      ['Прокурор был', 'Прокурор предупредил', 'Акимат был', 'Акимат предупредил', 'Полиция была'].map(yes),
    ).toEqual([8, 6, 8, 8, 27]);
  });
  it('a mean of 26 minutes', () => {
    expect(total('Длилось, мин') / counted.length).toBe(26);
  });
  it('sanctions by city', () => {
    const places = tally(punished, (r) => `${city(r, 'Где суд')} ${r['Наказание']}`);
    expect(tally(punished, (r) => r['Наказание'] ?? '')).toEqual({
      предупреждение: 20,
      штраф: 68,
      арест: 31,
    });
    expect(places).toEqual({
      'Астана предупреждение': 5,
      'Астана штраф': 56,
      'Астана арест': 6,
      'Алматы предупреждение': 1,
      'Алматы штраф': 9,
      'Алматы арест': 9,
      'Актобе предупреждение': 12,
      'Актобе арест': 3,
      'Семей штраф': 3,
      'Семей арест': 7,
      'Уральск предупреждение': 1,
      'Уральск арест': 4,
      'Талдыкорган и область предупреждение': 1,
      'Талдыкорган и область арест': 2,
    });
  });
  it('22 assemblies reached a court, three of them without detention', () => {
    const tried = counted.filter((r) => r['Карточки дел'] !== '');
    expect(tried).toHaveLength(22);
    expect(tried.filter((r) => r['Задержано'] === '0')).toHaveLength(3);
  });
  it('every case belongs to one card, and every case a card names exists', () => {
    const named = all.flatMap((r) => (r['Карточки дел'] ?? '').split('; ').filter((n) => n !== ''));
    expect([...named].sort()).toEqual(cases.map((r) => r['Номер карточки'] ?? '').sort());
  });
  it('thirty persons were sentenced for the intention only', () => {
    expect(cases.length - punished.length).toBe(30);
  });
});

describe('the sample keeps what every card must', () => {
  it('detained and tried persons do not outnumber participants', () => {
    const wrong = counted.filter((r) => {
      const tried = (r['Карточки дел'] ?? '').split('; ').filter((n) => n !== '').length;
      return Math.max(Number(r['Задержано']), tried) > Number(r['Участников']);
    });
    expect(wrong).toEqual([]);
  });
  it('a single picket has one participant, a detention has police', () => {
    expect(having((r) => r['Форма'] === 'одиночный пикет' && r['Участников'] !== '1')).toBe(0);
    expect(having((r) => r['Задержано'] !== '0' && r['Полиция была'] !== 'да')).toBe(0);
  });
  it('the first day of the campaign brought 300 to 350 people to four cities', () => {
    const first = counted.filter((r) => r['Кампания'] === 'ДВК' && r['Дата'] === '10.05.2018');
    const people = first.reduce((sum, r) => sum + Number(r['Участников']), 0);
    expect([new Set(first.map((r) => r['Город'])).size, people >= 300 && people <= 350]).toEqual([4, true]);
  });
  it.each([
    ['10.01.2018', 'Астана', { Участников: '25', Задержано: '25', Форма: 'попытка попасть к президенту' }],
    ['09.08.2018', 'Алматы', { Участников: '3', Задержано: '0', Тема: 'против стигматизации женщин' }],
    ['10.07.2018', 'Шымкент', { Участников: '7', Форма: 'угроза самоподжога' }],
  ])('the event told for %s in %s is there', (date, place, facts) => {
    const card = counted.find((r) => r['Дата'] === date && r['Город'] === place);
    expect(card).toMatchObject(facts);
  });
  it('the road block of 16 October ended without detention and court', () => {
    const card = counted.find((r) => r['Дата'] === '16.10.2018' && r['Форма'] === 'перекрытие дороги');
    expect(card).toMatchObject({
      Задержано: '0',
      'Карточки дел': '',
      'Прокурор был': 'да',
      'Полиция была': 'да',
    });
  });
  it('both the city and its region stand for the published row that joins them', () => {
    const places = new Set(counted.map((r) => r['Город']));
    expect([places.has('Талдыкорган'), places.has('Алматинская обл.')]).toEqual([true, true]);
  });
});
