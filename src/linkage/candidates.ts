import { type Band, bandOf, compareRecords, type Scored } from './compare.ts';
import type { Linkable } from './linkable.ts';
import { nameParts, skeleton } from './normalise.ts';

/** Two records that may be of one thing; `one` came into the log first and would be kept. */
export interface Candidate extends Scored {
  readonly one: Linkable;
  readonly other: Linkable;
  readonly band: Exclude<Band, 'different'>;
}

/** Days within which two reports of one event differ (methodology 3). */
const REACH = 3;

/** Windows of REACH + 1 days, of each possible day its own and the next: any two days at most REACH apart share one. */
const windowsOf = (date: Linkable['date']): readonly number[] => {
  if (date === undefined) return [];
  const [first, last] = [date.firstDay, date.lastDay + REACH].map((day) => Math.floor(day / (REACH + 1)));
  return Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, i) => (first ?? 0) + i);
};

/**
 * Where a record is looked for: its unit and four days at a time, the page it cites, and for names the skeleton of each word
 * with the year. Two records that share none of these are never compared.
 */
const blocksOf = ({ date, unit, place, url, names }: Linkable): readonly string[] => {
  const where = unit ?? place ?? '';
  const year = date?.text.slice(0, 4) ?? '';
  const words = names.flatMap((name) => nameParts(name).words);
  return [
    ...windowsOf(date).map((window) => `days ${where} ${window}`),
    ...(url === undefined ? [] : [`url ${url}`]),
    ...words.map((word) => `name ${skeleton(word)} ${year}`),
  ];
};

/** Candidates for being the same, best first; `decided` are pairs (see `pairId`) on which somebody has spoken already. */
export const linkageCandidates = (
  records: readonly Linkable[],
  decided: ReadonlySet<string> = new Set(),
): readonly Candidate[] => {
  const blocks = new Map<string, Linkable[]>();
  for (const record of records)
    for (const block of new Set(blocksOf(record))) {
      const there = blocks.get(block);
      if (there === undefined) blocks.set(block, [record]);
      else there.push(record);
    }
  const seen = new Set(decided);
  const found: Candidate[] = [];
  for (const block of blocks.values())
    for (const [i, a] of block.entries())
      for (const b of block.slice(i + 1)) {
        const pair = pairId(a.recordId, b.recordId);
        if (seen.has(pair)) continue;
        seen.add(pair);
        const scored = compareRecords(a, b);
        const band = bandOf(scored.score);
        if (band === 'different') continue;
        const [one, other] = isEarlier(a, b) ? [a, b] : [b, a];
        found.push({ one, other, band, ...scored });
      }
  return found.toSorted((a, b) => b.score - a.score || (pairOf(a) < pairOf(b) ? -1 : 1));
};

const isEarlier = (a: Linkable, b: Linkable): boolean =>
  a.receivedAt === b.receivedAt ? a.recordId < b.recordId : a.receivedAt < b.receivedAt;

/** One name for a pair, whichever record is named first. */
export const pairId = (one: string, other: string): string => [one, other].toSorted().join(':');
const pairOf = ({ one, other }: Candidate): string => pairId(one.recordId, other.recordId);
