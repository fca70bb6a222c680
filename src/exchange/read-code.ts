import { codesOf, nearest, PLACES, type Study } from '../study/index.ts';
import { cleanWord, foldedName, LANGUAGES } from '../vocabulary/index.ts';
import type { ColumnRule } from './mapping.ts';
import { mixedScriptWord } from './mixed-script.ts';
import { bad, type Reading, read } from './reading.ts';

const SUGGESTIONS = 3;

/** Labels of the list in any language, and aliases -> code; a name that two codes share names none of them. */
const nameIndex = (study: Study, list: string): ReadonlyMap<string, string> => {
  const index = new Map<string, string>();
  const shared = new Set<string>();
  for (const { code, label, aliases = [] } of codesOf(study, list) ?? [])
    for (const name of [...(label === undefined ? [] : LANGUAGES.map((l) => label[l].text)), ...aliases]) {
      const folded = foldedName(name);
      const known = index.get(folded);
      if (known !== undefined && known !== code) shared.add(folded);
      index.set(folded, code);
    }
  for (const name of shared) index.delete(name);
  return index;
};

/** The nearest known words, best first, for the remedy of a misspelt one. */
const suggestions = (word: string, known: Iterable<string>): string => {
  const left = new Set(known);
  const found: string[] = [];
  while (found.length < SUGGESTIONS) {
    const next = nearest(word, left);
    if (next === 'none') break;
    found.push(next);
    left.delete(next);
  }
  return found.length === 0 ? 'none' : found.join(', ');
};

/**
 * Reads one written code: by the rule's `values`, as a code of the list, by its name where the rule says so (`match: label`)
 * or the list is that of places, which are written by name everywhere, then `otherwise`. Unknown ones are refused with the nearest known ones: nothing is guessed.
 */
export const codeReader = (study: Study, list: string, rule: ColumnRule): ((text: string) => Reading) => {
  const codes = new Set((codesOf(study, list) ?? []).map((c) => c.code));
  const values = new Map(
    Object.entries(rule.values ?? {}).map(([written, code]) => [cleanWord(written), code]),
  );
  const isNamed = rule.match === 'label' || list === PLACES;
  const names = isNamed ? nameIndex(study, list) : new Map<string, string>();
  const known = [...values.keys(), ...codes, ...names.keys()];
  return (text) => {
    const word = cleanWord(text);
    const code = values.get(word) ?? (codes.has(word) ? word : names.get(foldedName(word)));
    if (code !== undefined && codes.has(code)) return read(code);
    const mixed = mixedScriptWord(word);
    if (mixed !== undefined) return bad('import_mixed_script', { word: mixed });
    if (rule.otherwise !== undefined) return read(rule.otherwise);
    return bad('import_code_unknown', { list, nearest: suggestions(word, known) });
  };
};

/** Codes that a rule names and the list does not have: found before the first row is read. */
export const unknownCodes = (study: Study, list: string, rule: ColumnRule): readonly string[] => {
  const codes = new Set((codesOf(study, list) ?? []).map((c) => c.code));
  const named = [
    ...Object.values(rule.values ?? {}),
    ...Object.values(rule.flags ?? {}),
    ...[rule.otherwise, rule.default, rule.constant].filter((code) => code !== undefined),
  ];
  return [...new Set(named)].filter((code) => !codes.has(code));
};
