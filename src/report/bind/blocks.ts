import type { Block, Inline } from '../document.ts';
import type { SourceNode } from '../source/read-source.ts';
import type { Binding } from './binding.ts';
import { cutOf, listed } from './cut-tag.ts';
import { figureBlock } from './figure-block.ts';
import { bindInlines } from './inlines.ts';
import { numberedPlace } from './numbering.ts';
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
      return figureBlock(binding, tag);
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

const placeTable = (binding: Binding, tag: SourceNode): readonly Block[] => {
  const table = cutOf(
    binding,
    tag,
    String(tag.attributes['primary']),
    listed(binding, tag.attributes['measures']),
  );
  return table === undefined
    ? []
    : [
        tableBlock(
          binding,
          table,
          numberedPlace(binding.numbering, tag),
          tag.attributes['intervals'] === true,
        ),
      ];
};
