import { expect, test } from 'vitest';
import { type Linkable, linkageCandidates } from '../../src/linkage/index.ts';
import { parsePartialDate } from '../../src/vocabulary/index.ts';
import { chance, labelledNames, pick } from './labelled-pairs.ts';

const blank = {
  codes: new Map(),
  url: undefined,
  names: [],
  date: undefined,
  place: undefined,
  unit: undefined,
};

/** Pairwise precision and recall (HRDAG) of what is proposed, blocking included. */
const measured = (
  name: string,
  pairs: readonly (readonly [Linkable, Linkable, boolean, string])[],
): { readonly precision: number; readonly recall: number } => {
  const proposed = pairs.map(([one, other]) => linkageCandidates([one, other]).length > 0);
  const hits = pairs.filter(([, , same], i) => same && proposed[i]).length;
  const precision = hits / proposed.filter(Boolean).length;
  const recall = hits / pairs.filter(([, , same]) => same).length;
  const missed = pairs.filter(([, , same], i) => same !== proposed[i]).map(([, , , how]) => how);
  const by = Object.entries(Object.groupBy(missed, (how) => how)).map(
    ([how, all]) => `${how}: ${all?.length}`,
  );
  process.stdout.write(
    `linkage of ${name}, ${pairs.length} labelled pairs: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; wrong: ${by.join(', ') || 'none'}\n`,
  );
  return { precision, recall };
};

test('persons are proposed by name with a precision and a recall of nine tenths', () => {
  const record = (recordId: string, name: string): Linkable => ({
    ...blank,
    recordId,
    receivedAt: recordId,
    names: [name],
  });
  const pairs = labelledNames(400, 1).map(
    ({ one, other, same, how }) => [record('a', one), record('b', other), same, how] as const,
  );
  const { precision, recall } = measured('persons', pairs);
  expect(precision).toBeGreaterThan(0.9);
  expect(recall).toBeGreaterThan(0.9);
});

test('incidents are proposed by their statistical fields with a precision and a recall of nine tenths', () => {
  const next = chance(2);
  const day = (n: number): string => new Date(Date.UTC(2015, 7, 1 + n)).toISOString().slice(0, 10);
  const KINDS = [
    'trial',
    'assault',
    'police_detention',
    'civil_claim',
    'verbal_threat',
    'site_block',
    'dismissal',
  ];
  const ROLES = ['activist', 'journalist_media', 'hrd_head', 'union_leader', 'lawyer'];
  const UNITS = ['almaty', 'astana', 'karaganda', 'atyrau', 'kostanay', 'aktobe'];
  const anIncident = (
    recordId: string,
    at: number,
    unit: string,
    codes: readonly string[],
    url: string,
  ): Linkable => ({
    ...blank,
    recordId,
    receivedAt: recordId,
    date: parsePartialDate(day(at)),
    place: unit,
    unit,
    codes: new Map(['kind', 'role', 'party'].map((path, i) => [path, new Set([codes[i] ?? ''])])),
    url,
  });
  const codes = (): string[] => [
    pick(KINDS, next),
    pick(ROLES, next),
    pick(['police', 'court', 'akimat', 'unknown'], next),
  ];
  const pairs = Array.from({ length: 600 }, (_, i) => {
    const [at, unit, told, url] = [Math.floor(next() * 90), pick(UNITS, next), codes(), `example.org/${i}`];
    const one = anIncident('a', at, unit, told, url);
    if (i % 2 === 0) {
      // The same event from another source: often a day later, sometimes with one thing told otherwise.
      const again = [...told];
      if (next() < 0.3) again[Math.floor(next() * 3)] = codes()[0] ?? '';
      const shift = pick([0, 0, 0, 0, 1, 1, 2, 3], next);
      const page = next() < 0.3 ? url : `example.org/other/${i}`;
      return [one, anIncident('b', at + shift, unit, again, page), true, `same, ${shift} days`] as const;
    }
    // Another event of the same region within the same week.
    const other = anIncident('b', at + Math.floor(next() * 7), unit, codes(), `example.org/other/${i}`);
    return [one, other, false, 'another event near by'] as const;
  });
  const { precision, recall } = measured('incidents', pairs);
  expect(precision).toBeGreaterThan(0.9);
  expect(recall).toBeGreaterThan(0.9);
});
