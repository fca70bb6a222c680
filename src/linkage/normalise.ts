/**
 * Names as they are compared (methodology 3): one spelling for what differs only by script, transliteration, е and ё, letters of
 * Kazakh that are often written as Russian ones, look-alike letters of the other alphabet, and grammatical gender.
 */

/** Latin letters that look like Cyrillic ones; a word in which both stand was meant in Cyrillic. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};

/** Each Cyrillic letter with what it is written as; ъ and ь are nothing. */
const TO_LATIN: ReadonlyMap<string, string> = new Map(
  (
    'аa әa бb вv гg ғg дd еe ёe жzh зz иi йi іi кk қk лl мm нn ңn оo өo пp рr сs тt уu ұu үu фf хh һh цts чch шsh щsh ъ ыi ь ' +
    'эe юiu яia'
  )
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** Spellings of one sound in Latin script, the longest first. */
const ONE_SOUND: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, 'sh'],
  [/dzh|dj|j/g, 'zh'],
  [/kh|x/g, 'h'],
  [/gh/g, 'g'],
  [/q/g, 'k'],
  [/w/g, 'v'],
  [/y/g, 'i'],
  [/ii+/g, 'i'],
  [/(.)\1/g, '$1'],
];

const PATRONYMIC = /(uli|ulu|kizi|kizy|ovich|evich|ovna|evna|ichna)$/;

const isMixed = (word: string): boolean =>
  /\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word);

/** One word as it is compared: lower-case Latin letters only. */
export const comparableWord = (word: string): string => {
  const low = word.normalize('NFC').toLowerCase();
  const oneScript = isMixed(low) ? low.replace(/[a-z]/g, (letter) => LOOK_ALIKES[letter] ?? letter) : low;
  const latin = oneScript
    .replace(/\p{Script=Cyrillic}/gu, (letter) => TO_LATIN.get(letter) ?? '')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
  return ONE_SOUND.reduce((text, [written, sound]) => text.replace(written, sound), latin);
};

/** A name in parts: words in full, initials, and the patronymic apart, since many lists leave it out. */
export interface NameParts {
  readonly words: readonly string[];
  readonly initials: readonly string[];
  readonly patronymic: string | undefined;
}

export const nameParts = (name: string): NameParts => {
  const parts = name
    .normalize('NFC')
    .split(/[\s.,]+/u)
    .map((written) => ({ isInitial: written.length === 1, word: comparableWord(written) }))
    .filter(({ word }) => word !== '');
  const full = parts.filter((part) => !part.isInitial).map((part) => part.word);
  // A surname may end like a patronymic; it is one only beside a name and a surname.
  const patronymic = full.length > 2 ? full.findLast((part) => PATRONYMIC.test(part)) : undefined;
  return {
    words: full.filter((part) => part !== patronymic),
    initials: parts.filter((part) => part.isInitial).map((part) => part.word.slice(0, 1)),
    patronymic,
  };
};

/** What stays of a word that was misheard or misspelt: its first consonants, without the ending that tells gender. */
export const skeleton = (word: string): string =>
  word
    .replace(/(a|ia)$/, '')
    .replace(/[aeiou]/g, '')
    .slice(0, 4);

/** The address of a page without what varies between visits: scheme, www, tracking, fragment, slash at the end. */
export const canonicalUrl = (text: string): string | undefined => {
  if (!URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  const query = [...url.searchParams]
    .filter(([key]) => !/^(utm_\w+|fbclid|gclid|yclid|ref)$/.test(key))
    .map(([key, value]) => `${key}=${value}`)
    .toSorted();
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.host.replace(/^(www|m)\./, '')}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
};
