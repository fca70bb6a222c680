import type { Language } from '../vocabulary/index.ts';

/** What the site sends: plain JSON, texts in the asked language, numbers already formatted beside their exact values. */
export interface WireLabel {
  readonly code: string;
  readonly text: string;
  /** The translation waits for a reviewer. */
  readonly draft: boolean;
}

export interface WireStudy {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** All records are invented. */
  readonly synthetic: boolean;
  readonly records: number;
  readonly tables: number;
  readonly reports: readonly {
    readonly period: string;
    readonly language: Language;
    readonly format: string;
    readonly href: string;
  }[];
}

export interface WireSnapshot {
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

/** A field that a cross-tab can use. */
export interface WireColumn {
  /** As a dimension is named. */
  readonly path: string;
  /** As an expression names it. */
  readonly field: string;
  readonly title: string;
  readonly kind: 'code' | 'number' | 'time';
  /** Codes that occur, for a condition. */
  readonly codes: readonly { readonly code: string; readonly text: string }[];
}

export interface WireOverview {
  readonly id: string;
  readonly title: string;
  readonly snapshot: WireSnapshot;
  readonly tables: readonly {
    readonly id: string;
    readonly title: string;
    readonly draft: boolean;
    readonly section: string;
    readonly dimensions: readonly string[];
  }[];
  /** What can be counted: tables of the snapshot with their statistical columns. */
  readonly countable: readonly {
    readonly table: string;
    readonly title: string;
    readonly rows: number;
    readonly columns: readonly WireColumn[];
  }[];
}

export interface WireCell {
  /** The cell's address: the same as in the report and on the command line. */
  readonly address: string;
  /** As printed; the mark of a gap whose words are `missing`. */
  readonly text: string;
  readonly missing?: string;
  /** For sorting only. */
  readonly number?: number;
  /** How sure it is, in brackets; the notes say by which method. */
  readonly interval?: string;
  /** Marks of its flags, explained in the notes. */
  readonly marks: string;
  readonly origin: 'computed' | 'published';
}

/** A heading over one or several value columns. */
export interface WireHeading {
  readonly text: string;
  readonly span: number;
}

/** A counted table in the reader's language, as it is printed. */
export interface WireTable {
  readonly id: string;
  readonly title: string;
  readonly definition?: string;
  /** What its rows count. */
  readonly unit: string;
  /** A label in it waits for a native reviewer. */
  readonly draft: boolean;
  readonly snapshot: string;
  /** Titles of the leading columns, one a row dimension. */
  readonly stub: readonly string[];
  /** Rows of headings, top first; the last has one a value column. */
  readonly header: readonly (readonly WireHeading[])[];
  /** Name of each value column, for its address: `code/measure`. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly labels: readonly string[];
    readonly total: boolean;
    readonly cells: readonly WireCell[];
  }[];
  /** Printed under it: how to read it, breaks, gaps, flags. */
  readonly notes: readonly string[];
  /** What it can be cut to; empty where there is no choice. */
  readonly measures: readonly { readonly id: string; readonly text: string }[];
  readonly periods: readonly { readonly id: string; readonly text: string }[];
  /** Pictures of it: those of the report, then those that suit its shape, the best first. */
  readonly figures: readonly { readonly id: string; readonly text: string }[];
}

export interface WireFigure {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What the picture shows, for those who cannot see it. */
  readonly alt: string;
  readonly notes: readonly string[];
  /** Further tables whose numbers it shows. */
  readonly tables: readonly { readonly id: string; readonly title: string }[];
}

export interface WireCellDetail {
  readonly address: string;
  readonly table: string;
  readonly title: string;
  /** The number as printed, or the reason of a gap. */
  readonly text: string;
  readonly definition?: string;
  readonly measure: string;
  readonly unit: string;
  readonly where: readonly { readonly title: string; readonly text: string }[];
  /** Between which limits it lies, and by which method; absent where none was asked for. */
  readonly interval?: string;
  /** Exact value: `numerator/denominator`; absent for a gap. */
  readonly exact?: string;
  readonly numerator?: string;
  readonly denominator?: string;
  readonly n: number;
  readonly nMissing: number;
  readonly origin: 'computed' | 'published';
  readonly source?: string;
  /** In words. */
  readonly flags: readonly string[];
  readonly snapshot: string;
  readonly rows: WireRows;
}

/** A page of the records behind a number: statistical fields only. */
export interface WireRows {
  readonly total: number;
  readonly from: number;
  readonly columns: readonly { readonly path: string; readonly title: string }[];
  readonly rows: readonly {
    readonly recordId: string;
    readonly revision: string;
    readonly numerator: string;
    readonly denominator: string;
    readonly values: readonly string[];
  }[];
}

export interface WireCodebook {
  readonly instruments: readonly {
    readonly id: string;
    readonly title: string;
    readonly unit: string;
    readonly fields: readonly {
      readonly path: string;
      readonly title: string;
      readonly draft: boolean;
      readonly hint?: string;
      readonly type: string;
      readonly sensitivity: string;
      readonly required: boolean;
      readonly codeList?: string;
      readonly relevant?: string;
    }[];
  }[];
  readonly codeLists: readonly {
    readonly id: string;
    readonly title: string;
    readonly codes: readonly WireLabel[];
  }[];
}

export interface WireProblem {
  readonly code: string;
  readonly says: string;
  readonly remedy: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly at?: Readonly<Record<string, string | number>>;
}

/** One published number beside ours, in words; what no table of ours has is named by the keys of its reference file. */
export interface WireComparison {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly period: string;
  readonly published: string;
  readonly ours: string;
  readonly verdict: string;
  readonly verdictText: string;
  readonly reason: string;
  /** The rule that the number breaks, with the numbers in conflict. */
  readonly witness?: string;
  /** Our cell, where the number was counted from records. */
  readonly address?: string;
}

/** What the routes that answer with JSON answer. */
export interface Answers {
  readonly studies: readonly WireStudy[];
  readonly overview: WireOverview;
  readonly table: WireTable;
  readonly tableFigure: WireFigure;
  readonly crossTab: WireTable;
  readonly crossTabFigure: WireFigure;
  readonly cell: WireCellDetail;
  readonly crossTabCell: WireCellDetail;
  readonly codebook: WireCodebook;
  readonly published: readonly WireComparison[];
}
