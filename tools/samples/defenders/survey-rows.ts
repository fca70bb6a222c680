import type { Row } from '../columns.ts';
import { addDays } from '../days.ts';
import type { Random } from '../random.ts';
import type { RespondentType } from './panel.ts';
import { type Person, reviewed } from './people.ts';
import { dealt, spreadOver } from './spread.ts';
import {
  ACCESS,
  EXPERIENCE,
  NEEDS,
  NEEDS_REFUSED,
  OF_ORGANISATIONS,
  OFFICE_ALARM,
  SAFETY,
  SURVEY,
  TAX_RETURN,
  TIMES,
} from './survey-counts.ts';

type Answers = Record<string, string | readonly string[]>;
type Sheet = readonly { readonly person: Person; readonly answers: Answers }[];

/** Gives the answers of a question to those who are asked it, one each. */
const give = (sheet: Sheet, question: string, answers: readonly (string | readonly string[])[]): void => {
  if (answers.length !== sheet.length)
    throw new RangeError(`${question}: ${answers.length} answers of ${sheet.length} people`);
  sheet.forEach(({ answers: to }, i) => {
    const answer = answers[i];
    if (answer !== undefined) to[question] = answer;
  });
};
const numbers = (values: readonly number[]): readonly string[] => values.map(String);
const who = (sheet: Sheet, question: string, answer: string): Sheet =>
  sheet.filter((s) => s.answers[question] === answer);

const SOURCES = [
  'grants_foreign',
  'grants_national',
  'state_order',
  'business',
  'donations',
  'own_income',
] as const;

/** Shares of three sources that make a hundred. */
const funding = (random: Random): Answers => {
  const [a, b, c] = random.shuffle(SOURCES);
  const first = random.between(30, 80);
  const second = random.between(5, 95 - first);
  return Object.fromEntries(
    [
      [a, first],
      [b, second],
      [c, 100 - first - second],
    ].map(([source, percent]) => [`funding.${source}`, String(percent)]),
  );
};

const RIGHTS = [
  'freedom_of_speech',
  'assembly',
  'fair_trial',
  'torture',
  'labour',
  'women',
  'children',
  'disability',
];

/** Everyone who answered names at least one need. */
const needs = (random: Random, people: number): readonly (readonly string[])[] => {
  const answered = people - NEEDS_REFUSED;
  for (;;) {
    const chosen = Object.entries(NEEDS).map(([need, n]) => {
      const said = random.shuffle(Array.from({ length: answered }, (_, i) => i < n));
      return said.map((yes) => (yes ? need : ''));
    });
    const each = Array.from({ length: answered }, (_, i) =>
      chosen.map((c) => c[i] ?? '').filter((c) => c !== ''),
    );
    const none = each.filter((e) => e.length === 0).length;
    const three = each.filter((e) => e.length === 3);
    if (three.length < none) continue;
    // Who names none takes one need of somebody who names all three.
    for (const empty of each.filter((e) => e.length === 0)) empty.push(three.pop()?.pop() ?? '');
    return random.shuffle([...each, ...Array.from({ length: NEEDS_REFUSED }, () => ['refused'])]);
  }
};

const answerAll = (random: Random, sheet: Sheet): void => {
  const group = (type: RespondentType): Sheet => sheet.filter(({ person }) => person.type === type);
  const [individuals, organisations] = [group('individual'), group('organisation')];
  for (const [question, counts] of Object.entries(SURVEY)) {
    if (counts.individual !== undefined) give(individuals, question, dealt(random, counts.individual));
    if (counts.organisation !== undefined) give(organisations, question, dealt(random, counts.organisation));
  }
  give(who(individuals, 'has_office', 'yes'), 'office_alarm', dealt(random, OFFICE_ALARM.individual ?? {}));
  give(organisations, 'office_alarm', dealt(random, OFFICE_ALARM.organisation ?? {}));
  give(who(individuals, 'untaxed_income', 'yes'), 'tax_return', dealt(random, TAX_RETURN));
  for (const [item, counts] of Object.entries(ACCESS)) give(sheet, item, dealt(random, counts));
  for (const [kind, spread] of Object.entries(TIMES)) {
    const attacked = who(sheet, kind, 'yes');
    give(attacked, `${kind}_n`, numbers(spreadOver(random, attacked.length, spread)));
  }
  for (const [of, type] of [
    [individuals, 'individual'],
    [organisations, 'organisation'],
  ] as const) {
    give(of, 'experience_years', numbers(spreadOver(random, of.length, EXPERIENCE[type])));
    give(of, 'safety5', numbers(spreadOver(random, of.length, SAFETY[type])));
  }
  for (const [question, spread] of Object.entries(OF_ORGANISATIONS))
    give(organisations, question, numbers(spreadOver(random, organisations.length, spread)));
  for (const { answers } of organisations) Object.assign(answers, funding(random));
  give(sheet, 'needs', needs(random, sheet.length));
  for (const { answers } of sheet)
    answers['rights_groups'] = random.shuffle(RIGHTS).slice(0, random.between(1, 3));
};

/** One row a questionnaire: 79 individuals and 52 organisations, filled in the first quarter. */
export const surveyRows = (random: Random, people: readonly Person[]): readonly Row[] => {
  const sheet: Sheet = people.filter((p) => p.surveyed).map((person) => ({ person, answers: {} }));
  answerAll(random, sheet);
  return sheet.map(({ person, answers }) => {
    const filled = addDays('2015-08-17', random.between(0, 60));
    const mode = random.chance(0.7) ? 'interview' : 'self_completed';
    return {
      person: person.code,
      consent: 'yes',
      mode,
      filled_on: filled,
      place: person.place,
      respondent_type: person.type,
      ...answers,
      ...reviewed(random, person.place, filled),
    };
  });
};
