import { type Document, isAlias, isNode, isScalar, Lexer, LineCounter, parseDocument, visit } from 'yaml';
import { type Problem, type ProblemPlace, problem } from './problem.ts';
import { YAML_FAULTS_TOLD, YAML_LIMITS } from './text-limits.ts';

/** Something that the YAML reader did not understand, at an offset of the text. */
export interface YamlFault {
  readonly code: string;
  readonly says: string;
  readonly offset: number;
}

/** A YAML text of foreign origin: its document and value, or what is wrong with it. */
export type YamlReading = {
  readonly place: (offset: number) => ProblemPlace;
} & (
  | { readonly document: Document; readonly value: unknown }
  /** Larger than it may be: nothing of it was built. */
  | { readonly excess: Problem }
  | { readonly faults: readonly YamlFault[] }
);

const excess = (what: keyof typeof YAML_LIMITS, file: string): Problem =>
  problem('text_limit', { what, limit: YAML_LIMITS[what] }, { file });

/**
 * Which limit a text exceeds, found by its lexer alone: the parser behind it recurses and collects, and would first build
 * what is then refused. Depth is that of brackets plus that of lines which stand further and further in.
 */
const exceeded = (text: string): 'characters' | 'tokens' | 'depth' | undefined => {
  if (text.length > YAML_LIMITS.characters) return 'characters';
  const columns: number[] = [];
  let [tokens, brackets, column, starts, before] = [0, 0, 0, true, ''];
  const openAt = (at: number): void => {
    while ((columns.at(-1) ?? -1) >= at) columns.pop();
    columns.push(at);
  };
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > YAML_LIMITS.tokens) return 'tokens';
    if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    if (token === '\n' || token === '\r\n') [column, starts] = [0, true];
    else {
      // A colon where a line, an entry or a value begins is the value of an empty key, and another may begin within it.
      const isIndicator = token === '-' || token === '?' || (token === ':' && (starts || before === ':'));
      if (token.trim() !== '' && !isMarker(token)) before = token;
      if (starts ? token.trim() !== '' && !isMarker(token) : isIndicator) {
        openAt(column);
        starts = isIndicator;
      }
      if (!isMarker(token)) column += token.length;
    }
    if (brackets + columns.length > YAML_LIMITS.depth) return 'depth';
  }
  return undefined;
};
/** What the lexer puts between tokens and is not in the text. */
const isMarker = (token: string): boolean => token === '\u0002' || token === '\u0018' || token === '\u001f';

/** A key that is no word, and one that stands twice in its map. The parser's own check compares each key with each. */
const faultsOfKeys = (document: Document): readonly YamlFault[] => {
  const faults: YamlFault[] = [];
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items)
        if (isNode(key) && !isScalar(key) && !isAlias(key))
          faults.push({ code: 'KEY', says: 'A key must be a word', offset: key.range?.[0] ?? 0 });
        else if (isScalar(key)) {
          if (seen.has(key.value))
            faults.push({
              code: 'DUPLICATE_KEY',
              says: `Map keys must be unique: ${String(key.value)}`,
              offset: key.range?.[0] ?? 0,
            });
          seen.add(key.value);
        }
    },
  });
  return faults;
};

/** The parser makes an error object of each fault, a hundred thousand of a hostile text; their call stacks cost the most. */
const withoutStacks = <T>(act: () => T): T => {
  const engine = Error as { stackTraceLimit?: number };
  const before = engine.stackTraceLimit;
  engine.stackTraceLimit = 0;
  try {
    return act();
  } finally {
    if (before === undefined) delete engine.stackTraceLimit;
    else engine.stackTraceLimit = before;
  }
};

/** Undefined where the parser, which recurses, found a depth that its lexer does not show. */
const parsed = (text: string, lineCounter: LineCounter): Document | undefined => {
  try {
    return withoutStacks(() => parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false }));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const firstLine = (message: string): string => message.split('\n')[0] ?? '';

/** Reads a YAML text within its limits, whatever it holds: linear in time and memory. Never throws. */
export const readYamlText = (text: string, file: string): YamlReading => {
  const lines = new LineCounter();
  const place = (offset: number): ProblemPlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const limit = exceeded(text);
  if (limit !== undefined) return { place, excess: excess(limit, file) };
  const document = parsed(text, lines);
  if (document === undefined) return { place, excess: excess('depth', file) };
  const written = [...document.errors, ...document.warnings].slice(0, YAML_FAULTS_TOLD);
  const faults: readonly YamlFault[] =
    written.length > 0
      ? written.map((e) => ({ code: e.code, says: firstLine(e.message), offset: e.pos[0] }))
      : faultsOfKeys(document).slice(0, YAML_FAULTS_TOLD);
  if (faults.length > 0) return { place, faults };
  try {
    return { place, document, value: document.toJS({ maxAliasCount: YAML_LIMITS.aliases }) };
  } catch (error) {
    // Aliases that multiply, and those that name nothing.
    if (error instanceof ReferenceError && /alias count/.test(error.message))
      return { place, excess: excess('aliases', file) };
    return { place, faults: [{ code: 'VALUE', says: firstLine(String(error)), offset: 0 }] };
  }
};
