import { CAMPAIGN_DVK, type DeckCard, deck, FIXED_DATES, themeOf } from './deck.ts';
import type { Random } from './random.ts';

/** One row of the monitor's spreadsheet: our field paths with codes; several codes in a list. */
export type Card = Readonly<Record<string, string | readonly string[]>> & {
  readonly number: number;
  readonly date: string;
};
/** A card while it is being made, before it has its columns. */
export interface Assembly extends DeckCard {
  readonly card: string;
  readonly date: string;
  readonly place: string;
  readonly duration: number;
}

/**
 * Months are published nowhere, so a day is free: no two assemblies of a city share one, and the later actions of the
 * campaign come after its first day.
 */
const dates = (random: Random, cards: readonly DeckCard[]): ReadonlyMap<number, string> => {
  const taken = new Set(
    cards.flatMap((c) => (FIXED_DATES.has(c.number) ? [`${c.city} ${FIXED_DATES.get(c.number)}`] : [])),
  );
  const free = (city: string, from: number): string => {
    const day = new Date(Date.UTC(2018, 0, random.between(from, 350))).toISOString().slice(0, 10);
    if (taken.has(`${city} ${day}`)) return free(city, from);
    taken.add(`${city} ${day}`);
    return day;
  };
  return new Map(
    cards.map((c) => [
      c.number,
      FIXED_DATES.get(c.number) ?? free(c.city, CAMPAIGN_DVK.has(c.number) ? 160 : 8),
    ]),
  );
};

/** Minutes: skewed, as in life, with the published mean of 26 (832 minutes over 32 assemblies). */
const durations = (random: Random, count: number, mean: number): readonly number[] => {
  const drawn = Array.from(
    { length: count },
    () => random.pick([5, 8, 10, 12, 15, 18, 20, 25, 30, 40, 55, 75]) + random.between(0, 4),
  );
  for (let left = mean * count - drawn.reduce((sum, m) => sum + m, 0); left !== 0; ) {
    const at = random.between(0, count - 1);
    const step = Math.sign(left);
    if ((drawn[at] ?? 0) + step < 4) continue;
    drawn[at] = (drawn[at] ?? 0) + step;
    left -= step;
  }
  return drawn;
};

/**
 * Permutes what the published tables leave free: which card has which reason, prosecutor, akimat (national margins only)
 * and how the police of a city stood over its cards. The road block keeps its officials: the report tells of them.
 */
const permuted = (random: Random, cards: readonly DeckCard[]): readonly DeckCard[] => {
  const told = 22;
  const free = cards.filter((c) => c.number !== told);
  const column = <K extends 'reason' | 'prosecutor' | 'akimat'>(key: K): ReadonlyMap<number, DeckCard[K]> => {
    const values = random.shuffle(free.map((c) => c[key]));
    return new Map(free.map((c, i) => [c.number, values[i] ?? c[key]]));
  };
  const [reasons, prosecutors, akimats] = [column('reason'), column('prosecutor'), column('akimat')];
  const police = new Map<number, number>();
  for (const city of new Set(cards.map((c) => c.city))) {
    const present = cards.filter((c) => c.city === city && c.police > 0);
    random.shuffle(present.map((c) => c.police)).forEach((n, i) => police.set(present[i]?.number ?? 0, n));
  }
  return cards.map((c) => ({
    ...c,
    reason: reasons.get(c.number) ?? c.reason,
    prosecutor: prosecutors.get(c.number) ?? c.prosecutor,
    akimat: akimats.get(c.number) ?? c.akimat,
    police: police.get(c.number) ?? 0,
  }));
};

/** Half of the published row «Taldykorgan and Almaty oblast» in the city, half known by region only. */
const placeOf = (card: DeckCard): string =>
  card.city === 'taldykorgan' && card.number % 2 === 1 ? 'unit:almaty_region' : card.city;

export const assemblies = (random: Random): readonly Assembly[] => {
  const cards = permuted(random, deck());
  const days = dates(random, cards);
  const minutes = durations(random, cards.length, 26);
  return cards
    .map((c, i) => ({ ...c, date: days.get(c.number) ?? '', place: placeOf(c), duration: minutes[i] ?? 0 }))
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.number - b.number))
    .map((c, i) => ({ ...c, card: `2018-${String(i + 1).padStart(3, '0')}` }));
};

export const isDvk = (card: DeckCard): boolean => CAMPAIGN_DVK.has(card.number);
export { themeOf };
