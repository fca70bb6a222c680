import type { Field, Instrument } from './instrument.ts';
import type { Located } from './located.ts';
import type { FieldInput, InstrumentInput } from './shape/instrument-file.ts';

/** A field as written beside what it became: expressions are attached when all names are known. */
export interface FieldSource {
  readonly field: Field;
  readonly input: Located<FieldInput>;
  readonly rows: readonly FieldSource[];
}
export interface InstrumentSource {
  readonly instrument: Instrument;
  readonly input: Located<InstrumentInput>;
  readonly fields: readonly FieldSource[];
}
