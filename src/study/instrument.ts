import type { Label } from '../vocabulary/index.ts';
import type { Expression } from './expression.ts';

export const SENSITIVITIES = ['statistical', 'restricted', 'identity'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/**
 * Field types of the study format. Compound types flatten with dots in a record's columns:
 * `count` -> low, best, high (integers), method (code); `point` -> lat, lon; `money` -> amount, currency (ISO 4217).
 * A `time` is written HH:MM and reckoned in minutes since local midnight; a `duration` is in minutes. `shares` is a repeat
 * of rows {code, percent} whose percents sum to 100.
 */
export const FIELD_TYPES = [
  'text',
  'integer',
  'decimal',
  'money',
  'date',
  'time',
  'duration',
  'select_one',
  'select_multiple',
  'scale',
  'count',
  'place',
  'point',
  'shares',
  'repeat',
  'reference',
  'attachment',
  'note',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What only the keys of the team may open, whatever a study says (architecture, "Sensitivity"). */
export const ALWAYS_IDENTITY: readonly FieldType[] = ['point', 'attachment'];

export interface Field {
  /** Full dotted path inside its table: groups are flattened, e.g. `presence.police.warned`. Repeats start a new path. */
  readonly path: string;
  readonly type: FieldType;
  readonly label: Label;
  readonly hint?: Label;
  readonly sensitivity: Sensitivity;
  readonly required: boolean;
  readonly relevant?: Expression;
  readonly constraint?: Expression;
  readonly constraintMessage?: Label;
  /** For a derived field: computed from other fields, never entered. */
  readonly derived?: Expression;
  /** For select types, scale methods and place (`settlements_and_units` is implied for place). */
  readonly codeList?: string;
  /** For `decimal` and `money`: digits after the point; values are scaled integers. */
  readonly decimals?: number;
  readonly scale?: { readonly min: number; readonly max: number };
  /** What a number counts or measures (`persons`, `minutes`); dividing one unit by another needs a definition. */
  readonly unit?: string;
  /** For `reference`: `instrument` or `study/instrument`; several = true for a list. */
  readonly reference?: { readonly to: string; readonly several: boolean };
  /** For `reference`: columns of the record referred to that tables of this one may use, by their path there. */
  readonly brings?: readonly string[];
  /**
   * For a `reference` that nobody enters: the records of `reference.to` whose own field of this path refers to this one. It
   * exists in a snapshot only.
   */
  readonly inverseOf?: string;
  /**
   * For a `reference`: the record rests on the consent of whom it refers to. Once that is withdrawn, it is in no snapshot.
   */
  readonly consent?: true;
  /** For a `reference`: the record cannot be of an earlier date than the records it refers to. */
  readonly follows?: true;
  /** For `repeat` and `shares`: the fields of a row. */
  readonly fields?: readonly Field[];
  /** The heading it stands under on the card. */
  readonly section?: string;
}

export interface Upgrade {
  readonly from: number;
  readonly rename: ReadonlyMap<string, string>;
  /** field -> (old code -> new code). */
  readonly recode: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface Instrument {
  readonly id: string;
  readonly version: number;
  readonly kind: 'card' | 'questionnaire' | 'nil_report';
  /** The counting unit of its rows: assembly, proceeding, … (a message id `unit.<unit>` exists). */
  readonly unit: string;
  readonly title: Label;
  readonly sections: readonly { readonly id: string; readonly label: Label }[];
  readonly fields: readonly Field[];
  /** Paths that place a record: its date (period), its place (region), its monitor. */
  readonly dateField?: string;
  readonly placeField?: string;
  /** Identical for rows of one thing; import builds the record id from them. */
  readonly keyFields: readonly string[];
  /** What these fields state together stands in one record only, e.g. person and quarter of an interview. */
  readonly unique: readonly string[];
  readonly upgrades: readonly Upgrade[];
  /** By what records of it are compared when duplicates are looked for, beside date and place. */
  readonly linkage?: Linkage;
}

/**
 * Paths: coded fields, also of the rows of a repeat (`violations.kind`); the page a record rests on; the sealed name; and those of
 * codes and url that are of the thing itself, so that two values of them are two things.
 */
export interface Linkage {
  readonly codes: readonly string[];
  readonly url?: string;
  readonly name?: string;
  readonly distinctBy: readonly string[];
}
