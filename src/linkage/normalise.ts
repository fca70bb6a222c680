/**
 * Names as they are compared (methodology 3): one spelling for what differs only by script, transliteration, е and ё, letters of
 * Kazakh that are often written as Russian ones, look-alike letters of the other alphabet, and grammatical gender.
 */

/** Latin letters with the Cyrillic ones they look like; capitals first, since H is Н and h is һ. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  'AА BВ CС EЕ HН IІ KК MМ OО PР TТ XХ YҮ ƏӘ aа cс eе hһ iі kк mм oо pр tт xх yу əә'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);
const BACK: ReadonlyMap<string, string> = new Map([...LOOK_ALIKES].map(([latin, look]) => [look, latin]));

/** A word in which both alphabets stand, in the one it was meant in: Cyrillic, unless only its Cyrillic letters can be mistaken. */
const inOneScript = (word: string): string => {
  const latin = word.match(/\p{Script=Latin}/gu) ?? [];
  const cyrillic = word.match(/\p{Script=Cyrillic}/gu) ?? [];
  if (latin.length === 0 || cyrillic.length === 0) return word;
  const isLatin =
    latin.some((letter) => !LOOK_ALIKES.has(letter)) && cyrillic.every((letter) => BACK.has(letter));
  const meant = isLatin ? BACK : LOOK_ALIKES;
  return [...word].map((letter) => meant.get(letter) ?? letter).join('');
};

/** Each Cyrillic letter, and each Latin one of the Kazakh alphabets, with what it is written as; ъ and ь are nothing. */
const TO_LATIN: ReadonlyMap<string, string> = new Map(
  (
    'аa әa бb вv гg ғg дd еe ёe жzh зz иi йi іi кk қk лl мm нn ңn оo өo пp рr сs тt уu ұu үu фf хh һh цts чch шsh щsh ъ ыi ь ' +
    'эe юiu яia şsh ýu ŋn ıi əa'
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
  [/ye/g, 'e'],
  [/y/g, 'i'],
  [/ii+/g, 'i'],
  [/(.)\1/g, '$1'],
];

/** One word as it is compared: lower-case Latin letters only. */
export const comparableWord = (word: string): string => {
  const latin = [...inOneScript(word.normalize('NFC')).toLowerCase()]
    .map((letter) => TO_LATIN.get(letter) ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
  return ONE_SOUND.reduce((text, [written, sound]) => text.replace(written, sound), latin);
};

/** What makes a patronymic of a father's name, in Kazakh and in Russian, as compared; the Kazakh ones also stand as words. */
const PATRONYMIC = /(uli|kizi|ovich|evich|ovna|evna|inichna|ich)$/;
const KAZAKH_PATRONYMIC = /^(uli|kizi)$/;

/** A name in parts: words in full, initials, and the father's name apart, since many lists leave it out. */
export interface NameParts {
  readonly words: readonly string[];
  readonly initials: readonly string[];
  /** Without its ending: Балтарұлы, Балтар қызы and Балтарович have one father's name. */
  readonly father: string | undefined;
}

/** Written words; ұлы and қызы that stand apart belong to the word before them. */
const fullWords = (written: readonly string[]): readonly string[] => {
  const words: string[] = [];
  for (const word of written)
    if (words.length > 0 && KAZAKH_PATRONYMIC.test(word)) words.push(`${words.pop()}${word}`);
    else words.push(word);
  return words;
};

/** One letter, or two with a dot behind them (Zh., Yu.). */
const INITIAL = /(?<!\p{L})(?:\p{L}(?!\p{L})|\p{L}{2}(?=\.))/gu;

export const nameParts = (name: string): NameParts => {
  const text = name.normalize('NFC');
  const written = text
    .replace(INITIAL, ' ')
    .split(/[\s.,]+/u)
    .map(comparableWord);
  const full = fullWords(written.filter((word) => word !== ''));
  // A surname may end like a patronymic; it is one only beside a name and a surname.
  const patronymic = full.length > 2 ? full.findLast((word) => PATRONYMIC.test(word)) : undefined;
  return {
    words: full.filter((word) => word !== patronymic),
    initials: (text.match(INITIAL) ?? []).map((letters) => comparableWord(letters).slice(0, 1)),
    father: patronymic?.replace(PATRONYMIC, ''),
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
