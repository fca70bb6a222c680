import { type Problem, problem } from '../../vocabulary/index.ts';
import { MAX_TAG, writtenTags } from './text-positions.ts';

/**
 * What the text of a report may be (docs/adr/0012-limits.md). The Markdown parser is not linear in all of it: it never ends
 * on a hundred tags inside one another, fills the missing cells of every row of a table, and reads a passage of link
 * definitions again for each. The longest report of the built-in studies has a quarter of the characters.
 */
const LIMITS = {
  characters: 300_000,
  line: 5_000,
  /** Lines without an empty one between. */
  block: 100,
  tags: 5_000,
  tag: MAX_TAG,
  /** Tags inside one another. */
  depth: 16,
  columns: 50,
  cells: 20_000,
} as const;

const ofLines = (text: string): keyof typeof LIMITS | undefined => {
  let [lines, columns, cells] = [0, 0, 0];
  for (const line of text.split('\n')) {
    if (line.length > LIMITS.line) return 'line';
    if (line.trim() === '') [lines, columns] = [0, 0];
    else {
      lines += 1;
      columns = Math.max(columns, line.split('|').length - 1);
      cells += columns;
    }
    if (lines > LIMITS.block) return 'block';
    if (columns > LIMITS.columns) return 'columns';
    if (cells > LIMITS.cells) return 'cells';
  }
  return undefined;
};

const ofTags = (text: string): keyof typeof LIMITS | undefined => {
  if (text.split('{%').length - 1 > LIMITS.tags) return 'tags';
  let depth = 0;
  for (const { kind, name } of writtenTags(text)) {
    if (kind === 'close') depth = Math.max(0, depth - 1);
    else if (kind === 'open' && name !== undefined) depth += 1;
    if (depth > LIMITS.depth) return 'depth';
  }
  return undefined;
};

/** The limit that a report's text exceeds, told before the parser sees it. */
export const excessOf = (text: string, file: string): Problem | undefined => {
  const what = text.length > LIMITS.characters ? 'characters' : (ofLines(text) ?? ofTags(text));
  return what === undefined ? undefined : problem('text_limit', { what, limit: LIMITS[what] }, { file });
};
