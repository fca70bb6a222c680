/** Text as a person meant it: NFC, no invisible marks, no space at the ends. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, '')
    .trim();

/** As a code, a number or a key is compared: also every run of spaces is one space. */
export const cleanWord = (text: string): string => cleanText(text).replaceAll(/\s+/gu, ' ');

const MIXED = /(?=\p{L}*\p{Script=Cyrillic})(?=\p{L}*\p{Script=Latin})\p{L}+/u;

/**
 * The first word that mixes Latin and Cyrillic letters: look-alikes (Latin `a` in a Cyrillic word) make two spellings of
 * one value that no eye can tell apart. Parts of a hyphenated word are words.
 */
export const mixedScriptWord = (text: string): string | undefined =>
  /[A-Za-z]/.test(text) ? (MIXED.exec(text)?.[0] ?? undefined) : undefined;
