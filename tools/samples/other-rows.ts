import { reviewed } from './assembly-rows.ts';
import { themeOf } from './cards.ts';
import type { Row } from './columns.ts';

/**
 * Cards that are kept but not counted: gatherings prevented on the way or only announced, an act that was no assembly, and a
 * rumour nobody confirmed. They prove that the counting rule is applied, and give the numbers reported beside the counts.
 */
interface Other {
  readonly date: string;
  readonly place: string;
  readonly realisation: string;
  readonly topic: string;
  readonly form: string;
  readonly participants: number;
  readonly preventive: number;
  readonly evidence: string;
}
const others: readonly Other[] = [
  {
    date: '2018-05-21',
    place: 'astana',
    realisation: 'prevented',
    topic: 'land_issue',
    form: 'rally',
    participants: 12,
    preventive: 9,
    evidence: 'corroborated',
  },
  {
    date: '2018-06-23',
    place: 'almaty',
    realisation: 'prevented',
    topic: 'free_political_prisoners',
    form: 'rally',
    participants: 31,
    preventive: 24,
    evidence: 'corroborated',
  },
  {
    date: '2018-06-23',
    place: 'uralsk',
    realisation: 'prevented',
    topic: 'free_education',
    form: 'rally',
    participants: 15,
    preventive: 13,
    evidence: 'single_source',
  },
  {
    date: '2018-09-08',
    place: 'kostanay',
    realisation: 'announced_only',
    topic: 'fuel_price',
    form: 'picket',
    participants: 0,
    preventive: 0,
    evidence: 'single_source',
  },
  {
    date: '2018-09-24',
    place: 'pavlodar',
    realisation: 'not_assembly',
    topic: 'unjust_rulings',
    form: 'other',
    participants: 1,
    preventive: 0,
    evidence: 'corroborated',
  },
  {
    date: '2018-11-17',
    place: 'karaganda',
    realisation: 'held',
    topic: 'ksk_debt',
    form: 'picket',
    participants: 4,
    preventive: 0,
    evidence: 'unverified',
  },
];
/** Persons sentenced for the intention only, by the place of the prevented gathering: thirty, «no fewer than» in the report. */
export const INTENT_ONLY: ReadonlyMap<string, number> = new Map([
  ['astana', 7],
  ['almaty', 15],
  ['uralsk', 8],
]);

export const otherRows = (proceedingsOf: (place: string) => readonly string[]): readonly Row[] =>
  others.map((o, i) => ({
    card_number: `2018-9${String(i + 1).padStart(2, '0')}`,
    date: o.date,
    place: o.place,
    observation_mode: o.evidence === 'unverified' ? 'social_media' : 'participant_testimony',
    realisation: o.realisation,
    form: o.form,
    organiser_type: o.realisation === 'prevented' ? 'spontaneous_group' : 'unknown',
    theme_group: themeOf(o.topic),
    topic: o.topic,
    demands_voiced: 'no',
    'participants.low': String(o.participants),
    'participants.best': String(o.participants),
    'participants.high': String(o.participants),
    'participants.method': 'counted',
    authorisation: 'not_applied',
    reason_no_application: 'unknown',
    'presence.prosecutor.present': 'no',
    'presence.akimat.present': 'no',
    'presence.police.present': o.preventive > 0 ? 'yes' : 'no',
    ...(o.preventive > 0 ? {} : { 'police.best': '0' }),
    authority_action: o.preventive > 0 ? ['preventive_detention'] : ['none'],
    'detained.best': '0',
    detained_preventive: String(o.preventive),
    bystanders_detained: '0',
    proceedings: o.realisation === 'prevented' ? proceedingsOf(o.place) : [],
    ...reviewed(i, o.date),
    evidence: o.evidence,
  }));
