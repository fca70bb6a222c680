import type { TableDefinition } from '../../study/index.ts';
import type { Table } from '../../tables/index.ts';
import { type Binding, say } from './binding.ts';

/** The first digits of a hash, enough to find it by. */
export const shortId = (id: string): string => id.slice(0, 12);

/** A place in a publication as the files of published numbers name it: `2` is a table, `text §5` a section; else as written. */
const placeIn = (binding: Binding, source: string): string => {
  const section = /^text §\s*(.+)$/.exec(source)?.[1];
  if (section !== undefined) return say(binding, 'report.published_section', { number: section });
  return /^\d/.test(source) ? say(binding, 'report.published_table', { number: source }) : source;
};

/** The source line of a table or figure: the snapshot, and the earlier publications whose numbers stand in it. */
export const sourceText = (
  binding: Binding,
  table: Table,
  definition: TableDefinition | undefined,
): string => {
  const origins = new Set(table.cells.map((c) => c.origin));
  const files = binding.study.published.filter((p) => definition?.published.includes(p.id));
  const published = [
    ...new Set(files.flatMap((f) => f.source.split(';').map((part) => placeIn(binding, part.trim())))),
  ].join('; ');
  const computed = say(binding, 'report.source_computed', { snapshot: shortId(table.snapshot) });
  const text = !origins.has('published')
    ? computed
    : origins.has('computed')
      ? say(binding, 'report.source_mixed', { text: computed, published })
      : say(binding, 'report.source_published', { published });
  return say(binding, 'report.source', { text });
};
