import type { TableDefinition } from '../../study/index.ts';
import type { Table } from '../../tables/index.ts';
import { type Binding, say } from './binding.ts';

/** The first digits of a hash, enough to find it by. */
export const shortId = (id: string): string => id.slice(0, 12);

/** The source line of a table or figure: the snapshot, and the earlier publications whose numbers stand in it. */
export const sourceText = (
  binding: Binding,
  table: Table,
  definition: TableDefinition | undefined,
): string => {
  const origins = new Set(table.cells.map((c) => c.origin));
  const files = binding.study.published.filter((p) => definition?.published.includes(p.id));
  const named = (source: string): string =>
    /^\d/.test(source) ? say(binding, 'report.published_table', { number: source }) : source;
  const published = [...new Set(files.map((f) => named(f.source)))].join('; ');
  const computed = say(binding, 'report.source_computed', { snapshot: shortId(table.snapshot) });
  const text = !origins.has('published')
    ? computed
    : origins.has('computed')
      ? say(binding, 'report.source_mixed', { text: computed, published })
      : say(binding, 'report.source_published', { published });
  return say(binding, 'report.source', { text });
};
