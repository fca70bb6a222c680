import type { Column } from './column.ts';

/**
 * One table per instrument, one child table per repeat group, select_multiple and multiple reference. Always present:
 * `record_id` (text); on instruments `revision` (text, SHA-256 hex of the sorted heads), `period` (code), `counted` (boolean),
 * `unit_id` (code: first-level unit in the study's vintage) where a place is, `review` and `evidence` (codes),
 * `late_verified` (boolean); on children `row_id`, `ordinal` and `value` (for select_multiple and references).
 * A date field f gives `f` (day, its first day), `f.last` (day) and `f.text` (text).
 */
export interface SnapshotTable {
  /** `assembly`, or the path of a child: `assembly.attribute`. */
  readonly id: string;
  readonly unit: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** Index of the parent's row for each row, ascending; absent on instruments. */
  readonly parent?: { readonly table: string; readonly rows: Uint32Array };
}

export interface Snapshot {
  readonly manifest: SnapshotManifest;
  readonly tables: ReadonlyMap<string, SnapshotTable>;
}

/** Weeks in which a unit was watched, by the nil reports of its monitors. */
export interface ObservedWeeks {
  readonly period: string;
  readonly unit: string;
  readonly weeks: number;
}

/** What a number rests on. `id` is the SHA-256 (hex) over the canonical rows and the rest of the manifest. */
export interface SnapshotManifest {
  readonly id: string;
  readonly org: string;
  readonly study: { readonly id: string; readonly version: number; readonly hash: string };
  readonly logSize: number;
  readonly logRoot: string;
  readonly periods: readonly string[];
  readonly vintage: string;
  readonly counted: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly tableHashes: Readonly<Record<string, string>>;
  readonly codeListHashes: Readonly<Record<string, string>>;
  readonly exclusions: readonly { readonly recordId: string; readonly reason: string }[];
  readonly conflicts: readonly { readonly recordId: string; readonly field: string }[];
  /** Weeks watched by unit, where nil reports say so; elsewhere the exposure of the period holds. */
  readonly exposure: readonly ObservedWeeks[];
  readonly engine: string;
  readonly synthetic: boolean;
}
