import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import { LANGUAGES, type Label, type Language, labelText } from './language.ts';
import type { Problem } from './problem.ts';

export type MessageArguments = Readonly<Record<string, string | number>>;

/** Everything a person reads, in three languages, from one catalogue (ICU MessageFormat, ids joined with dots). */
export interface Messages {
  /** Throws when the id is unknown: a missing message is a defect, never an empty string. */
  (language: Language, id: string, args?: MessageArguments): string;
  has(id: string): boolean;
  readonly ids: readonly string[];
  /** The same catalogue with a study's own words; a word of the catalogue is never replaced. */
  with(words: ReadonlyMap<string, Label>): Messages;
}

/**
 * Whose rules numbers in a message follow. Browsers have no Kazakh ones and would write them as English; Kazakh numbers are
 * written as Russian ones. Of plural forms Kazakh messages have one.
 */
const NUMBERS_OF: Readonly<Record<Language, Language>> = { kk: 'ru', ru: 'ru', en: 'en' };

const flatten = (node: unknown, path: string, into: Map<string, string>): Map<string, string> => {
  if (typeof node === 'string') into.set(path, node);
  else if (typeof node === 'object' && node !== null)
    for (const [key, value] of Object.entries(node))
      flatten(value, path === '' ? key : `${path}.${key}`, into);
  else throw new TypeError(`message ${path} is not a text`);
  return into;
};

/** Flat id -> text of one catalogue file (YAML, nested). */
export const readCatalogue = (yamlText: string): ReadonlyMap<string, string> =>
  flatten(parse(yamlText) ?? {}, '', new Map());

/** Messages from the texts of `messages/{kk,ru,en}.yaml`; the caller reads the files (Node) or bundles them (browser). */
export const createMessages = (sources: Readonly<Record<Language, string>>): Messages =>
  messagesOf(new Map(LANGUAGES.map((l) => [l, readCatalogue(sources[l])])));

/** Messages from catalogues that are read already; a page has only that of its language. */
export const messagesOf = (catalogues: ReadonlyMap<Language, ReadonlyMap<string, string>>): Messages => {
  const compiled = new Map<string, IntlMessageFormat>();
  const format = (language: Language, id: string, args: MessageArguments = {}): string => {
    const key = `${language}/${id}`;
    let message = compiled.get(key);
    if (message === undefined) {
      const text = catalogues.get(language)?.get(id);
      if (text === undefined) throw new Error(`no message ${id} in ${language}`);
      message = new IntlMessageFormat(text, NUMBERS_OF[language], undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    return String(message.format({ ...args }));
  };
  const ids = [...(catalogues.get('en')?.keys() ?? [])];
  const withWords = (words: ReadonlyMap<string, Label>): Messages => {
    if (words.size === 0) return messages;
    const added = (language: Language): [string, string][] =>
      [...words].map(([id, label]) => [id, labelText(label, language)]);
    return messagesOf(
      new Map(LANGUAGES.map((l) => [l, new Map([...added(l), ...(catalogues.get(l) ?? [])])])),
    );
  };
  const has = (id: string): boolean => catalogues.get('en')?.has(id) ?? false;
  const messages: Messages = Object.assign(format, { has, ids, with: withWords });
  return messages;
};

/** The sentence for a problem with its place and the next step, e.g. for a terminal or a page. */
export const problemText = (messages: Messages, language: Language, problem: Problem): string => {
  const { file, line, column, row, field } = problem.at ?? {};
  const place = [
    file === undefined
      ? undefined
      : line === undefined
        ? file
        : `${file}:${line}${column === undefined ? '' : `:${column}`}`,
    row === undefined ? undefined : messages(language, 'place.row', { row }),
    field === undefined ? undefined : messages(language, 'place.field', { field }),
  ].filter((p) => p !== undefined);
  const says = messages(language, `problem.${problem.code}.says`, problem.details);
  const remedy = messages(language, `problem.${problem.code}.remedy`, problem.details);
  return `${place.length > 0 ? `${place.join(', ')}: ` : ''}${says} ${remedy}`;
};
