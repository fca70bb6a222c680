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
  readonly periods: readonly string[];
  readonly reports: readonly { readonly period: string; readonly language: Language; readonly format: string; readonly href: string }[];
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

export interface WireOverview extends WireStudy {
  readonly snapshot: WireSnapshot;
  readonly tables: readonly {
    readonly id: string;
    readonly title: string;
    readonly draft: boolean;
    readonly section: string;
    readonly unit: string;
    readonly dimensions: readonly string[];
  }[];
  /** What a cross-tab can use: tables of the snapshot with their statistical columns. */
  readonly countable: readonly {
    readonly table: string;
    readonly title: string;
    readonly columns: readonly { readonly path: string; readonly title: string; readonly kind: 'code' | 'number' | 'date' }[];
  }[];
}

export interface WireCell {
  /** The cell's address: the same as in the report and on the command line. */
  readonly address: string;
  readonly text: string;
  /** Exact value as `numerator/denominator`; absent for a gap, whose reason is `missing`. */
  readonly exact?: string;
  /** For sorting and drawing only. */
  readonly number?: number;
  readonly missing?: string;
  readonly n: number;
  readonly nMissing: number;
  readonly origin: 'computed' | 'published';
  readonly flags: readonly string[];
}

export interface WireTable {
  readonly id: string;
  readonly title: string;
  readonly draft: boolean;
  readonly note?: string;
  readonly definition?: string;
  readonly unit: string;
  readonly snapshot: string;
  /** Row dimensions, then the column dimension last. */
  readonly dimensions: readonly { readonly by: string; readonly title: string; readonly codes: readonly WireLabel[] }[];
  readonly measures: readonly { readonly id: string; readonly title: string; readonly unit: string }[];
  readonly rows: readonly { readonly codes: readonly WireLabel[]; readonly total: boolean; readonly cells: readonly WireCell[] }[];
  /** One a value column: column code and measure. */
  readonly columns: readonly { readonly code: WireLabel | undefined; readonly measure: string; readonly title: string }[];
  readonly breaks: readonly { readonly before: string; readonly text: string }[];
  readonly figures: readonly string[];
}

export interface WireCellDetail {
  readonly address: string;
  readonly table: string;
  readonly title: string;
  readonly text: string;
  readonly definition?: string;
  readonly measure: string;
  readonly unit: string;
  readonly where: readonly { readonly title: string; readonly text: string }[];
  readonly exact?: string;
  readonly missing?: string;
  readonly numerator?: string;
  readonly denominator?: string;
  readonly n: number;
  readonly nMissing: number;
  readonly origin: 'computed' | 'published';
  readonly source?: string;
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
  readonly codeLists: readonly { readonly id: string; readonly title: string; readonly codes: readonly WireLabel[] }[];
}

export interface WireProblem {
  readonly code: string;
  readonly says: string;
  readonly remedy: string;
}
