import { type Assembly, isDvk, themeOf } from './cards.ts';
import type { Column, Row } from './columns.ts';
import { addDays } from './days.ts';
import { FIRST_CAMPAIGN_DAY } from './deck.ts';
import type { Random } from './random.ts';

const plain = (heading: string, to: string): Column => ({ heading, to });
const coded = (heading: string, to: string, list: Column['list'] & string): Column => ({ heading, to, list });
const codes = (heading: string, to: string, list: Column['list'] & string): Column => ({
  heading,
  to,
  list,
  several: true,
});

export const ASSEMBLY_COLUMNS: readonly Column[] = [
  plain('Номер карты', 'card_number'),
  { heading: 'Дата', to: 'date', date: true },
  plain('Начало', 'start_time'),
  plain('Длилось, мин', 'duration_min'),
  coded('Город', 'place', 'place'),
  coded('Где именно', 'place_type', 'place_type'),
  coded('Отведённое место', 'is_specialised_site', 'yes_no'),
  coded('У госоргана', 'near_state_building', 'yes_no'),
  coded('Откуда знаем', 'observation_mode', 'observation_mode'),
  codes('Ещё источники', 'other_observation_modes', 'observation_mode'),
  coded('Состоялось', 'realisation', 'realisation'),
  coded('Форма', 'form', 'form'),
  coded('Организатор', 'organiser_type', 'organiser_type'),
  coded('Организация', 'organisation', 'organisation'),
  coded('Кампания', 'campaign', 'campaign'),
  coded('Группа тем', 'theme_group', 'theme_group'),
  coded('Тема', 'topic', 'topic'),
  coded('Требования озвучены', 'demands_voiced', 'yes_no'),
  plain('Участников не меньше', 'participants.low'),
  plain('Участников', 'participants.best'),
  plain('Участников не больше', 'participants.high'),
  coded('Как считали участников', 'participants.method', 'count_method'),
  coded('Дети', 'minors_present', 'yes_no'),
  codes('Атрибутика', 'attribute', 'attribute'),
  coded('Разрешение', 'authorisation', 'authorisation'),
  coded('Почему не обращались', 'reason_no_application', 'reason'),
  coded('Прокурор был', 'presence.prosecutor.present', 'yes_no'),
  coded('Прокурор предупредил', 'presence.prosecutor.warned', 'yes_no'),
  coded('Акимат был', 'presence.akimat.present', 'yes_no'),
  coded('Акимат предупредил', 'presence.akimat.warned', 'yes_no'),
  coded('Полиция была', 'presence.police.present', 'yes_no'),
  coded('Полиция в штатском', 'presence.police.plainclothes', 'yes_no'),
  plain('Полицейских не меньше', 'police.low'),
  plain('Полицейских', 'police.best'),
  plain('Полицейских не больше', 'police.high'),
  coded('Как считали полицейских', 'police.method', 'count_method'),
  codes('Действия властей', 'authority_action', 'action'),
  coded('Разогнали без предупреждения', 'dispersed_without_warning', 'yes_no'),
  codes('Какая сила', 'force.kinds', 'force'),
  plain('Пострадавших', 'force.injuries_n'),
  plain('Задержано', 'detained.best'),
  plain('Из них детей', 'detained_minors'),
  plain('Задержано заранее', 'detained_preventive'),
  plain('Задержано прохожих', 'bystanders_detained'),
  coded('«Именем закона»', 'name_of_law_uttered', 'yes_no'),
  codes('Последствия', 'assembly_outcome', 'outcome'),
  { heading: 'Карточки дел', to: 'proceedings', several: true },
  plain('Кто заполнил', 'monitor'),
];
/** Not fields of the card: when it was filled, who vouches, when, on what evidence, and the office's own remark column. */
export const REVIEW_HEADINGS = {
  submitted_on: 'Заполнено',
  verified_by: 'Кто проверил',
  verified_on: 'Проверено',
  evidence: 'Подтверждение',
  remark: 'Для бухгалтерии',
} as const;
export const SECOND_PERSON: readonly Column[] = [
  { heading: REVIEW_HEADINGS.submitted_on, to: 'submitted_on', date: true },
  plain(REVIEW_HEADINGS.verified_by, 'verified_by'),
  { heading: REVIEW_HEADINGS.verified_on, to: 'verified_on', date: true },
];
export const REVIEW_COLUMNS: readonly Column[] = [
  ...SECOND_PERSON,
  coded(REVIEW_HEADINGS.evidence, 'evidence', 'evidence'),
  plain(REVIEW_HEADINGS.remark, 'remark'),
];

/** Two invented monitors, each verifying what the other saw. */
export const MONITORS = ['M-01', 'M-02'] as const;
/** Who filled a card and who verified it: the evening after it happened, and within the next days. */
export const reviewed = (index: number, happened: string): Row => ({
  monitor: MONITORS[index % 2] ?? '',
  submitted_on: addDays(happened, 1),
  verified_by: MONITORS[(index + 1) % 2] ?? '',
  verified_on: addDays(happened, 3 + (index % 4)),
});

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

/** A count with the bounds a monitor would give: exact when small. */
const estimate = (random: Random, path: string, best: number): Row => {
  const spread = best < 10 ? 0 : Math.max(1, Math.round(best * 0.12));
  return {
    [`${path}.low`]: String(best - (spread === 0 ? 0 : random.between(0, spread))),
    [`${path}.best`]: String(best),
    [`${path}.high`]: String(best + (spread === 0 ? 0 : random.between(1, spread))),
    [`${path}.method`]: spread === 0 ? 'counted' : random.pick(['counted', 'photo', 'grid_estimate']),
  };
};

const authorities = (random: Random, c: Assembly): Row => {
  const present = c.police > 0 || c.prosecutor !== '' || c.akimat !== '';
  const warned = c.prosecutor === 'Pp' || c.akimat === 'Aa';
  const detained = c.detained > 0;
  const dispersed = detained && c.participants > 5 && random.chance(0.6);
  const force = c.detained > 20;
  const actions = [
    ...(present ? ['presence'] : ['none']),
    ...(warned ? ['warning'] : []),
    ...(present && !detained && random.chance(0.3) ? ['preventive_talk'] : []),
    ...(dispersed ? ['dispersal'] : []),
    ...(detained ? ['detention'] : []),
    ...(force ? ['force'] : []),
  ];
  return {
    'presence.prosecutor.present': yesNo(c.prosecutor !== ''),
    'presence.prosecutor.warned': c.prosecutor === '' ? '' : yesNo(c.prosecutor === 'Pp'),
    'presence.akimat.present': yesNo(c.akimat !== ''),
    'presence.akimat.warned': c.akimat === '' ? '' : yesNo(c.akimat === 'Aa'),
    'presence.police.present': yesNo(c.police > 0),
    'presence.police.plainclothes': c.police > 0 ? random.pick(['yes', 'no', 'unknown']) : '',
    ...estimate(random, 'police', c.police),
    authority_action: actions,
    dispersed_without_warning: detained ? yesNo(!warned) : '',
    'force.kinds': force ? ['physical'] : [],
    'force.injuries_n': force ? String(random.between(0, 2)) : '',
    // A consequence on the day or a later one; only an assembly with neither is without consequences.
    assembly_outcome: [
      ...(warned ? ['warned'] : []),
      ...(detained ? ['participants_detained'] : []),
      ...(c.court === 'L' ? ['prosecuted_later'] : []),
      ...(!detained && c.court !== 'L' && !warned ? ['no_consequence'] : []),
    ],
  };
};

const detentions = (c: Assembly): Row => ({
  'detained.best': String(c.detained),
  detained_minors: c.detained > 0 ? (c.number === 15 ? '3' : '0') : '',
  detained_preventive: '0',
  // Uninvolved people taken along on the campaign's first day.
  bystanders_detained: FIRST_CAMPAIGN_DAY.has(c.number) ? String(Math.ceil(c.detained / 7)) : '0',
  // Never said at any detention of the year.
  name_of_law_uttered: c.detained > 0 ? 'no' : '',
});

const ORGANISATIONS: Readonly<Record<number, string>> = { 6: 'obespechte_narod_zhilem', 11: 'kazfem' };

const character = (random: Random, c: Assembly): Row => {
  const stopped = isDvk(c);
  const placeType =
    c.form === 'road_block' ? 'road' : random.pick(['centre', 'government_building', 'busy_place', 'other']);
  return {
    place_type: placeType,
    is_specialised_site: 'no',
    near_state_building: placeType === 'government_building' ? 'yes' : random.pick(['yes', 'no', 'no']),
    realisation: stopped ? 'interrupted_at_start' : 'held',
    form: c.form,
    organiser_type: c.organiser,
    organisation: stopped ? 'dvk' : (ORGANISATIONS[c.number] ?? ''),
    campaign: stopped ? 'dvk' : '',
    theme_group: themeOf(c.topic),
    topic: c.topic,
    demands_voiced: stopped ? 'no' : 'yes',
    minors_present: c.number === 26 ? 'yes' : random.pick(['no', 'no', 'unknown']),
    attribute: stopped
      ? ['none']
      : c.form === 'rally'
        ? random.pick([
            ['placard', 'chant'],
            ['banner', 'chant'],
            ['leaflet', 'sound'],
          ])
        : ['placard'],
    authorisation: 'not_applied',
    reason_no_application: c.reason,
  };
};

/** The row of one counted assembly; `proceedings` are the numbers of the cards of its court cases. */
export const assemblyRow = (
  random: Random,
  c: Assembly,
  index: number,
  proceedings: readonly string[],
): Row => {
  const mode = random.pick(['direct', 'direct', 'direct', 'social_media', 'media', 'participant_testimony']);
  return {
    card_number: c.card,
    date: c.date,
    start_time: `${String(random.between(9, 18)).padStart(2, '0')}:${random.pick(['00', '10', '30', '45'])}`,
    duration_min: String(c.duration),
    place: c.place,
    observation_mode: mode,
    other_observation_modes: mode === 'media' ? [] : random.pick([[], ['media']]),
    ...character(random, c),
    ...estimate(random, 'participants', c.participants),
    ...authorities(random, c),
    ...detentions(c),
    proceedings,
    ...reviewed(index, c.date),
    evidence: mode === 'direct' ? 'verified' : random.pick(['single_source', 'corroborated']),
    remark: index === 0 ? 'билеты на автобус приложены' : '',
  };
};
