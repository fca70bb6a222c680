import { type Document, isNode } from 'yaml';
import type { z } from 'zod';
import { type Problem, ProblemError, type ProblemPlace, problem, readYamlText } from '../vocabulary/index.ts';
import { type Mapping, mappingShape } from './mapping.ts';

type Path = readonly PropertyKey[];

/** Where the deepest part of a path that the file has stands. */
const offsetOf = (document: Document, path: Path): number => {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
};

const flat = (
  issues: readonly z.core.$ZodIssue[],
  base: Path = [],
): { readonly path: Path; readonly message: string }[] =>
  issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code !== 'invalid_union') return [{ path, message: issue.message }];
    // Of the ways a rule may be written, the one that came furthest says what is wrong.
    const deepest = issue.errors.map((e) => flat(e, path)).toSorted((a, b) => depth(b) - depth(a))[0];
    return deepest ?? [{ path, message: issue.message }];
  });
const depth = (found: readonly { readonly path: Path }[]): number =>
  Math.max(0, ...found.map((f) => f.path.length));

/** Reads the text of a mapping file. Throws ProblemError `import_mapping_shape` with file and line for each problem, `text_limit`. */
export const readMapping = (text: string, file = 'mapping.yaml'): Mapping => {
  const yaml = readYamlText(text, file);
  if ('excess' in yaml) throw new ProblemError(yaml.excess);
  const wrong = (path: string, name: string, at: ProblemPlace): Problem =>
    problem('import_mapping_shape', { path, what: 'shape', name, nearest: 'none' }, at);
  if ('faults' in yaml)
    throw new ProblemError(yaml.faults.map(({ code, offset }) => wrong('', code, yaml.place(offset))));
  const checked = mappingShape.safeParse(yaml.value);
  if (checked.success) return checked.data;
  throw new ProblemError(
    flat(checked.error.issues).map(({ path, message }) =>
      wrong(path.map(String).join('.'), message, {
        file,
        line: yaml.place(offsetOf(yaml.document, path)).line ?? 1,
      }),
    ),
  );
};
