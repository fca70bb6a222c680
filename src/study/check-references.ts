import { bringable } from './columns.ts';
import type { Field } from './instrument.ts';
import type { FieldSource, InstrumentSource } from './instrument-source.ts';
import { type Findings, placeOf, report } from './located.ts';
import { nearest } from './nearest.ts';

/**
 * What references bring exists at the other end and may be counted, and a reference that is the inverse of another finds
 * that other. Records of another study are in another snapshot: nothing is brought from them.
 */
export const checkReferences = (findings: Findings, sources: ReadonlyMap<string, InstrumentSource>): void => {
  for (const { instrument, fields } of sources.values())
    for (const source of everyField(fields)) {
      const { field } = source;
      const target = sources.get(field.reference?.to ?? '')?.instrument;
      const place = (key: 'brings' | 'inverse_of', ...at: number[]) => placeOf(source.input, key, ...at);
      const known = target === undefined ? [] : bringable(target).map((c) => c.path);
      const table = field.reference?.to ?? '';
      for (const [i, path] of (field.brings ?? []).entries())
        if (!known.includes(path))
          report(
            findings,
            'study_field_unknown',
            { field: path, table, nearest: nearest(path, known) },
            place('brings', i),
          );
      if (field.inverseOf === undefined) continue;
      const back = (target?.fields ?? []).filter((f) => refersTo(f, instrument.id));
      if (!isOutermost(source, fields) || field.reference?.several !== true)
        report(
          findings,
          'study_field_key_unfit',
          { field: field.path, type: 'reference', key: 'inverse_of' },
          place('inverse_of'),
        );
      else if (!back.some((f) => f.path === field.inverseOf))
        report(
          findings,
          'study_field_unknown',
          {
            field: field.inverseOf,
            table,
            nearest: nearest(
              field.inverseOf,
              back.map((f) => f.path),
            ),
          },
          place('inverse_of'),
        );
    }
};

const refersTo = (field: Field, instrument: string): boolean =>
  field.type === 'reference' && field.inverseOf === undefined && field.reference?.to === instrument;

const isOutermost = (source: FieldSource, fields: readonly FieldSource[]): boolean => fields.includes(source);

const everyField = (fields: readonly FieldSource[]): readonly FieldSource[] =>
  fields.flatMap((f) => [f, ...everyField(f.rows)]);
