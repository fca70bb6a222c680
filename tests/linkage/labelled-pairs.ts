/**
 * Invented people as several lists would write them: names are made from syllables, so that nobody is meant, and spoilt by a
 * seeded generator in the ways that lists spoil them. Every pair is labelled by how it was made.
 */
export interface LabelledPair {
  readonly one: string;
  readonly other: string;
  readonly same: boolean;
  readonly how: string;
}

export type Chance = () => number;
/** Lehmer's generator (Park and Miller 1988): the same numbers from the same seed, from 0 up to 1. */
export const chance = (seed: number): Chance => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};
export const pick = <T>(from: readonly T[], next: Chance): T => from[Math.floor(next() * from.length)] as T;

const SYLLABLES =
  'бал гүл дар ерм жан зер қай лас мар нұр ора пет рах сәу тем ұлж шың әйг өмі бей іңк тоғ'.split(' ');
const SURNAME_ENDS = ['ов', 'ев', 'ин', 'баев', 'енко', 'бек'];
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

interface Person {
  readonly surname: string;
  readonly given: string;
  readonly father: string;
}
export const aPerson = (next: Chance): Person => {
  const stem = (): string => pick(SYLLABLES, next) + pick(SYLLABLES, next);
  return {
    surname: capital(stem() + pick(SURNAME_ENDS, next)),
    given: capital(stem()),
    father: capital(`${stem()}${pick(['ұлы', 'қызы', 'ович', 'овна'], next)}`),
  };
};
export const inFull = ({ surname, given, father }: Person): string => `${surname} ${given} ${father}`;

const swap = (word: string, from: string, to: string): string =>
  [...word].map((letter) => [...to][[...from].indexOf(letter)] ?? letter).join('');
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'аa әa бb вv гg ғg дd еe жzh зz иi йy іi кk қq лl мm нn ңn оo өo пp рr сs тt уu ұu үu хkh шsh ыy'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);
const swapAll = (text: string, letters: Readonly<Record<string, string>>): string =>
  [...text].map((letter) => letters[letter] ?? letter).join('');
const inLatin = ({ given, surname }: Person): string => swapAll(`${given} ${surname}`.toLowerCase(), LATIN);
const KAZAKH_LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'аa әä бb вv гg ғğ дd еe жj зz иi йi іi кk қq лl мm нn ңñ оo өö пp рr сs тt уu ұū үü хh шş ыy'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);
const typo = (word: string, next: Chance): string => {
  const at = 1 + Math.floor(next() * (word.length - 2));
  const [a, b] = [word.slice(0, at), word.slice(at)];
  return pick([a + b.slice(1), a + b.slice(0, 1) + b, a + b.slice(1, 2) + b.slice(0, 1) + b.slice(2)], next);
};

/** Ways in which a list writes the same person otherwise. */
const SPOILT: Readonly<Record<string, (person: Person, next: Chance) => string>> = {
  'other order, no patronymic': ({ surname, given }) => `${given} ${surname}`,
  initials: ({ surname, given, father }) => `${surname} ${given[0]}.${father[0]}.`,
  'a typo in the surname': (p, next) => `${typo(p.surname, next)} ${p.given}`,
  'a typo in the given name': (p, next) => `${p.surname} ${typo(p.given, next)} ${p.father}`,
  'Latin script': inLatin,
  'Latin look-alikes': (p) => swap(inFull(p), 'аеосрхкмт', 'aeocpxkmt'),
  'Cyrillic look-alikes in Latin script': (p) => swap(inLatin(p), 'aeopc', 'аеорс'),
  'the Kazakh Latin alphabet': (p) => swapAll(inFull(p).toLowerCase(), KAZAKH_LATIN),
  'the patronymic in two words': (p) => inFull(p).replace(/(ұлы|қызы)$/, ' $1'),
  'given name and patronymic alone': (p) => `${p.given} ${p.father}`,
  'Kazakh letters as Russian': (p) => swap(inFull(p).toLowerCase(), 'әғқңөұүһі', 'агкноуухи'),
  'capital letters': (p) => `${p.surname} ${p.given}`.toUpperCase(),
};
/** Ways in which another person comes near. */
const NEAR: Readonly<Record<string, (person: Person, next: Chance) => string>> = {
  'another person': (_, next) => inFull(aPerson(next)),
  'a brother or sister': (p, next) => inFull({ ...aPerson(next), surname: p.surname, father: p.father }),
  'the same surname': (p, next) => `${p.surname} ${aPerson(next).given}`,
  'the same given name': (p, next) => `${aPerson(next).surname} ${p.given}`,
  'the same surname and another initial': (p) => `${p.surname} ${p.given.startsWith('Б') ? 'Т' : 'Б'}.`,
};

export const labelledNames = (n: number, seed: number): readonly LabelledPair[] => {
  const next = chance(seed);
  const make = (ways: Readonly<Record<string, (person: Person, next: Chance) => string>>, same: boolean) =>
    Array.from({ length: n }, (_, i): LabelledPair => {
      const person = aPerson(next);
      const how = Object.keys(ways)[i % Object.keys(ways).length] ?? '';
      return { one: inFull(person), other: ways[how]?.(person, next) ?? '', same, how };
    });
  return [...make(SPOILT, true), ...make(NEAR, false)];
};
