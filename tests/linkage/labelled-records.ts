import type { Linkable } from '../../src/linkage/index.ts';
import { parsePartialDate } from '../../src/vocabulary/index.ts';
import { chance, labelledNames, pick } from './labelled-pairs.ts';

/** Two records of which it is known whether they are of one thing, by how they were made. */
export interface LabelledRecords {
  readonly one: Linkable;
  readonly other: Linkable;
  readonly same: boolean;
  readonly how: string;
}
type Labelled = (seed: number) => readonly LabelledRecords[];

const aRecord = (recordId: string, given: Partial<Linkable>): Linkable => ({
  recordId,
  receivedAt: recordId,
  codes: new Map(),
  url: undefined,
  distinctBy: new Set(),
  names: [],
  date: undefined,
  place: undefined,
  unit: undefined,
  ...given,
});
const coded = (codes: Readonly<Record<string, string>>): Linkable['codes'] =>
  new Map(Object.entries(codes).map(([path, code]) => [path, new Set([code])]));
const onDay = (n: number): Linkable['date'] =>
  parsePartialDate(new Date(Date.UTC(2015, 7, 1 + n)).toISOString().slice(0, 10));
const UNITS = ['almaty', 'astana', 'karaganda', 'atyrau', 'kostanay', 'aktobe'];

export const labelledPersons: Labelled = (seed) =>
  labelledNames(400, seed).map(({ one, other, same, how }) => ({
    one: aRecord('a', { names: [one] }),
    other: aRecord('b', { names: [other] }),
    same,
    how,
  }));

/** The same event from another source, often a day later and told otherwise in one thing; or another of the same region and week. */
export const labelledIncidents: Labelled = (seed) => {
  const next = chance(seed);
  const told = (): Readonly<Record<string, string>> => ({
    kind: pick(
      'trial assault police_detention civil_claim verbal_threat site_block dismissal'.split(' '),
      next,
    ),
    role: pick('activist journalist_media hrd_head union_leader lawyer'.split(' '), next),
    party: pick('police court akimat unknown'.split(' '), next),
  });
  return Array.from({ length: 600 }, (_, i): LabelledRecords => {
    const [at, unit, codes] = [Math.floor(next() * 90), pick(UNITS, next), told()];
    const where = { place: unit, unit };
    const [page, elsewhere] = [`example.org/${i}`, `example.org/other/${i}`];
    const one = aRecord('a', { ...where, date: onDay(at), codes: coded(codes), url: page });
    const b = (day: number, said: typeof codes, url: string): Linkable =>
      aRecord('b', { ...where, date: onDay(day), codes: coded(said), url });
    if (i % 2 === 1) {
      const other = b(at + Math.floor(next() * 7), told(), elsewhere);
      return { one, other, same: false, how: 'another event near by' };
    }
    const path = pick(Object.keys(codes), next);
    const again = next() < 0.3 ? { ...codes, [path]: told()[path] ?? '' } : codes;
    const days = pick([0, 0, 0, 0, 1, 1, 2, 3], next);
    return {
      one,
      other: b(at + days, again, next() < 0.3 ? page : elsewhere),
      same: true,
      how: `same, ${days} days`,
    };
  });
};

/** The same item entered by two monitors, by its address or from print; or another of the same outlet and week, or its reprint. */
export const labelledMaterials: Labelled = (seed) => {
  const next = chance(seed);
  const outlet = (): string => `outlet_${Math.floor(next() * 60)}`;
  const judged = (): Readonly<Record<string, string>> => ({
    tone: pick(['negative', 'neutral', 'positive'], next),
    genre: pick(['news', 'analysis', 'interview'], next),
  });
  return Array.from({ length: 600 }, (_, i): LabelledRecords => {
    const [at, unit, of] = [Math.floor(next() * 90), pick(UNITS, next), outlet()];
    const isPrint = next() < 0.2;
    const item = (id: string, day: number, codes: Readonly<Record<string, string>>, page: string): Linkable =>
      aRecord(id, {
        date: onDay(day),
        place: unit,
        unit,
        codes: coded(codes),
        url: isPrint ? undefined : page,
        distinctBy: new Set(['outlet', 'url']),
      });
    const said = judged();
    const one = item('a', at, { outlet: of, ...said }, `example.org/${i}`);
    const b = (days: number, codes: Readonly<Record<string, string>>, page = `example.org/other/${i}`) =>
      item('b', at + days, codes, page);
    const way = pick(['same', 'same', 'same of another day', 'another', 'reprint', 'another'], next);
    if (way.startsWith('same')) {
      const again = next() < 0.3 ? judged() : said;
      const other = b(way === 'same' ? 0 : 1, { outlet: of, ...again }, `example.org/${i}`);
      return { one, other, same: true, how: `${way}${isPrint ? ', print' : ''}` };
    }
    const other =
      way === 'reprint'
        ? b(Math.floor(next() * 2), { ...said, outlet: `${of}_b` })
        : b(Math.floor(next() * 7), { ...judged(), outlet: of });
    return { one, other, same: false, how: `${way}${isPrint ? ', print' : ''}` };
  });
};
