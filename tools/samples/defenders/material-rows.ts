import type { Row } from '../columns.ts';
import type { Random } from '../random.ts';
import { COVERED, MATERIALS, NEGATIVE, OUTLETS } from './incident-counts.ts';
import type { Filed } from './incident-rows.ts';
import { reviewed } from './people.ts';
import { laterIn } from './quarters.ts';

interface Outlet {
  readonly code: string;
  readonly kind: string;
  readonly scope: string;
  readonly language: string;
}

const PANEL = 60;

/** The monitored outlets: mostly online, mostly national, mostly in Russian. */
export const outlets = (random: Random): readonly Outlet[] =>
  Array.from({ length: PANEL }, (_, i) => ({
    code: `O-${String(i + 1).padStart(2, '0')}`,
    kind: random.pick(['internet', 'internet', 'internet', 'internet', 'print', 'tv', 'hr_site']),
    scope: i < 2 ? 'foreign' : random.pick(['national', 'national', 'national', 'local']),
    language: i < 2 ? 'foreign' : random.pick(['ru', 'ru', 'ru', 'bilingual', 'kk']),
  }));

const FILLED = '2015-08-03';
export const outletRows = (random: Random, panel: readonly Outlet[]): readonly Row[] =>
  panel.map((outlet) => ({ ...outlet, ...reviewed(random, 'almaty', FILLED) }));

const languageOf = (random: Random, { language }: Outlet): string =>
  language === 'bilingual' ? random.pick(['ru', 'ru', 'kk']) : language;

/** Materials of a quarter: each covered incident in one at least, each outlet of the quarter with one at least. */
const ofQuarter = (
  random: Random,
  quarter: number,
  filed: readonly Filed[],
  panel: readonly Outlet[],
): readonly Row[] => {
  const own = random.shuffle(filed.filter((f) => f.incident.quarter === quarter)).slice(0, COVERED[quarter]);
  const used = random.shuffle(panel).slice(0, OUTLETS[quarter]);
  const before: { readonly number: string; readonly date: string }[] = [];
  return Array.from({ length: MATERIALS[quarter] ?? 0 }, (_, i): Row => {
    const [subject, outlet] = [own[i % own.length], used[i % used.length]];
    if (subject === undefined || outlet === undefined) throw new RangeError('a quarter without incidents');
    const second = i >= own.length && random.chance(0.1) ? own[(i + 7) % own.length] : undefined;
    const latest = second !== undefined && second.date > subject.date ? second.date : subject.date;
    const written = laterIn(random, quarter, latest, 10);
    const number = `A-${quarter + 1}-${String(i + 1).padStart(2, '0')}`;
    const original = i >= own.length && random.chance(0.2) ? before[i % own.length] : undefined;
    const date = original !== undefined && original.date > written ? original.date : written;
    before.push({ number, date });
    return {
      number,
      date,
      place: subject.incident.city,
      outlet: outlet.code,
      language: languageOf(random, outlet),
      genre: random.pick(['news', 'news', 'news', 'analysis', 'multimedia']),
      tone: quarter === 0 && i < NEGATIVE ? 'negative' : random.pick(['neutral', 'neutral', 'supportive']),
      incidents: [subject.number, ...(second === undefined ? [] : [second.number])],
      ...(original === undefined ? {} : { reprint_of: original.number }),
      url: `https://example.org/${number}`,
      ...reviewed(random, subject.incident.city, date),
    };
  });
};

export const materialRows = (
  random: Random,
  filed: readonly Filed[],
  panel: readonly Outlet[],
): readonly Row[] => [0, 1, 2].flatMap((quarter) => ofQuarter(random, quarter, filed, panel));
