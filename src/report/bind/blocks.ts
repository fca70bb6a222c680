import type { Table } from '../../tables/index.ts';
import type { ProblemPlace } from '../../vocabulary/index.ts';
import type { Block, Inline } from '../document.ts';
import type { SourceNode } from '../source/read-source.ts';
import { type Binding, broken, fail, labelled, withPeriod } from './binding.ts';
import { bindTable } from './cells.ts';
import { cutTable, timeDimension } from './cut-table.ts';
import { bindInlines } from './inlines.ts';
import type { Placed } from './numbering.ts';
import { sourceText } from './source-text.ts';
import { tableBlock } from './table-block.ts';

/** The blocks of a section, bound. A block that fails is reported and leaves nothing; the document is then not built. */
export const bindBlocks = (binding: Binding, nodes: readonly SourceNode[]): readonly Block[] =>
  nodes.flatMap((node) => bindBlock(binding, node));

const bindBlock = (binding: Binding, node: SourceNode): readonly Block[] => {
  switch (node.type) {
    case 'paragraph':
    case 'inline':
      return [{ kind: 'paragraph', inlines: bindInlines(binding, node.children) }];
    case 'list':
      return [
        {
          kind: 'list',
          ordered: node.attributes['ordered'] === true,
          items: node.children.map((item) => bindBlocks(binding, item.children)),
        },
      ];
    case 'blockquote':
      return [{ kind: 'quote', blocks: bindBlocks(binding, node.children) }];
    case 'table':
      return [grid(binding, node)];
    case 'tag':
      return bindTagBlock(binding, node);
    default:
      return [];
  }
};

const bindTagBlock = (binding: Binding, tag: SourceNode): readonly Block[] => {
  switch (tag.tag) {
    case 'table':
      return placeTable(binding, tag);
    case 'figure':
      return placeFigure(binding, tag);
    case 'callout': {
      const title = tag.attributes['title'];
      const heading: readonly Inline[] = [{ kind: 'text', text: String(title) }];
      const blocks = bindBlocks(binding, tag.children);
      return [{ kind: 'callout', ...(title === undefined ? {} : { title: heading }), blocks }];
    }
    default:
      return [];
  }
};

const grid = (binding: Binding, node: SourceNode): Block => {
  const rows = (part: string): (readonly (readonly Inline[])[])[] =>
    node.children
      .filter((c) => c.type === part)
      .flatMap((c) =>
        c.children.map((row) => row.children.map((cell) => bindInlines(binding, cell.children))),
      );
  return { kind: 'grid', header: rows('thead')[0] ?? [], rows: rows('tbody') };
};

const listed = (binding: Binding, value: unknown): readonly string[] | undefined =>
  value === undefined
    ? undefined
    : withPeriod(binding, String(value))
        .split(',')
        .map((part) => part.trim());

/** The table of a tag cut to its measures and periods; unknown names are broken bindings. */
const cut = (
  binding: Binding,
  tag: SourceNode,
  measures: readonly string[] | undefined,
): Table | undefined => {
  const at: ProblemPlace = tag.at;
  const table = bindTable(binding, withPeriod(binding, String(tag.attributes['primary'])), at);
  if (table === undefined) return undefined;
  const periods = listed(binding, tag.attributes['periods']);
  const known = {
    measures: table.measures.map((m) => m.id),
    periods: timeDimension(table)?.codes.map((c) => c.code) ?? [],
  };
  const unknownMeasure = measures?.find((m) => !known.measures.includes(m));
  const unknownPeriod = periods?.find((p) => !known.periods.includes(p));
  if (unknownMeasure !== undefined)
    return void broken(binding, at, `${table.id} ${unknownMeasure}`, 'unknown_measure', {
      known: known.measures,
    });
  if (unknownPeriod !== undefined)
    return void broken(binding, at, `${table.id} ${unknownPeriod}`, 'unknown_period', {
      known: known.periods,
    });
  return cutTable(table, {
    ...(measures === undefined ? {} : { measures }),
    ...(periods === undefined ? {} : { periods }),
  });
};

const placed = (binding: Binding, tag: SourceNode): Placed => {
  const place = binding.numbering.placed.get(tag);
  if (place === undefined) throw new Error(`tag ${tag.tag} was not numbered`);
  return place;
};

const placeTable = (binding: Binding, tag: SourceNode): readonly Block[] => {
  const table = cut(binding, tag, listed(binding, tag.attributes['measures']));
  return table === undefined ? [] : [tableBlock(binding, table, placed(binding, tag))];
};

const UNSAFE_SVG =
  /<script|<foreignObject|\son\w+\s*=|(?:href|src)\s*=\s*["'](?!#|data:image\/)|url\(\s*["']?(?!#)/i;

/** A label after a colon begins small, unless it begins with an abbreviation. */
const inSentence = (label: string, { language }: Binding): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.slice(0, 1).toLocaleLowerCase(language) + label.slice(1) : label;

/** Width of a figure on a phone, in CSS pixels: 360 less the margins of the page. */
const PHONE = 328;

const placeFigure = (binding: Binding, tag: SourceNode): readonly Block[] => {
  const measure = tag.attributes['measure'];
  const table = cut(binding, tag, listed(binding, measure));
  const first = table?.measures[0];
  if (table === undefined || first === undefined) return [];
  const kind = tag.attributes['kind'] as Parameters<Binding['figures']>[0]['kind'];
  const place = placed(binding, tag);
  const request = { kind, table, measure: first.id, language: binding.language };
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
  const beside = tableBlock(binding, table, { number: '', anchor: `${place.anchor}-numbers` });
  const definition = binding.study.tables.find((t) => t.id === table.id);
  // The picture names its measure itself; the caption does where two pictures are drawn from one table.
  const sameTable = [...binding.numbering.placed.keys()].filter(
    (t) => t.tag === 'figure' && t.attributes['primary'] === tag.attributes['primary'],
  );
  const measureText = sameTable.length > 1 ? `: ${inSentence(labelled(binding, first.label), binding)}` : '';
  return [
    {
      kind: 'figure',
      id: table.id,
      ...place,
      caption: `${beside.caption}${measureText}`,
      ...drawn,
      narrow: { svg: narrow.svg, width: narrow.width, height: narrow.height },
      table: beside,
      // The picture explains its own breaks and gaps; the definition's note is the table's.
      notes: [
        ...(definition?.note === undefined ? [] : [labelled(binding, definition.note)]),
        ...drawn.notes,
      ],
      source: sourceText(binding, table, definition),
    },
  ];
};
