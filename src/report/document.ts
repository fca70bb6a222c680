/**
 * The document: what a report says in one language, independent of how it is drawn. Every renderer (HTML, PDF, DOCX, XLSX)
 * reads this tree and the message catalogue, and nothing else; no renderer formats a number or reads a cell.
 * Texts are final: numbers are formatted, labels are in the document's language, numbering is done.
 */
import type { CellFlag } from '../tables/index.ts';
import type { Fraction, Language } from '../vocabulary/index.ts';

export interface ReportDocument {
  /** File stem and anchor of the report, e.g. `assemblies-2018`. */
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly subtitle?: string;
  readonly study: { readonly id: string; readonly version: number; readonly title: string };
  readonly period: { readonly id: string; readonly start?: string; readonly end?: string };
  readonly snapshot: SnapshotFacts;
  /** Banners a reader must not miss; `everyPage` ones stand on each page of a paged format. */
  readonly marks: readonly Mark[];
  /** Facts for the cover and the last page: organisation, period, records, snapshot, checkpoint, engine, languages. */
  readonly cover: readonly { readonly label: string; readonly text: string }[];
  readonly sections: readonly Section[];
  /** Tables that the text does not print, numbered after those of the text. */
  readonly annex: Section;
  /** In order of their numbers. */
  readonly footnotes: readonly Footnote[];
  /** How each number was made: one entry an address, those of the text first, then those of tables, in order of appearance. */
  readonly traces: ReadonlyMap<string, NumberTrace>;
}

export interface SnapshotFacts {
  readonly id: string;
  readonly logSize: number;
  readonly logRoot: string;
  readonly counted: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly exclusions: number;
  readonly conflicts: number;
  readonly engine: string;
  readonly synthetic: boolean;
}

export interface Mark {
  readonly kind: 'internal' | 'synthetic' | 'translation';
  readonly text: string;
  readonly everyPage: boolean;
}

export interface Section {
  /** Anchor, the same in every language. */
  readonly id: string;
  /** 1 for a chapter, 2 for a section, 3 for a subsection. */
  readonly level: number;
  /** `2.1`; absent where the source says unnumbered. */
  readonly number?: string;
  readonly title: readonly Inline[];
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'callout'; readonly title?: readonly Inline[]; readonly blocks: readonly Block[] }
  /** A small table written in the text (articles of law, terms): no statistics, no number, no caption. */
  | {
      readonly kind: 'grid';
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | TableBlock
  | FigureBlock;

/** A counted table as printed. */
export interface TableBlock {
  readonly kind: 'table';
  /** Id of the table definition. */
  readonly id: string;
  /** Anchor, unique in the document. */
  readonly anchor: string;
  /** `3` in the text, `A2` in the annex. */
  readonly number: string;
  readonly caption: string;
  readonly definition?: string;
  /** Title of the leading columns, one a row dimension. */
  readonly stub: readonly string[];
  /** Header rows, top first; the spans of each row add up to the number of value columns. */
  readonly header: readonly (readonly HeaderCell[])[];
  readonly rows: readonly TableRow[];
  readonly columns: number;
  /** Printed under the table, in order: note of the definition, breaks in the series, flags met in its cells. */
  readonly notes: readonly string[];
  /** Where the numbers come from: the snapshot, and the earlier publications whose numbers stand in it. */
  readonly source: string;
}
export interface HeaderCell {
  readonly text: string;
  readonly span: number;
  /** A series break lies before this column. */
  readonly breakBefore?: string;
}
export interface TableRow {
  /** One label a row dimension. */
  readonly labels: readonly string[];
  readonly total: boolean;
  readonly cells: readonly TableCell[];
}
export interface TableCell {
  /** As printed; a gap is its reason in words (`—` where the layout is narrow is the renderer's choice of `missing`). */
  readonly text: string;
  /** Exact value for typed cells of a spreadsheet; absent for a gap. */
  readonly value?: Fraction;
  readonly missing?: string;
  readonly decimals: number;
  readonly unit: string;
  readonly address: string;
  readonly origin: 'computed' | 'published';
  readonly flags: readonly CellFlag[];
  /** Marks printed after the text as a superscript ("*"), explained in the notes; often empty. */
  readonly marks: string;
}

export interface FigureBlock {
  readonly kind: 'figure';
  readonly id: string;
  readonly anchor: string;
  readonly number: string;
  readonly caption: string;
  /** A complete SVG element, without scripts and outside references. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The same picture laid out for a phone. */
  readonly narrow: { readonly svg: string; readonly width: number; readonly height: number };
  /** What the picture shows, in a sentence or two: for those who cannot see it. */
  readonly alt: string;
  /** The same numbers as tables, shown beside the picture; they carry no number of their own. */
  readonly tables: readonly TableBlock[];
  readonly notes: readonly string[];
  readonly source: string;
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'emphasis'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'strong'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly inlines: readonly Inline[] }
  | { readonly kind: 'footnote'; readonly number: number }
  /** A number bound to a cell. `text` is all that is printed: number, percent sign, noun. `address` leads to its trace. */
  | { readonly kind: 'number'; readonly text: string; readonly address: string }
  /** Words whose truth was checked against cells; `addresses` lead to the traces. */
  | {
      readonly kind: 'claim';
      readonly is: string;
      readonly addresses: readonly string[];
      readonly inlines: readonly Inline[];
    }
  /** Digits that are no statistic: a year, a date, an article of law. */
  | { readonly kind: 'literal'; readonly as: LiteralKind; readonly text: string }
  /** The label of a code. `draft` when its translation is under review. */
  | { readonly kind: 'label'; readonly text: string; readonly draft: boolean }
  /** A reference to a table, figure or section of this document. */
  | { readonly kind: 'reference'; readonly text: string; readonly anchor: string };
export const LITERAL_KINDS = ['year', 'date', 'law', 'heading', 'card'] as const;
export type LiteralKind = (typeof LITERAL_KINDS)[number];

export interface Footnote {
  readonly number: number;
  readonly blocks: readonly Block[];
}

/** How a printed number was made: what a reader sees on a click. All texts are in the document's language. */
export interface NumberTrace {
  readonly address: string;
  /** Anchor of the trace, unique in the document. */
  readonly anchor: string;
  /** As printed in a table, without a noun. */
  readonly text: string;
  readonly tableId: string;
  readonly tableTitle: string;
  readonly definition?: string;
  readonly measure: string;
  readonly unit: string;
  /** Dimension and code, in words: City, Astana; Period, 2018. */
  readonly where: readonly { readonly label: string; readonly text: string }[];
  /** Parts of the value; absent for counts, medians and numbers taken from a publication. */
  readonly numerator?: string;
  readonly denominator?: string;
  /** What the denominator is, in words. */
  readonly base?: string;
  readonly n: number;
  readonly missing: number;
  readonly interval?: { readonly low: string; readonly high: string; readonly method: string };
  readonly origin: 'computed' | 'published';
  /** For a published number: file and line of the earlier publication. */
  readonly source?: string;
  readonly snapshot: string;
  readonly flags: readonly CellFlag[];
}

export interface ContentsEntry {
  readonly level: number;
  readonly number?: string;
  readonly title: readonly Inline[];
  readonly anchor: string;
}

const contentsOf = (section: Section): ContentsEntry[] => [
  {
    level: section.level,
    ...(section.number === undefined ? {} : { number: section.number }),
    title: section.title,
    anchor: section.id,
  },
  ...section.sections.flatMap(contentsOf),
];

/** The table of contents: sections down to `depth`, the annex last when it holds anything. */
export const contents = (document: ReportDocument, depth = 2): readonly ContentsEntry[] =>
  allSections(document)
    .flatMap(contentsOf)
    .filter((entry) => entry.level <= depth);

const hasContent = (section: Section): boolean => section.blocks.length > 0 || section.sections.length > 0;

/** Chapters in reading order, with the annex last when it holds anything. */
export const allSections = (document: ReportDocument): readonly Section[] =>
  hasContent(document.annex) ? [...document.sections, document.annex] : document.sections;

const blocksIn = (section: Section): Block[] => [...section.blocks, ...section.sections.flatMap(blocksIn)];

/** Numbered tables in order of appearance (those beside figures have no number of their own). */
export const tablesOf = (document: ReportDocument): readonly TableBlock[] =>
  allSections(document)
    .flatMap(blocksIn)
    .filter((b) => b.kind === 'table');

/** Figures in order of appearance. */
export const figuresOf = (document: ReportDocument): readonly FigureBlock[] =>
  allSections(document)
    .flatMap(blocksIn)
    .filter((b) => b.kind === 'figure');
