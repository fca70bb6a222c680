import { reviewed } from './assembly-rows.ts';
import type { Assembly } from './cards.ts';
import type { Column, Row } from './columns.ts';
import { addDays } from './days.ts';
import { INTENT_ONLY } from './other-rows.ts';
import type { Random } from './random.ts';

export const PROCEEDING_COLUMNS: readonly Column[] = [
  { heading: 'Номер карточки', to: 'card_number' },
  { heading: 'Где суд', to: 'place', list: 'place' },
  { heading: 'За что', to: 'assembly_relation', list: 'relation' },
  { heading: 'Дата решения', to: 'decided_on', date: true },
  { heading: 'Обвинение', to: 'charges.kind', list: 'charge' },
  { heading: 'Защитник был', to: 'defence_present', list: 'yes_no' },
  { heading: 'Наказание', to: 'main_sanction', list: 'sanction' },
  { heading: 'Размер', to: 'sanctions.amount' },
  { heading: 'Единица', to: 'sanctions.amount_unit', list: 'sanction_unit' },
  { heading: 'Кто заполнил', to: 'monitor' },
];

type Sanction = 'warning' | 'fine' | 'admin_arrest';

/** The event box of 10 January names the fine; the law allows 20 units for individuals; arrest is 1 to 15 days. */
const amount = (random: Random, sanction: Sanction, card: number | undefined, ordinal: number): Row => {
  if (sanction === 'warning') return {};
  if (sanction === 'fine')
    return card === 1
      ? { 'sanctions.amount': '12000', 'sanctions.amount_unit': 'kzt' }
      : {
          'sanctions.amount': card === 11 ? '5' : String(random.pick([5, 10, 20, 20])),
          'sanctions.amount_unit': 'mci',
        };
  const days = card === 1 ? 5 : ordinal === 0 ? 1 : ordinal === 1 ? 15 : random.between(2, 15);
  return { 'sanctions.amount': String(days), 'sanctions.amount_unit': 'days' };
};

/** In Astana 21 persons were charged with hooliganism and 29 with disobedience; one fine in Almaty was for petty hooliganism. */
const charge = (card: number | undefined, ordinal: number): string => {
  if (card === 1 || card === 11) return 'petty_hooliganism';
  return card === 10 && ordinal < 29 ? 'disobedience' : 'unsanctioned_rally';
};

interface Case {
  readonly card: number | undefined;
  readonly assembly: string;
  readonly place: string;
  readonly sanction: Sanction;
  readonly ordinal: number;
  readonly decided: string;
}

const casesOf = (random: Random, c: Assembly): readonly Case[] => {
  const sanctions: readonly Sanction[] = [
    ...Array.from({ length: c.warnings }, () => 'warning' as const),
    ...Array.from({ length: c.fines }, () => 'fine' as const),
    ...Array.from({ length: c.arrests }, () => 'admin_arrest' as const),
  ];
  return sanctions.map((sanction, ordinal) => {
    const wait =
      c.number === 1
        ? random.between(0, 1)
        : c.number === 11
          ? 11
          : c.court === 'L'
            ? random.between(5, 12)
            : random.between(0, 4);
    return {
      card: c.number,
      assembly: c.card,
      place: c.place,
      sanction,
      ordinal,
      decided: addDays(c.date, wait),
    };
  });
};

/** Court cases for the intention only: two applicants of a gathering in Astana were arrested on 17 May, before its day. */
const intentCases = (random: Random): readonly Case[] =>
  [...INTENT_ONLY].flatMap(([place, persons]) =>
    Array.from({ length: persons }, (_, ordinal): Case => {
      const applicants = place === 'astana' && ordinal < 2;
      const sanction = applicants
        ? 'admin_arrest'
        : random.pick(['warning', 'fine', 'fine', 'admin_arrest'] as const);
      const decided = applicants
        ? '2018-05-17'
        : addDays(place === 'astana' ? '2018-05-21' : '2018-06-23', random.between(0, 3));
      return { card: undefined, assembly: place, place, sanction, ordinal, decided };
    }),
  );

export interface ProceedingRows {
  readonly rows: readonly Row[];
  /** Card number of an assembly, or the place of a prevented one -> numbers of its cases. */
  readonly byAssembly: ReadonlyMap<string, readonly string[]>;
}

/** One card per person: 119 for taking part (20 warned, 68 fined, 31 arrested) and 30 for the intention only. */
export const proceedingRows = (random: Random, assemblies: readonly Assembly[]): ProceedingRows => {
  const cases = [...assemblies.flatMap((c) => casesOf(random, c)), ...intentCases(random)];
  const byAssembly = new Map<string, string[]>();
  let arrests = 0;
  const rows = cases.map((c, i): Row => {
    const number = `Д-${String(i + 1).padStart(3, '0')}`;
    byAssembly.set(c.assembly, [...(byAssembly.get(c.assembly) ?? []), number]);
    const applicants = c.card === undefined && c.decided === '2018-05-17';
    const size = applicants
      ? { 'sanctions.amount': '5', 'sanctions.amount_unit': 'days' }
      : amount(
          random,
          c.sanction,
          c.card,
          c.sanction === 'admin_arrest' && c.card !== 1 ? arrests++ : c.ordinal,
        );
    return {
      card_number: number,
      place: c.place,
      assembly_relation: c.card === undefined ? 'intent_only' : 'participation',
      decided_on: c.decided,
      'charges.kind': charge(c.card, c.ordinal),
      defence_present: random.pick(['yes', 'no', 'no', 'unknown']),
      main_sanction: c.sanction,
      ...size,
      ...reviewed(i, c.decided),
    };
  });
  return { rows, byAssembly };
};
