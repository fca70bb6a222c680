const WORD = /\p{L}+/gu;
const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/**
 * The first word that mixes Latin and Cyrillic letters: look-alikes (Latin `a` in a Cyrillic word) make two spellings of
 * one value that no eye can tell apart. Parts of a hyphenated word are words.
 */
export const mixedScriptWord = (text: string): string | undefined => {
  if (!/[A-Za-z]/.test(text)) return undefined;
  for (const [word] of text.matchAll(WORD)) if (LATIN.test(word) && CYRILLIC.test(word)) return word;
  return undefined;
};
