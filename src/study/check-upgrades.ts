import type { CodeList } from './code-list.ts';
import type { Field, Instrument } from './instrument.ts';
import { type Findings, type Located, placeOf, report } from './located.ts';
import { nearest } from './nearest.ts';
import type { InstrumentInput } from './shape/instrument-file.ts';
import { upgradeValues } from './upgrade-values.ts';

/** Every earlier version has its own step, and what the steps make exists in the present form of the instrument. */
export const checkUpgrades = (
  findings: Findings,
  instrument: Instrument,
  input: Located<InstrumentInput>,
  codeLists: ReadonlyMap<string, CodeList>,
): void => {
  const steps = instrument.upgrades.map((u) => u.from);
  let whole = true;
  for (let from = 1; from < instrument.version; from += 1) {
    if (steps.filter((s) => s === from).length === 1) continue;
    whole = false;
    const details = { instrument: instrument.id, from, to: from + 1 };
    report(findings, 'study_upgrade_missing', details, placeOf(input, 'upgrades'));
  }
  for (const [i, from] of steps.entries()) {
    if (from < instrument.version) continue;
    whole = false;
    const expected = String(instrument.version - 1);
    const details = { path: `upgrades.${i}.from`, kind: 'big', expected, found: String(from) };
    report(findings, 'study_shape', details, placeOf(input, 'upgrades', i, 'from'));
  }
  if (whole) checkTargets(findings, instrument, input, codeLists);
};

/** Old names and codes are walked to the present, as those of an old record will be. */
const checkTargets = (
  findings: Findings,
  instrument: Instrument,
  input: Located<InstrumentInput>,
  codeLists: ReadonlyMap<string, CodeList>,
): void => {
  const fields = new Map(fieldPaths(instrument.fields, ''));
  const isKnown = (path: string): boolean =>
    fields.has(path) || [...fields.keys()].some((known) => known.startsWith(`${path}.`));
  for (const [i, { from, rename, recode }] of instrument.upgrades.entries()) {
    // A field of an earlier step may have been dropped since; what the last step makes must be there.
    const isLast = from === instrument.version - 1;
    for (const [old, target] of rename)
      if (isLast && !isKnown(target)) {
        const details = { field: target, table: instrument.id, nearest: nearest(target, fields.keys()) };
        report(findings, 'study_field_unknown', details, placeOf(input, 'upgrades', i, 'rename', old));
      }
    for (const [path, codes] of recode)
      for (const code of codes.keys()) {
        const [[now, value] = ['', '']] = upgradeValues(instrument, from, new Map([[path, code]]));
        const list = fields.get(now)?.codeList;
        const known = codeLists.get(list ?? '')?.codes.map((c) => c.code);
        const place = placeOf(input, 'upgrades', i, 'recode', path, ...(isKnown(now) ? [code] : []));
        if (isLast && !isKnown(now)) {
          const details = { field: now, table: instrument.id, nearest: nearest(now, fields.keys()) };
          report(findings, 'study_field_unknown', details, place);
        } else if (list !== undefined && known !== undefined && !known.includes(value))
          report(
            findings,
            'study_code_unknown',
            { code: value, list, nearest: nearest(value, known) },
            place,
          );
      }
  }
};

/** Every field by its path, those of repeats as `sanctions.kind`; the method of a count by its own. */
const fieldPaths = (fields: readonly Field[], at: string): readonly (readonly [string, Field])[] =>
  fields.flatMap((field) => {
    const path = at + field.path;
    const parts = field.type === 'count' ? ['low', 'best', 'high', 'method'].map((p) => `${path}.${p}`) : [];
    return [
      [path, field] as const,
      ...parts.map((part) => [part, field] as const),
      ...fieldPaths(field.fields ?? [], `${path}.`),
    ];
  });
