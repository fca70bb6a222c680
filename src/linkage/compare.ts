import { jaroWinkler } from './jaro-winkler.ts';
import type { Linkable } from './linkable.ts';
import { type NameParts, nameParts } from './normalise.ts';
import { REVIEW_FROM, SAME_FROM, WEIGHTS, weight } from './weights.ts';

/** A pair and what speaks for it, in bits; `because` names each comparison with its outcome: `date.same`. */
export interface Scored {
  readonly score: number;
  readonly because: readonly string[];
}

/** Clerical review (HRDAG): what lies between the thresholds is for a person to judge; so is all else that is proposed. */
export type Band = 'same' | 'review' | 'different';
export const bandOf = (score: number): Band =>
  score >= SAME_FROM ? 'same' : score >= REVIEW_FROM ? 'review' : 'different';

type Outcome = readonly [string, { readonly m: number; readonly u: number }] | undefined;

/** Score of two records: the sum of log2(m/u) over what both state. */
export const compareRecords = (one: Linkable, other: Linkable): Scored => {
  const outcomes: readonly Outcome[] = [
    dates(one, other),
    places(one, other),
    ...[...one.codes.keys()].map((path) => codesAlike(path, one, other)),
    urls(one, other),
    names(one, other),
  ];
  const found = outcomes.filter((o) => o !== undefined);
  return {
    score: found.reduce((sum, [, odds]) => sum + weight(odds), 0),
    because: found.map(([name]) => name),
  };
};

/** Days between two uncertain dates: none where they may be the same. */
const daysBetween = (one: NonNullable<Linkable['date']>, other: NonNullable<Linkable['date']>): number =>
  Math.max(0, one.firstDay - other.lastDay, other.firstDay - one.lastDay);

const dates = ({ date: one }: Linkable, { date: other }: Linkable): Outcome => {
  if (one === undefined || other === undefined) return undefined;
  const days = daysBetween(one, other);
  const isVague = one.precision !== 'day' || other.precision !== 'day';
  const name =
    days === 0
      ? isVague
        ? 'may_be_same'
        : 'same'
      : days === 1
        ? 'a_day'
        : days <= 3
          ? 'three_days'
          : 'further';
  return [`date.${name}`, WEIGHTS.date[name]];
};

const places = (one: Linkable, other: Linkable): Outcome => {
  if (one.place === undefined || other.place === undefined) return undefined;
  const name =
    one.place === other.place
      ? 'same'
      : one.unit !== undefined && one.unit === other.unit
        ? 'same_unit'
        : 'other';
  return [`place.${name}`, WEIGHTS.place[name]];
};

/** Of several codes one in common is enough: the two sources need not have told everything. */
const codesAlike = (path: string, one: Linkable, other: Linkable): Outcome => {
  const [codes, others] = [one, other].map((record) => [...(record.codes.get(path) ?? [])]);
  if (!codes?.length || !others?.length) return undefined;
  const name = codes.some((code) => others.includes(code)) ? 'same' : 'other';
  return [`${path}.${name}`, (one.distinctBy.has(path) ? WEIGHTS.own_code : WEIGHTS.code)[name]];
};

const urls = (one: Linkable, other: Linkable): Outcome => {
  if (one.url === undefined || other.url === undefined) return undefined;
  const name = one.url === other.url ? 'same' : 'other';
  return [`url.${name}`, (one.distinctBy.has('url') ? WEIGHTS.own_url : WEIGHTS.url)[name]];
};

const names = (one: Linkable, other: Linkable): Outcome => {
  if (one.names.length === 0 || other.names.length === 0) return undefined;
  const alike = Math.max(...one.names.flatMap((a) => other.names.map((b) => nameSimilarity(a, b))));
  const name = alike >= 0.93 ? 'alike' : alike >= 0.87 ? 'close' : alike >= 0.78 ? 'far' : 'other';
  return [`name.${name}`, WEIGHTS.name[name]];
};

/** An initial that fits says little, so it counts as half a word. */
const INITIAL = { similarity: 1, weight: 0.5 };

interface Fit {
  readonly similarity: number;
  readonly weight: number;
}

const fatherOf = ({ father }: NameParts): readonly string[] => (father === undefined ? [] : [father]);

/** Pairs each word of the shorter name with the word of the other that fits it best, in whatever order they are written. */
const fitWords = (fewer: NameParts, more: NameParts): readonly Fit[] => {
  // Given name and father's name alone are a whole name too.
  const left = [...more.words, ...(fewer.father === undefined ? fatherOf(more) : [])];
  const initials = [...more.initials];
  return fewer.words.map((word) => {
    const best = left
      .map((w) => jaroWinkler(word, w))
      .reduce((a, b, i, all) => (b > (all[a] ?? -1) ? i : a), 0);
    const similarity = left.length === 0 ? 0 : jaroWinkler(word, left[best] ?? '');
    const initial = initials.indexOf(word.slice(0, 1));
    if (similarity < 0.78 && initial >= 0) {
      initials.splice(initial, 1);
      return INITIAL;
    }
    left.splice(best, 1);
    return { similarity, weight: 1 };
  });
};

/** Similarity of two names from 0 to 1: of the words they share the place of, less where their fathers' names contradict. */
export const nameSimilarity = (one: string, other: string): number => {
  const [a, b] = [nameParts(one), nameParts(other)];
  const size = (name: NameParts): number => name.words.length + fatherOf(name).length;
  const [fewer, more] = size(a) <= size(b) ? [a, b] : [b, a];
  const fits = fitWords(fewer, more);
  const left = [
    ...more.words.filter((word) => !fewer.words.some((w) => jaroWinkler(w, word) >= 0.78)),
    ...fatherOf(more),
  ];
  const fitsInitial = (letter: string): boolean =>
    left.some((word) => word.startsWith(letter)) || more.initials.includes(letter);
  const initialFits = fewer.initials.map(
    (letter): Fit => ({ similarity: fitsInitial(letter) ? 1 : 0, weight: 0.5 }),
  );
  const all = [...fits, ...(left.length > 0 || more.initials.length > 0 ? initialFits : [])];
  const total = all.reduce((sum, fit) => sum + fit.weight, 0);
  if (total === 0) return 0;
  const mean = all.reduce((sum, fit) => sum + fit.similarity * fit.weight, 0) / total;
  // One word alone, or one word beside an initial, is shared by many people.
  const known = total < 2 ? 0.95 : 1;
  const contradicts =
    a.father !== undefined && b.father !== undefined && jaroWinkler(a.father, b.father) < 0.8;
  return mean * known * (contradicts ? 0.85 : 1);
};
