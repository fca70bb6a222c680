import { describe, expect, test } from 'vitest';
import { parsePartialDate } from '../vocabulary/index.ts';
import {
  bandOf,
  canonicalUrl,
  comparableWord,
  compareRecords,
  jaroWinkler,
  type Linkable,
  linkageCandidates,
  nameParts,
  nameSimilarity,
  tooFarApart,
} from './index.ts';

describe('Jaro-Winkler', () => {
  // Winkler 1990 and the usual test words.
  test.each([
    ['martha', 'marhta', 0.961],
    ['dixon', 'dicksonx', 0.813],
    ['dwayne', 'duane', 0.84],
    ['abc', 'xyz', 0],
    ['', '', 1],
    ['a', '', 0],
  ])('%s and %s: %f', (one, other, similarity) => {
    expect(jaroWinkler(one, other)).toBeCloseTo(similarity, 3);
  });
});

describe('a word is compared without', () => {
  test.each([
    ['composed letters', 'Әйгүл', 'Әйгүл'.normalize('NFD')],
    ['Latin look-alikes inside Cyrillic', 'Каратаев', 'Kаратаeв'],
    ['е and ё', 'Семёнов', 'Семенов'],
    ['letters of Kazakh', 'Өміржанқұлһі', 'Омиржанкулхи'],
    ['script', 'Жанболат', 'Zhanbolat'],
    ['the way of writing sounds', 'Dzhanbolat', 'Janbolat'],
    ['case', 'БАЛТАЕВ', 'Балтаев'],
    ['Latin look-alikes of capitals and of Kazakh letters', 'ШАҺМӘРДАН НҮРОВ', 'ШАhMƏPДАH HYPOB'],
    ['Cyrillic look-alikes inside Latin', 'Zhanbolat', 'Zhаnbоlаt'],
    ['an i inside Cyrillic', 'Солтүстік', 'Солтүстiк'],
    ['Kazakh letters of Latin script', 'Шыңғысқан', 'Şyñğysqan'],
    ['dotless i', 'Тілек', 'Tılek'],
    ['a y before e', 'Ерлан', 'Yerlan'],
  ])('%s: %s and %s', (_, one, other) => {
    expect(comparableWord(one)).toBe(comparableWord(other));
  });
});

describe('a name', () => {
  test.each([
    'Балтарұлы',
    'Балтарқызы',
    'Балтаркызы',
    'Балтар ұлы',
    'Балтар қызы',
    'Балтарович',
    'Балтаровна',
    'Baltaruly',
    'Baltarqyzy',
    'Baltarovich',
  ])("has the father's name apart: %s", (written) => {
    const parts = nameParts(`Балдаров Гүлмар ${written}`);
    expect([parts.words, parts.father]).toEqual([['baldarov', 'gulmar'], 'baltar']);
  });
  test('of two words has none, whatever its end', () => {
    expect(nameParts('Балтарович Гүлмар').father).toBeUndefined();
  });
  test('of two letters is a word, one letter is an initial', () => {
    expect(nameParts('Ли Б.')).toEqual({ words: ['li'], initials: ['b'], father: undefined });
  });
  test('may have initials of two Latin letters, with a dot behind them', () => {
    expect(nameParts('Baldarov Zh.Yu.')).toEqual(nameParts('Балдаров Ж.Ю.'));
  });
  test("may be a given name with the father's name alone", () => {
    const similarity = nameSimilarity('Балдаров Гүлмар Балтарұлы', 'Гүлмар Балтарұлы');
    expect(similarity).toBeGreaterThan(nameSimilarity('Балдаров Гүлмар Балтарұлы', 'Гүлмар Шыңнарұлы'));
    expect(similarity).toBeGreaterThan(0.93);
  });
  test("is less alike where the fathers' names contradict", () => {
    const [one, same, other] = ['Ұлжанұлы', 'Улжанулы', 'Шыңнарұлы'].map((p) => `Балдаров Гүлмар ${p}`);
    expect(nameSimilarity(one ?? '', same ?? '')).toBeGreaterThan(nameSimilarity(one ?? '', other ?? ''));
  });
});

test.each([
  ['https://www.example.org/a/?utm_source=x#top', 'http://example.org/a'],
  ['https://example.org/a?id=1&fbclid=2', 'https://example.org/a?id=1'],
])('%s is the page %s', (one, other) => {
  expect(canonicalUrl(one)).toBe(canonicalUrl(other));
});
test('two pages of one site that differ by a query are two', () => {
  expect(canonicalUrl('https://example.org/a?id=1')).not.toBe(canonicalUrl('https://example.org/a?id=2'));
});

const aRecord = (recordId: string, date: string, given: Partial<Linkable> = {}): Linkable => ({
  recordId,
  receivedAt: recordId,
  date: parsePartialDate(date),
  place: 'almaty',
  unit: 'almaty',
  codes: new Map([
    ['kind', new Set(['assault'])],
    ['role', new Set(['activist'])],
  ]),
  url: undefined,
  distinctBy: new Set(),
  names: [],
  ...given,
});

describe('candidates', () => {
  const day1 = aRecord('a', '2015-09-01');
  test.each(['2015-09-01', '2015-09-02', '2015-09-03', '2015-09-04'])(
    'are found within three days: %s',
    (date) => {
      expect(
        linkageCandidates([aRecord('b', date), day1]).map((c) => [c.one.recordId, c.other.recordId]),
      ).toEqual([['a', 'b']]);
    },
  );
  test('are not looked for further away', () => {
    expect(linkageCandidates([day1, aRecord('b', '2015-09-09')])).toEqual([]);
  });
  test('of another unit are found by the page they cite', () => {
    const page = { url: 'example.org/a' };
    const other = aRecord('b', '2015-09-02', { ...page, place: 'astana', unit: 'astana' });
    expect(linkageCandidates([aRecord('a', '2015-09-01', page), other])).toHaveLength(1);
  });
  test('say what speaks for them, and gaps say nothing', () => {
    const { because } = compareRecords(
      day1,
      aRecord('b', '2015-09-02', { codes: new Map([['kind', new Set()]]) }),
    );
    expect(because).toEqual(['date.a_day', 'place.same']);
  });
  test('that somebody has decided on are not shown again', () => {
    expect(linkageCandidates([day1, aRecord('b', '2015-09-01')], new Set(['a:b']))).toEqual([]);
  });
  test('between the thresholds are for review', () => {
    expect([2.9, 3, 5.9, 6].map(bandOf)).toEqual(['different', 'review', 'review', 'same']);
  });
});

describe('two addresses', () => {
  const [one, other] = ['a', 'b'].map((id) => aRecord(id, '2015-09-01', { url: `example.org/${id}` }));
  const pair = [one, other].filter((r) => r !== undefined);
  test('that records cite leave them candidates', () => {
    expect(linkageCandidates(pair)).toHaveLength(1);
  });
  test('of the things themselves are two things', () => {
    expect(linkageCandidates(pair.map((r) => ({ ...r, distinctBy: new Set(['url']) })))).toEqual([]);
  });
});
test('two codes of the things themselves speak against them, unless the page is one', () => {
  const inOutlets = (url?: string) =>
    ['x', 'y'].map((outlet, i) =>
      aRecord('ab'[i] ?? '', '2015-09-01', {
        codes: new Map([['outlet', new Set([outlet])]]),
        distinctBy: new Set(['outlet', 'url']),
        url,
      }),
    );
  expect(linkageCandidates(inOutlets())).toEqual([]);
  expect(linkageCandidates(inOutlets('example.org/a'))).toHaveLength(1);
});

describe('a date that is not known to the day', () => {
  const page = aRecord('a', '2015-09-05');
  test.each(['2015-09', '2015', '2015-09-06'])('is looked for among all days that it may be: %s', (date) => {
    expect(linkageCandidates([page, aRecord('b', date)])).toHaveLength(1);
  });
  test('is not looked for elsewhere, and says less than the same day', () => {
    expect(linkageCandidates([page, aRecord('b', '2015-11')])).toEqual([]);
    const [month, day] = ['2015-09', '2015-09-05'].map((date) => compareRecords(page, aRecord('b', date)));
    expect(month?.because).toContain('date.may_be_same');
    expect(month?.score).toBeLessThan(day?.score ?? 0);
  });
});

describe('a match group', () => {
  const [a, b, c] = ['2015-09-01', '2015-09-04', '2015-09-07'].map((date, i) =>
    aRecord('abc'[i] ?? '', date),
  );
  test('does not chain: A like B and B like C do not join A and C', () => {
    const group = [a, b, c].filter((r) => r !== undefined);
    expect(linkageCandidates(group)).toHaveLength(2);
    const unlike = group.map((r, i) => ({
      ...r,
      codes: new Map([['kind', new Set(i === 1 ? ['x', 'y'] : [i === 0 ? 'x' : 'y'])]]),
    }));
    expect(tooFarApart(unlike)).toEqual(['a', 'c']);
  });
  test('does not hold two records that a person has said are different', () => {
    const alike = [aRecord('a', '2015-09-01'), aRecord('b', '2015-09-01')];
    expect(tooFarApart(alike)).toBeUndefined();
    expect(tooFarApart(alike, () => 'different')).toEqual(['a', 'b']);
  });
});
