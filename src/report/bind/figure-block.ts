import type { Block } from '../document.ts';
import type { SourceNode } from '../source/read-source.ts';
import { type Binding, fail, labelled } from './binding.ts';
import { declaredFigure } from './declared-figure.ts';
import { sourceText } from './source-text.ts';
import { tableBlock } from './table-block.ts';

const UNSAFE_SVG =
  /<script|<foreignObject|\son\w+\s*=|(?:href|src)\s*=\s*["'](?!#|data:image\/)|url\(\s*["']?(?!#)/i;

/** Width of a figure on a phone, in CSS pixels: 360 less the margins of the page. */
const PHONE = 328;

/** A figure with the tables of its numbers. What cannot be drawn is reported, and leaves nothing. */
export const figureBlock = (binding: Binding, tag: SourceNode): readonly Block[] => {
  const declared = declaredFigure(binding, tag);
  if (declared === undefined) return [];
  const { number, anchor, caption, request } = declared;
  const { table, beside = [] } = request;
  const numbers = [table, ...beside.map((one) => one.table)].map((of, i) =>
    tableBlock(binding, of, { number: '', anchor: `${anchor}-numbers${i === 0 ? '' : `-${i + 1}`}` }),
  );
  const drawn = binding.figures({ ...request, id: anchor });
  const narrow = binding.figures({ ...request, id: `${anchor}-narrow`, width: PHONE });
  if ('code' in drawn || 'code' in narrow) {
    const found = [drawn, narrow].find((one) => 'code' in one);
    if (found !== undefined) binding.problems.push({ ...found, at: tag.at });
    return [];
  }
  if (UNSAFE_SVG.test(drawn.svg) || UNSAFE_SVG.test(narrow.svg)) {
    fail(binding, 'report_source_shape', { reason: 'svg', what: table.id }, tag.at);
    return [];
  }
  const definition = binding.study.tables.find((t) => t.id === table.id);
  return [
    {
      kind: 'figure',
      id: table.id,
      number,
      anchor,
      caption,
      ...drawn,
      narrow: { svg: narrow.svg, width: narrow.width, height: narrow.height },
      tables: numbers,
      // The picture explains its own breaks and gaps; the definition's note is the table's.
      notes: [
        ...(definition?.note === undefined ? [] : [labelled(binding, definition.note)]),
        ...drawn.notes,
      ],
      source: sourceText(binding, table, definition),
    },
  ];
};
