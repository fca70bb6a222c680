/** Text as a person meant it: NFC, no invisible marks, no space at the ends. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, '')
    .trim();

/** As a code, a number or a key is compared: also every run of spaces is one space. */
export const cleanWord = (text: string): string => cleanText(text).replaceAll(/\s+/gu, ' ');

/** As a written name is compared: case does not count either. */
export const foldedName = (text: string): string => cleanWord(text).toLowerCase();
