import {
  type Label,
  type LabelText,
  type Language,
  type Problem,
  type ProblemCode,
  type ProblemDetails,
  type ProblemPlace,
  problem,
} from '../vocabulary/index.ts';
import type { ExpressionFault } from './scope.ts';
import type { LabelInput } from './shape/base.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** A piece of a study file with the place it came from. */
export interface Located<T> {
  readonly value: T;
  readonly source: YamlSource;
  readonly path: YamlPath;
}

export const placeOf = (item: Located<unknown>, ...path: YamlPath): ProblemPlace =>
  item.source.at([...item.path, ...path]);

/** The items of a list with their places. */
export const itemsOf = <T>(list: Located<readonly T[]>): readonly Located<T>[] =>
  list.value.map((value, index) => ({ value, source: list.source, path: [...list.path, index] }));

/** Collects all that is wrong, and the labels that are still drafts, while a study is read. */
export interface Findings {
  readonly problems: Problem[];
  readonly reviewNeeded: string[];
}

export const report = (
  findings: Findings,
  code: ProblemCode,
  details: ProblemDetails,
  at: ProblemPlace,
): void => {
  findings.problems.push(problem(code, details, at));
};

/** Reports what is wrong with an expression at the very character. */
export const reportFaults = (
  findings: Findings,
  faults: readonly ExpressionFault[],
  item: Located<unknown>,
  ...path: YamlPath
): void => {
  for (const { code, details, at } of faults)
    report(findings, code, details, item.source.within([...item.path, ...path], at));
};

/** A label from its YAML: `~text` and {text, review: needed} are drafts, listed under `where/language`. */
export const labelOf = (findings: Findings, input: LabelInput, where: string): Label => {
  const text = (language: Language): LabelText => {
    const given = input[language];
    const draft = typeof given === 'string' ? given.startsWith('~') : given.review === 'needed';
    if (draft) findings.reviewNeeded.push(`${where}/${language}`);
    const plain = typeof given === 'string' ? (draft ? given.slice(1).trim() : given) : given.text;
    return draft ? { text: plain, review: 'needed' } : { text: plain };
  };
  return { kk: text('kk'), ru: text('ru'), en: text('en') };
};

/** Maps items by id; the same id twice is an error, in one package or between a package and its base. */
export const byId = <T>(
  findings: Findings,
  kind: string,
  items: readonly (readonly [string, T, ProblemPlace])[],
): Map<string, T> => {
  const map = new Map<string, T>();
  for (const [id, item, place] of items) {
    if (map.has(id)) report(findings, 'study_name_twice', { kind, name: id }, place);
    else map.set(id, item);
  }
  return map;
};
