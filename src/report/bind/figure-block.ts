import type { Table, TableMeasure } from '../../tables/index.ts';
import type { Block } from '../document.ts';
import type { SourceNode } from '../source/read-source.ts';
import { type Binding, broken, fail, labelled, withPeriod } from './binding.ts';
import { cutOf, listed } from './cut-tag.ts';
import { numberedPlace } from './numbering.ts';
import { sourceText } from './source-text.ts';
import { tableBlock } from './table-block.ts';

const UNSAFE_SVG =
  /<script|<foreignObject|\son\w+\s*=|(?:href|src)\s*=\s*["'](?!#|data:image\/)|url\(\s*["']?(?!#)/i;

/** A label after a colon begins small, unless it begins with an abbreviation. */
const inSentence = (label: string, { language }: Binding): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.slice(0, 1).toLocaleLowerCase(language) + label.slice(1) : label;

/** Width of a figure on a phone, in CSS pixels: 360 less the margins of the page. */
const PHONE = 328;

interface Drawn {
  readonly table: Table;
  readonly measure: TableMeasure;
}

/** The tables drawn beside the first: `table`, or `table/measure` where it is not the measure of the figure. */
const besideOf = (binding: Binding, tag: SourceNode, measure: string): readonly Drawn[] | undefined => {
  const drawn: Drawn[] = [];
  for (const written of listed(binding, tag.attributes['with']) ?? []) {
    const [id = '', own = measure] = written.split('/');
    const table = cutOf(binding, tag, id, [own]);
    const [first] = table?.measures ?? [];
    if (table === undefined || first === undefined) return undefined;
    drawn.push({ table, measure: first });
  }
  return drawn;
};

const measuresDrawn = (tag: SourceNode): string =>
  `${String(tag.attributes['primary'])} ${String(tag.attributes['with'] ?? '')}`;

/** What a figure is called: its own title, else that of its table; with its measure where two are drawn of the same. */
const captionOf = (binding: Binding, tag: SourceNode, plain: string, measure: TableMeasure): string => {
  const title = tag.attributes['title'];
  if (title !== undefined) return withPeriod(binding, String(title));
  const same = [...binding.numbering.placed.keys()].filter(
    (t) => t.tag === 'figure' && measuresDrawn(t) === measuresDrawn(tag),
  );
  return same.length > 1 ? `${plain}: ${inSentence(labelled(binding, measure.label), binding)}` : plain;
};

/** A figure with the tables of its numbers. What cannot be drawn is reported, and leaves nothing. */
export const figureBlock = (binding: Binding, tag: SourceNode): readonly Block[] => {
  const table = cutOf(
    binding,
    tag,
    String(tag.attributes['primary']),
    listed(binding, tag.attributes['measure']),
  );
  const first = table?.measures[0];
  if (table === undefined || first === undefined) return [];
  const beside = besideOf(binding, tag, first.id);
  if (beside === undefined) return [];
  const column = tag.attributes['column'];
  const code = column === undefined ? undefined : withPeriod(binding, String(column));
  const known = table.dimensions.at(-1)?.codes.map((c) => c.code) ?? [];
  if (code !== undefined && !known.includes(code)) {
    broken(binding, tag.at, `${table.id} ${code}`, 'unknown_cell', { known });
    return [];
  }
  const place = numberedPlace(binding.numbering, tag);
  const numbers = [table, ...beside.map((one) => one.table)].map((of, i) =>
    tableBlock(binding, of, { number: '', anchor: `${place.anchor}-numbers${i === 0 ? '' : `-${i + 1}`}` }),
  );
  const caption = captionOf(binding, tag, numbers[0]?.caption ?? '', first);
  const kind = tag.attributes['kind'] as Parameters<Binding['figures']>[0]['kind'];
  const request = {
    kind,
    table,
    measure: first.id,
    language: binding.language,
    beside: beside.map((one) => ({ table: one.table, measure: one.measure.id })),
    ...(tag.attributes['title'] === undefined ? {} : { title: caption }),
    ...(code === undefined ? {} : { column: code }),
  };
  const drawn = binding.figures({ ...request, id: place.anchor });
  const narrow = binding.figures({ ...request, id: `${place.anchor}-narrow`, width: PHONE });
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
      ...place,
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
