import { isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { type Problem, type ProblemPlace, problem, readYamlText } from '../vocabulary/index.ts';

export type YamlPath = readonly (string | number)[];

/** A YAML file that was read, and where in it each value stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Place of the value at a path, or of the nearest thing around it when there is none. */
  at(path: YamlPath): ProblemPlace;
  /** Place of the key that a path ends with. */
  atKey(path: YamlPath): ProblemPlace;
  /** Place of a character of a text value; of the value itself when it spans lines. */
  within(path: YamlPath, offset: number): ProblemPlace;
  has(path: YamlPath): boolean;
}

/** Reads one YAML file of a study: its value and places, or the syntax errors with line and column. */
export const readYaml = (
  file: string,
  text: string,
): { readonly source?: YamlSource; readonly problems: readonly Problem[] } => {
  const read = readYamlText(text, file);
  if ('excess' in read) return { problems: [read.excess] };
  if ('faults' in read)
    return {
      problems: read.faults.map(({ says, offset }) =>
        problem('study_file_unreadable', { file, reason: 'yaml', found: says }, read.place(offset)),
      ),
    };
  return { source: sourceOf(file, read.value, read.document.contents, read.place), problems: [] };
};

const sourceOf = (
  file: string,
  value: unknown,
  root: Node | null,
  place: (offset: number) => ProblemPlace,
): YamlSource => {
  const step = (node: unknown, key: string | number): Node | undefined => {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
    return isNode(next) ? next : undefined;
  };
  /** The deepest node on the way to a path that exists. */
  const find = (path: YamlPath): { readonly node: Node | undefined; readonly whole: boolean } => {
    let node: Node | undefined = root ?? undefined;
    for (const key of path) {
      const next = step(node, key);
      if (next === undefined) return { node, whole: false };
      node = next;
    }
    return { node, whole: true };
  };
  const placeOf = (node: Node | undefined): ProblemPlace =>
    node?.range ? place(node.range[0]) : { file, line: 1, column: 1 };
  return {
    file,
    value,
    at: (path) => placeOf(find(path).node),
    has: (path) => find(path).whole,
    atKey: (path) => {
      const parent = find(path.slice(0, -1)).node;
      const key = path.at(-1);
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      return placeOf(isNode(pair?.key) ? pair.key : parent);
    },
    within: (path, offset) => {
      const { node, whole } = find(path);
      if (!whole || !isScalar(node) || !node.range) return placeOf(node);
      const [start, end] = node.range;
      const quote = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
      const oneLine = String(node.value).length === end - start - 2 * quote;
      return place(oneLine ? start + quote + offset : start);
    },
  };
};
