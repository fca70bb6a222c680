import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  type IBorderOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextDirection,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { TableBlock, TableCell as ValueCell } from '../document.ts';
import { headingText, shownLabels, tableLayout } from '../table-layout.ts';
import { captionOf } from './caption.ts';
import type { Manuscript } from './page.ts';
import { QUIET, RULE, TEXT_WIDTH, TEXT_WIDTH_SIDEWAYS } from './styles.ts';

const NONE: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const line = (size: number, color = 'auto'): IBorderOptions => ({ style: BorderStyle.SINGLE, size, color });

/** Tables of so many rows are kept on one page. */
const WHOLE = 20;

interface Face {
  /** In half points. */
  readonly size: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly color?: string;
}

interface CellOptions {
  readonly text: string;
  readonly mark?: string;
  readonly right: boolean;
  readonly face: Face;
  readonly width: number;
  readonly span?: number;
  readonly rows?: number;
  readonly top?: IBorderOptions;
  readonly bottom?: IBorderOptions;
  readonly keepNext?: boolean;
  readonly centred?: boolean;
  /** The text stands on its side and reads upwards. */
  readonly turned?: boolean;
}

const cell = (o: CellOptions): TableCell =>
  new TableCell({
    width: { size: o.width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.BOTTOM,
    ...(o.span === undefined || o.span === 1 ? {} : { columnSpan: o.span }),
    ...(o.rows === undefined || o.rows === 1 ? {} : { rowSpan: o.rows }),
    ...(o.turned === true ? { textDirection: TextDirection.BOTTOM_TO_TOP_LEFT_TO_RIGHT } : {}),
    borders: { top: o.top ?? NONE, bottom: o.bottom ?? NONE, left: NONE, right: NONE },
    children: [
      new Paragraph({
        style: 'TableText',
        alignment: o.centred
          ? AlignmentType.CENTER
          : o.right && o.turned !== true
            ? AlignmentType.RIGHT
            : AlignmentType.LEFT,
        ...(o.keepNext === true ? { keepNext: true } : {}),
        children: [
          new TextRun({ text: o.text, ...o.face }),
          ...(o.mark === undefined || o.mark === ''
            ? []
            : [new TextRun({ text: o.mark, superScript: true, ...o.face })]),
        ],
      }),
    ],
  });

const valueFace = (value: ValueCell, size: number, total: boolean): Face => {
  if (value.missing !== undefined) return { size, color: QUIET };
  return {
    size,
    ...(total ? { bold: true } : {}),
    ...(value.origin === 'published' ? { italics: true } : {}),
  };
};

/** Room for the longest heading on its side, in twentieths of a point: bold letters of about two thirds of their size. */
const turnedHeight = (row: TableBlock['header'][number], size: number): number =>
  Math.round(Math.max(...row.map(({ text }) => text.length)) * size * 0.68 * 20) + 100;

/** A native table: header rows repeat on each page, no row breaks, the first lines stay with the header. */
const gridOf = (table: TableBlock): Table => {
  const stubs = table.stub.length;
  const layout = tableLayout(table);
  const size = Math.round(layout.size * 2);
  const page = layout.wide ? TEXT_WIDTH_SIDEWAYS : TEXT_WIDTH;
  const widths = layout.columns.map((share) => Math.round(share * layout.width * page));
  const widthOf = (from: number, span: number): number =>
    widths.slice(from, from + span).reduce((sum, w) => sum + w, 0);
  const bold: Face = { size, bold: true };
  const header = table.header.map((row, i) => {
    const top = i === 0 ? { top: line(8) } : {};
    const last = i === table.header.length - 1;
    let at = stubs;
    const lead =
      i > 0
        ? []
        : table.stub.map((text, s) =>
            cell({
              text: headingText(text),
              right: false,
              face: bold,
              width: widthOf(s, 1),
              rows: table.header.length,
              ...top,
              bottom: line(4),
            }),
          );
    const values = row.map(({ text, span }) => {
      const width = widthOf(at, span);
      at += span;
      return cell({
        text: headingText(text),
        right: true,
        centred: span > 1,
        turned: last && layout.turned,
        face: bold,
        width,
        span,
        ...top,
        bottom: last ? line(4) : line(2, RULE),
      });
    });
    return new TableRow({
      tableHeader: true,
      cantSplit: true,
      ...(last && layout.turned
        ? { height: { value: turnedHeight(row, layout.size), rule: HeightRule.ATLEAST } }
        : {}),
      children: [...lead, ...values],
    });
  });
  const rows = table.rows.map((row, r) => {
    const edges = {
      ...(row.total ? { top: line(4) } : {}),
      bottom: r === table.rows.length - 1 ? line(8) : line(2, RULE),
      // A heading or a lone row at the foot of a page helps nobody; nor does a source without its last rows.
      keepNext: table.rows.length <= WHOLE || r < 2 || r >= table.rows.length - 2,
    };
    const face: Face = row.total ? bold : { size };
    return new TableRow({
      cantSplit: true,
      children: [
        ...shownLabels(table.rows, r).map((text, i) =>
          cell({ text, right: false, face, width: widthOf(i, 1), ...edges }),
        ),
        ...row.cells.map((value, i) =>
          cell({
            text: value.text,
            mark: value.marks,
            right: true,
            face: valueFace(value, size, row.total),
            width: widthOf(stubs + i, 1),
            ...edges,
          }),
        ),
      ],
    });
  });
  return new Table({
    width: { size: widths.reduce((sum, w) => sum + w, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: { left: 50, right: 50, marginUnitType: WidthType.DXA },
    tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
    borders: {
      top: NONE,
      bottom: NONE,
      left: NONE,
      right: NONE,
      insideHorizontal: NONE,
      insideVertical: NONE,
    },
    rows: [...header, ...rows],
  });
};

export const notesUnder = (notes: readonly string[], source: string): Paragraph[] =>
  [...notes, source].map(
    (text, i) =>
      new Paragraph({
        style: 'TableNote',
        text,
        keepLines: true,
        ...(i < notes.length ? { keepNext: true } : {}),
        spacing: { before: i === 0 ? 60 : 0, after: i === notes.length ? 240 : 30 },
      }),
  );

/** Numbers of an earlier publication stand in italics; the table says so. */
export const publishedNote = (m: Manuscript, table: TableBlock): readonly string[] =>
  table.rows.some((r) => r.cells.some((c) => c.value !== undefined && c.origin === 'published'))
    ? [m.say('report.published_mark')]
    : [];

export const tableParts = (m: Manuscript, table: TableBlock): (Paragraph | Table)[] => [
  captionOf(m, 'table', table),
  ...(table.definition === undefined
    ? []
    : [
        new Paragraph({
          style: 'TableNote',
          keepNext: true,
          keepLines: true,
          spacing: { after: 80 },
          text: table.definition,
        }),
      ]),
  gridOf(table),
  ...notesUnder([...table.notes, ...publishedNote(m, table)], table.source),
];
