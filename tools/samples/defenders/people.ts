import type { Row } from '../columns.ts';
import { addDays } from '../days.ts';
import type { Random } from '../random.ts';
import { type Panellist, panel, type RespondentType } from './panel.ts';

/** A panellist with a code. All are invented; nobody has a name. */
export interface Person extends Panellist {
  readonly code: string;
  /** Two replacements joined the panel later and filled no questionnaire. */
  readonly surveyed: boolean;
}

const SURVEYED: Readonly<Record<RespondentType, number>> = { individual: 79, organisation: 52 };

/** The panel in random order of codes. Those who were not asked in the first quarters are the ones who joined later. */
export const people = (random: Random): readonly Person[] => {
  const shuffled = random.shuffle(panel());
  const late = new Set(
    (['individual', 'organisation'] as const).flatMap((type) => {
      const all = shuffled.filter((p) => p.type === type);
      return all.toSorted((a, b) => a.answers.size - b.answers.size).slice(0, all.length - SURVEYED[type]);
    }),
  );
  return shuffled.map((p, i) => ({
    ...p,
    code: `R-${String(i + 1).padStart(3, '0')}`,
    surveyed: !late.has(p),
  }));
};

/** Monitors of the sixteen regions and the two who check: codes of nobody. */
export const monitorOf = (place: string): string => `M-${MONITORED.indexOf(place) + 1}`;
const MONITORED = [
  'karaganda',
  'taraz',
  'taldykorgan',
  'atyrau',
  'kostanay',
  'uralsk',
  'kyzylorda',
  'kokshetau',
  'aktobe',
  'pavlodar',
  'petropavlovsk',
  'aktau',
  'oskemen',
  'almaty',
  'shymkent',
  'astana',
  'zhezkazgan',
];
export const CHECKERS = ['K-1', 'K-2'] as const;
export const MONITORS: readonly string[] = MONITORED.map(monitorOf);

/** Filled by the monitor of the region on a day, checked by another person some days later. */
export const reviewed = (random: Random, place: string, day: string): Row => ({
  author: monitorOf(place),
  submitted_on: day,
  vouched_by: random.pick(CHECKERS),
  verified_on: addDays(day, random.between(2, 9)),
});

const FIRST_DAY = '2015-08-03';

export const respondentRows = (random: Random, all: readonly Person[]): readonly Row[] =>
  all.map(({ code, type, place }) => ({
    code,
    respondent_type: type,
    place,
    'consent.analysis': 'yes',
    'consent.publication': 'yes',
    'consent.contact': random.chance(0.8) ? 'yes' : 'no',
    ...reviewed(random, place, addDays(FIRST_DAY, random.between(0, 20))),
  }));
