import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Problem, ProblemError, problem } from '../vocabulary/index.ts';
import { type Mapping, mappingShape } from './mapping.ts';

type Path = readonly PropertyKey[];

/** Line of the deepest part of a path that the file has. */
const lineOf = (document: Document, lines: LineCounter, path: Path): number => {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
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

/** YAML whose aliases multiply (billion laughs) is refused by the parser when it is turned into data. */
const plainData = (document: Document, file: string): unknown => {
  try {
    return document.toJS();
  } catch (error) {
    const details = {
      path: '',
      what: 'shape',
      name: error instanceof Error ? error.message : '',
      nearest: 'none',
    };
    throw new ProblemError(problem('import_mapping_shape', details, { file }));
  }
};

/** Reads the text of a mapping file. Throws ProblemError `import_mapping_shape` with file and line for each problem. */
export const readMapping = (text: string, file = 'mapping.yaml'): Mapping => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    throw new ProblemError(
      document.errors.map((e) => {
        const { line, col } = lines.linePos(e.pos[0]);
        return problem(
          'import_mapping_shape',
          { path: '', what: 'shape', name: e.code, nearest: 'none' },
          { file, line, column: col },
        );
      }),
    );
  const checked = mappingShape.safeParse(plainData(document, file));
  if (checked.success) return checked.data;
  throw new ProblemError(
    flat(checked.error.issues).map(({ path, message }): Problem => {
      const at = { file, line: lineOf(document, lines, path) };
      return problem(
        'import_mapping_shape',
        { path: path.map(String).join('.'), what: 'shape', name: message, nearest: 'none' },
        at,
      );
    }),
  );
};
