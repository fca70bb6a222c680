/**
 * Number words from two up, in all forms that a report's prose uses, with the number they name (a fraction by its
 * denominator: half = 2, third = 3). "One" and ordinals are free: they count nothing. Words that mean something else more
 * often than a number are left out (семью: the family; both, оба, екеуі; үшін: for; онда: there; "third" without an article).
 */
import type { Language } from '../../vocabulary/index.ts';

export interface NumberWord {
  readonly text: string;
  readonly start: number;
  readonly number: number;
}

const russian: readonly (readonly [number, string])[] = [
  [
    2,
    'два две двух двум двумя двое двоих двоим двоими вдвое вдвоем вдвоём дважды пара пары парой полтора полутора полторы',
  ],
  [
    2,
    'половина половины половине половину половиной наполовину двукратно двукратный двукратное удвоился удвоилась удвоилось',
  ],
  [
    3,
    'три трех трёх трем трём тремя трое троих троим троими втрое втроем втроём трижды треть трети третью третей третями',
  ],
  [3, 'утроился утроилась утроилось трехкратно трёхкратно'],
  [
    4,
    'четыре четырех четырёх четырем четырём четырьмя четверо четверых четверым вчетверо четверть четверти четвертью',
  ],
  [5, 'пять пяти пятью пятеро пятерых впятеро'],
  [6, 'шесть шести шестью шестеро шестерых вшестеро'],
  [7, 'семь семи семеро семерых'],
  [8, 'восемь восьми восьмью восемью восьмеро'],
  [9, 'девять девяти девятью'],
  [10, 'десять десяти десятью десяток десятка десятки десятков десяткам десятками десятках вдесятеро'],
  [11, 'одиннадцать одиннадцати одиннадцатью'],
  [12, 'двенадцать двенадцати двенадцатью дюжина дюжины дюжину'],
  [13, 'тринадцать тринадцати тринадцатью'],
  [14, 'четырнадцать четырнадцати четырнадцатью'],
  [15, 'пятнадцать пятнадцати пятнадцатью'],
  [16, 'шестнадцать шестнадцати шестнадцатью'],
  [17, 'семнадцать семнадцати семнадцатью'],
  [18, 'восемнадцать восемнадцати восемнадцатью'],
  [19, 'девятнадцать девятнадцати девятнадцатью'],
  [20, 'двадцать двадцати двадцатью'],
  [30, 'тридцать тридцати тридцатью'],
  [40, 'сорок сорока'],
  [50, 'пятьдесят пятидесяти пятьюдесятью'],
  [60, 'шестьдесят шестидесяти шестьюдесятью'],
  [70, 'семьдесят семидесяти семьюдесятью'],
  [80, 'восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью'],
  [90, 'девяносто девяноста'],
  [100, 'сто ста сотня сотни сотню сотней сотен сотням сотнями сотнях'],
  [200, 'двести двухсот двумстам двумястами двухстах'],
  [300, 'триста трехсот трёхсот тремстам тремястами трехстах трёхстах'],
  [400, 'четыреста четырехсот четырёхсот четыремстам'],
  [500, 'пятьсот пятисот пятистам пятьюстами'],
  [600, 'шестьсот шестисот шестистам'],
  [700, 'семьсот семисот семистам'],
  [800, 'восемьсот восьмисот восьмистам'],
  [900, 'девятьсот девятисот девятистам'],
  [1000, 'тысяча тысячи тысячу тысячей тысячью тысяч тысячам тысячами тысячах'],
  [
    1_000_000,
    'миллион миллиона миллиону миллионом миллионе миллионы миллионов миллионам миллионами миллионах',
  ],
  [1_000_000_000, 'миллиард миллиарда миллиардом миллиарды миллиардов'],
];

const english: readonly (readonly [number, string])[] = [
  [2, 'two twice double doubled doubles doubling half halved halves twofold'],
  [3, 'three thrice triple tripled triples tripling threefold thirds'],
  [4, 'four fourfold quadrupled quarters'],
  [5, 'five fivefold fifths'],
  [6, 'six sixfold'],
  [7, 'seven sevenfold'],
  [8, 'eight eightfold'],
  [9, 'nine ninefold'],
  [10, 'ten tenfold tens tenths'],
  [11, 'eleven'],
  [12, 'twelve dozen dozens'],
  [13, 'thirteen'],
  [14, 'fourteen'],
  [15, 'fifteen'],
  [16, 'sixteen'],
  [17, 'seventeen'],
  [18, 'eighteen'],
  [19, 'nineteen'],
  [20, 'twenty'],
  [30, 'thirty'],
  [40, 'forty'],
  [50, 'fifty'],
  [60, 'sixty'],
  [70, 'seventy'],
  [80, 'eighty'],
  [90, 'ninety'],
  [100, 'hundred hundreds'],
  [1000, 'thousand thousands'],
  [1_000_000, 'million millions'],
  [1_000_000_000, 'billion billions'],
];

const kazakhStems: readonly (readonly [number, string])[] = [
  [2, 'екі екеу жарты жартысы'],
  [3, 'үш үшеу үшеуі'],
  [4, 'төрт төртеу төртеуі ширек ширегі'],
  [5, 'бес бесеу бесеуі'],
  [6, 'алты алтау алтауы'],
  [7, 'жеті жетеу жетеуі'],
  [8, 'сегіз'],
  [9, 'тоғыз'],
  [10, 'он ондаған ондық'],
  [20, 'жиырма'],
  [30, 'отыз'],
  [40, 'қырық'],
  [50, 'елу'],
  [60, 'алпыс'],
  [70, 'жетпіс'],
  [80, 'сексен'],
  [90, 'тоқсан'],
  [100, 'жүз жүздеген'],
  [1000, 'мың мыңдаған'],
  [1_000_000, 'миллион миллиондаған'],
  [1_000_000_000, 'миллиард'],
];
/** Case endings in every harmony; a stem takes only some of them, and the others make no word. */
const KAZAKH_ENDINGS =
  'н ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті н да де та те нда нде дан ден тан тен нан нен мен бен пен'.split(
    ' ',
  );
const NOT_A_NUMBER = new Set(['онда', 'алтын']);

const listed = (entries: readonly (readonly [number, string])[]): ReadonlyMap<string, number> =>
  new Map(
    entries.flatMap(([number, forms]) => forms.split(' ').map((form): [string, number] => [form, number])),
  );

const kazakh = (): ReadonlyMap<string, number> => {
  const forms = new Map<string, number>();
  for (const [number, stems] of kazakhStems)
    for (const stem of stems.split(' '))
      for (const ending of ['', ...KAZAKH_ENDINGS])
        if (!NOT_A_NUMBER.has(stem + ending)) forms.set(stem + ending, number);
  return forms;
};

const FORMS: Readonly<Record<Language, ReadonlyMap<string, number>>> = {
  kk: kazakh(),
  ru: listed(russian),
  en: listed(english),
};

/** Fractions of several words, found as phrases because their last word alone is an ordinal. */
const PHRASES: Readonly<Record<Language, readonly (readonly [number, RegExp])[]>> = {
  kk: [],
  ru: [],
  en: [
    [3, /\b(?:a|one)[\s-]+third\b/giu],
    [4, /\b(?:a|one)[\s-]+quarter\b/giu],
    [5, /\b(?:a|one)[\s-]+fifth\b/giu],
    [10, /\b(?:a|one)[\s-]+tenth\b/giu],
  ],
};

/** Number words of a text, with their offsets. Hyphenated compounds ("twenty-five") are found by their parts. */
export const numberWords = (text: string, language: Language): readonly NumberWord[] => {
  const forms = FORMS[language];
  const found: NumberWord[] = [];
  for (const match of text.matchAll(/\p{L}+/gu)) {
    const number = forms.get(match[0].toLocaleLowerCase(language));
    if (number !== undefined) found.push({ text: match[0], start: match.index, number });
  }
  for (const [number, phrase] of PHRASES[language])
    for (const match of text.matchAll(phrase)) found.push({ text: match[0], start: match.index, number });
  return found.sort((a, b) => a.start - b.start);
};
