import { type PublishedFile, type PublishedNumber } from '../study/index.ts';

/** `file/row/column/period` in reference keys, as rules write it (see PublishedRule). */
export interface Selector {
  readonly negative: boolean;
  readonly keys: readonly string[];
}
export type Bindings = ReadonlyMap<string, string>;

const VARIABLE = /^\$\{?(\w+)\}?$/;
const EMBEDDED = /\$\{?(\w+)\}?/g;

export const parseSelector = (text: string): Selector => {
  const negative = text.startsWith('-');
  const keys = (negative ? text.slice(1) : text).split('/');
  if (keys.length !== 4) throw new RangeError(`rules.yaml: ${text} is not file/row/column/period`);
  return { negative, keys };
};

/** Rows of totals are named outright in a rule; `*` never means them. */
const ROW = 1;
const isTotal = (key: string): boolean => key === 'all' || key.endsWith('_total');

const keysOf = (n: PublishedNumber): readonly string[] => [
  n.file,
  n.referenceRow,
  n.referenceColumn,
  n.period,
];

/** Does one key fit one pattern; a variable binds it, or must have it already. */
const fits = (pattern: string, key: string, bound: Map<string, string>, place: number): boolean => {
  if (pattern === '*') return place !== ROW || !isTotal(key);
  if (pattern.startsWith('{')) return pattern.slice(1, -1).split(',').includes(key);
  const name = VARIABLE.exec(pattern)?.[1];
  if (name !== undefined) {
    const known = bound.get(name);
    if (known === undefined) bound.set(name, key);
    return known === undefined || known === key;
  }
  const embedded = [...pattern.matchAll(EMBEDDED)][0];
  if (embedded === undefined) return pattern === key;
  const [whole, variable = ''] = embedded;
  const [before = '', after = ''] = pattern.split(whole);
  const value = key.slice(before.length, key.length - after.length);
  return (
    key.startsWith(before) && key.endsWith(after) && value !== '' && fits(`$${variable}`, value, bound, place)
  );
};

/** The bindings under which a number fits a selector, or undefined. */
export const match = (
  selector: Selector,
  number: PublishedNumber,
  bindings: Bindings = new Map(),
): Bindings | undefined => {
  const bound = new Map(bindings);
  const keys = keysOf(number);
  return selector.keys.every((pattern, i) => fits(pattern, keys[i] ?? '', bound, i)) ? bound : undefined;
};

/** Published numbers by file, for quick look-up. */
export type PublishedIndex = ReadonlyMap<string, readonly PublishedNumber[]>;
export const indexPublished = (files: readonly PublishedFile[]): PublishedIndex =>
  new Map(files.map((f) => [f.id, f.numbers]));

/** All numbers that a selector names under bindings. */
export const select = (
  index: PublishedIndex,
  selector: Selector,
  bindings: Bindings,
): readonly PublishedNumber[] =>
  (index.get(selector.keys[0] ?? '') ?? []).filter((n) => match(selector, n, bindings) !== undefined);

/** `where` of a rule: every restricted variable is bound to one of its keys. */
export const allowed = (where: ReadonlyMap<string, readonly string[]>, bindings: Bindings): boolean =>
  [...where].every(([name, patterns]) => {
    const key = bindings.get(name);
    return key === undefined || patterns.some((pattern) => fits(pattern, key, new Map(), ROW));
  });
