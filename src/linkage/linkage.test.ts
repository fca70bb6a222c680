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
  ])('%s: %s and %s', (_, one, other) => {
    expect(comparableWord(one)).toBe(comparableWord(other));
  });
});

describe('a name', () => {
  test.each(['Балтарұлы', 'Балтарқызы', 'Балтарович', 'Балтаровна'])(
    'has its patronymic apart: %s',
    (father) => {
      const { words, patronymic } = nameParts(`Балдаров Гүлмар ${father}`);
      expect(words).toEqual(['baldarov', 'gulmar']);
      expect(patronymic).toBe(comparableWord(father));
    },
  );
  test('of two words has none, whatever its end', () => {
    expect(nameParts('Балтарович Гүлмар').patronymic).toBeUndefined();
  });
  test('of two letters is a word, one letter is an initial', () => {
    expect(nameParts('Ли Б.')).toEqual({ words: ['li'], initials: ['b'], patronymic: undefined });
  });
  test('is less alike where patronymics contradict', () => {
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
    expect([1.9, 2, 5.9, 6].map(bandOf)).toEqual(['different', 'review', 'review', 'same']);
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
