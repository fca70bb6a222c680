import { codesOf, nearest, type Study } from '../study/index.ts';
import { LANGUAGES } from '../vocabulary/index.ts';
import type { ColumnRule } from './mapping.ts';
import { cleanWord, mixedScriptWord } from './normalise.ts';
import { bad, type Reading, read } from './reading.ts';

const SUGGESTIONS = 3;

const fold = (text: string): string => cleanWord(text).toLowerCase();

/** Labels of the list in any language -> code; a label that two codes share names none of them. */
const labelIndex = (study: Study, list: string): ReadonlyMap<string, string> => {
  const index = new Map<string, string>();
  const shared = new Set<string>();
  for (const { code, label } of codesOf(study, list) ?? [])
    for (const language of LANGUAGES) {
      const text = label === undefined ? '' : fold(label[language].text);
      const known = index.get(text);
      if (known !== undefined && known !== code) shared.add(text);
      index.set(text, code);
    }
  for (const text of shared) index.delete(text);
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
 * Reads one written code: by the rule's `values`, as a code of the list, as a label where the rule says so, then
 * `otherwise`. Unknown ones are refused with the nearest known ones: nothing is guessed.
 */
export const codeReader = (study: Study, list: string, rule: ColumnRule): ((text: string) => Reading) => {
  const codes = new Set((codesOf(study, list) ?? []).map((c) => c.code));
  const values = new Map(
    Object.entries(rule.values ?? {}).map(([written, code]) => [cleanWord(written), code]),
  );
  const labels = rule.match === 'label' ? labelIndex(study, list) : new Map<string, string>();
  const known = [...values.keys(), ...codes, ...labels.keys()];
  return (text) => {
    const word = cleanWord(text);
    const code = values.get(word) ?? (codes.has(word) ? word : (labels.get(fold(word)) ?? undefined));
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
