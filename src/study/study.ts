import type { Geography, Label, Period } from '../vocabulary/index.ts';
import type { CodeList } from './code-list.ts';
import type { Expression } from './expression.ts';
import type { Instrument } from './instrument.ts';
import type { LegalRegime, MciValue } from './law.ts';
import type { PublishedFile, PublishedRules } from './published.ts';
import type { TableDefinition } from './table-definition.ts';

/**
 * A checked study package with everything it uses from its base packages merged in: code lists, instruments and
 * geography of `uses` come first, its own add to them (same id twice is an error). Plain data, safe to send to a browser.
 */
export interface Study {
  readonly id: string;
  /** A whole number; raised whenever a used package changes. */
  readonly version: number;
  /** SHA-256 (hex) over the sorted paths and contents of the package's own files and those of its bases. */
  readonly hash: string;
  readonly title: Label;
  readonly uses: readonly { readonly id: string; readonly version: number; readonly hash: string }[];
  readonly periods: readonly Period[];
  readonly geography: Geography;
  /** `as_of_event`, or the id of a vintage to which all places are harmonised. */
  readonly vintage: string;
  readonly counted: CountedRule;
  readonly disclosure: {
    readonly thresholdPersons: number;
    /** Units of which each is the answers of one person, such as a questionnaire: so many of them are so many people. */
    readonly ofOnePerson: ReadonlySet<string>;
  };
  readonly codeLists: ReadonlyMap<string, CodeList>;
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Named conditions over an instrument's fields, usable in `where` of tables, e.g. `sanctioned`, `unsanctioned`. */
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly regroupings: ReadonlyMap<string, Regrouping>;
  /** In file order. */
  readonly tables: readonly TableDefinition[];
  readonly legalRegimes: readonly LegalRegime[];
  readonly mci: readonly MciValue[];
  /** Dates from which series are not comparable: a change of law, geography or source panel. */
  readonly breaks: readonly SeriesBreak[];
  /** Messages that only this study needs: `unit.<unit>`, `noun.<noun>`; they join the catalogue where the study is shown. */
  readonly words: ReadonlyMap<string, Label>;
  readonly published: readonly PublishedFile[];
  readonly publishedRules: PublishedRules;
  readonly crosswalk: readonly CrosswalkRow[];
  /** Labels still marked `review: needed`, as `path/language`. */
  readonly reviewNeeded: readonly string[];
}

/** Which records count: review states, least evidence, and codes of named fields (`realisation: [held, …]`). */
export interface CountedRule {
  readonly review: readonly string[];
  readonly evidence: string;
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

export interface Condition {
  readonly id: string;
  readonly instrument: string;
  readonly label: Label;
  readonly expression: Expression;
}

/** Codes of one field gathered into groups, in order, e.g. the rows of a report's table (`taldykorgan_almaty_obl`). */
export interface Regrouping {
  readonly id: string;
  readonly groups: readonly {
    readonly code: string;
    readonly label: Label;
    readonly of: readonly string[];
  }[];
  /** Codes in no group: kept under their own code, or gathered in `other`. */
  readonly rest: 'keep' | 'other' | 'drop';
}

export interface SeriesBreak {
  readonly id: string;
  /** ISO date or period id before which the break lies. */
  readonly at: string;
  readonly kind: 'legal_regime' | 'geography' | 'source_panel' | 'unequal_period';
  readonly label: Label;
  /** Ids of tables it touches; empty: all. */
  readonly tables: readonly string[];
}

export interface CrosswalkRow {
  readonly list: string;
  readonly referenceCode: string;
  readonly ourCode: string;
  readonly note: string;
}
