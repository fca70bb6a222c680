import {
  Bookmark,
  BorderStyle,
  type FileChild,
  HeadingLevel,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Inline, Section } from '../document.ts';
import { tableLayout } from '../table-layout.ts';
import { figureParts } from './figure.ts';
import { runs } from './inlines.ts';
import { bookmarkName, type Manuscript } from './page.ts';
import { RULE, TEXT_WIDTH } from './styles.ts';
import { tableParts } from './table.ts';

export type Part = Paragraph | Table;

/** How paragraphs stand: in a quotation, in a box, in a list. */
interface Place {
  readonly style?: string;
  readonly list?: {
    readonly reference: 'bullets' | 'numbers';
    readonly instance: number;
    readonly level: number;
  };
}

const LEVELS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3];

export const blockParts = (m: Manuscript, blocks: readonly Block[], place: Place = {}): Part[] =>
  blocks.flatMap((block) => partsOf(m, block, place));

const paragraph = (m: Manuscript, inlines: readonly Inline[], { style, list }: Place): Paragraph =>
  new Paragraph({
    ...(style === undefined ? {} : { style }),
    ...(list === undefined ? {} : { numbering: list }),
    children: runs(m, inlines),
  });

/** The first block of an item carries the bullet or number; what follows is indented with it. */
const itemParts = (m: Manuscript, item: readonly Block[], place: Place): Part[] =>
  item.flatMap((block, i) =>
    partsOf(m, block, i === 0 || block.kind === 'list' ? place : { style: 'ListParagraph' }),
  );

const partsOf = (m: Manuscript, block: Block, place: Place): Part[] => {
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(m, block.inlines, place)];
    case 'list': {
      const level = place.list === undefined ? 0 : Math.min(place.list.level + 1, 2);
      const reference = block.ordered ? 'numbers' : 'bullets';
      const list = { reference, level, instance: m.next('list') } as const;
      return block.items.flatMap((item) => itemParts(m, item, { list }));
    }
    case 'quote':
      return blockParts(m, block.blocks, { style: 'Quote' });
    case 'callout':
      return [
        ...(block.title === undefined
          ? []
          : [
              new Paragraph({
                style: 'Callout',
                keepNext: true,
                children: runs(m, block.title, { bold: true }),
              }),
            ]),
        ...blockParts(m, block.blocks, { style: 'Callout' }),
      ];
    case 'grid':
      return [gridOf(m, block), new Paragraph({ spacing: { after: 80 } })];
    case 'table':
      return tableParts(m, block);
    case 'figure':
      return figureParts(m, block);
  }
};

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const EDGE = { style: BorderStyle.SINGLE, size: 6, color: 'auto' } as const;
const RULED = { style: BorderStyle.SINGLE, size: 2, color: RULE } as const;

const gridOf = (m: Manuscript, grid: Extract<Block, { kind: 'grid' }>): Table => {
  const width = Math.floor(TEXT_WIDTH / Math.max(grid.header.length, 1));
  const row = (cells: readonly (readonly Inline[])[], header: boolean): TableRow =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map(
        (inlines) =>
          new TableCell({
            width: { size: width, type: WidthType.DXA },
            children: [
              new Paragraph({ style: 'TableText', children: runs(m, inlines, header ? { bold: true } : {}) }),
            ],
          }),
      ),
    });
  return new Table({
    width: { size: width * grid.header.length, type: WidthType.DXA },
    columnWidths: grid.header.map(() => width),
    borders: {
      top: EDGE,
      bottom: EDGE,
      left: NONE,
      right: NONE,
      insideHorizontal: RULED,
      insideVertical: NONE,
    },
    margins: { left: 80, right: 80, top: 30, bottom: 30, marginUnitType: WidthType.DXA },
    rows: [row(grid.header, true), ...grid.rows.map((cells) => row(cells, false))],
  });
};

export const heading = (
  m: Manuscript,
  { id, level, number, title }: Pick<Section, 'id' | 'level' | 'number' | 'title'>,
): Paragraph => {
  const style = LEVELS[level - 1] ?? HeadingLevel.HEADING_3;
  const children = [...(number === undefined ? [] : [new TextRun(`${number}\u2002`)]), ...runs(m, title)];
  return new Paragraph({
    heading: style,
    // Numbered chapters share pages; the summary and the annexes begin one.
    ...(level === 1 && number === undefined ? { pageBreakBefore: true } : {}),
    children: [new Bookmark({ id: bookmarkName(id), children })],
  });
};

/** Parts of the text and whether their page is laid on its side. */
export interface Piece {
  readonly parts: readonly FileChild[];
  readonly sideways: boolean;
}

export const sectionPieces = (m: Manuscript, section: Section): readonly Piece[] => [
  { parts: [heading(m, section)], sideways: false },
  ...section.blocks.map((block) => ({
    parts: partsOf(m, block, {}),
    sideways: block.kind === 'table' && tableLayout(block).wide,
  })),
  ...section.sections.flatMap((s) => sectionPieces(m, s)),
];
