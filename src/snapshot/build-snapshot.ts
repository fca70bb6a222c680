import { deriveValues, type EntryValue, type RecordState, verifiedLate } from '../records/index.ts';
import { type Instrument, type Study, tablesOf } from '../study/index.ts';
import {
  dayText,
  type Geography,
  missing,
  type Period,
  parsePartialDate,
  periodOfDay,
} from '../vocabulary/index.ts';
import { addChildren, finishInstrument, parentOf } from './child-tables.ts';
import { consentLedger } from './consent.ts';
import { countReferences } from './count-references.ts';
import { isCounted } from './counted.ts';
import { followReferences } from './follow-references.ts';
import { refuseIdentity } from './identity-guard.ts';
import { manifestOf } from './manifest.ts';
import { referToSurvivors } from './match-groups.ts';
import { unitForPlace } from './place-unit.ts';
import type { Snapshot } from './snapshot.ts';
import type { SnapshotInput } from './snapshot-input.ts';
import { type Stored, storedValue, type ValueOf } from './stored-value.ts';
import { type TableBuilder, tableBuilder } from './table-builder.ts';

interface Placed {
  readonly period: Period | undefined;
  readonly isoDate: string | undefined;
}

const textOf = (value: EntryValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Period and day of a record by its date field; an instrument without one lies in no period and is always taken. */
const placeInTime = (study: Study, instrument: Instrument, state: RecordState): Placed => {
  const date = parsePartialDate(
    textOf(instrument.dateField === undefined ? undefined : state.values.get(instrument.dateField)) ?? '',
  );
  if (date === undefined) return { period: undefined, isoDate: undefined };
  return { period: periodOfDay(study.periods, date.firstDay), isoDate: dayText(date.firstDay) };
};

const unitOfRecord = (
  geography: Geography,
  instrument: Instrument,
  state: RecordState,
  at: Placed,
  vintage: string,
): Stored => {
  const place = textOf(
    instrument.placeField === undefined ? undefined : state.values.get(instrument.placeField),
  );
  const unit =
    place === undefined || at.isoDate === undefined
      ? undefined
      : unitForPlace(geography, place, at.isoDate, vintage);
  return unit ?? missing('not_recorded');
};

/** The standard columns of a record row; the rest are fields. */
const standardColumns = (
  input: SnapshotInput,
  instrument: Instrument,
  state: RecordState,
  at: Placed,
): Readonly<Record<string, Stored>> => {
  const { study, hasher } = input;
  const revision = hasher();
  revision.update(new TextEncoder().encode([...state.heads].sort().join('\n')));
  return {
    record_id: state.recordId,
    revision: revision.digest(),
    period: at.period?.id ?? missing('not_recorded'),
    counted: isCounted(study.counted, instrument, state),
    unit_id: unitOfRecord(study.geography, instrument, state, at, study.vintage),
    review: state.review,
    evidence: state.evidence,
    late_verified: verifiedLate(state, at.period?.end),
  };
};

/**
 * A record's values as they stand: derived fields computed, irrelevant ones not asked. A field in conflict has no value
 * until a person resolves it, and neither has what is derived from it.
 */
const valuesOf = (instrument: Instrument, state: RecordState): ValueOf => {
  const conflicts = state.conflicts.map((c) => [c.field, missing('in_conflict')] as const);
  const values = deriveValues(instrument, {
    ...Object.fromEntries(state.values),
    ...Object.fromEntries(conflicts),
  });
  return (path) => values[path];
};

/** Its own consent, or that of whom it rests on. */
const WITHDRAWN = 'consent_withdrawn';

/** Why a record is not in the snapshot, or undefined when it is. Uncounted records are in it, marked so. */
const exclusionOf = (
  input: SnapshotInput,
  instrument: Instrument,
  state: RecordState,
  at: Placed,
): string | undefined => {
  if (state.review === 'merged') return 'merged';
  if (state.consentWithdrawn === true) return WITHDRAWN;
  if (state.review === 'excluded') return 'excluded';
  if (instrument.dateField === undefined) return undefined;
  if (at.period === undefined) return 'outside_periods';
  return input.periods.length === 0 || input.periods.includes(at.period.id) ? undefined : 'other_period';
};

/**
 * Freezes the records of a study at a log position: columns for every instrument and child table, and a manifest whose id
 * is a hash over all of it. Pure in its inputs: the same records give the same bytes, in whatever order they arrive.
 * Throws ProblemError `snapshot_identity_field` should an identity field ever reach a column.
 */
export const buildSnapshot = async (input: SnapshotInput): Promise<Snapshot> => {
  const { study } = input;
  const builders = new Map<string, TableBuilder>();
  const recordIds = new Map<string, string[]>();
  for (const instrument of study.instruments.values()) {
    const tables = tablesOf(instrument);
    recordIds.set(instrument.id, []);
    for (const id of tables)
      builders.set(
        id,
        tableBuilder(study, id, id === instrument.id ? instrument.unit : id, parentOf(id, tables)),
      );
  }
  const exclusions: { recordId: string; reason: string }[] = [];
  const conflicts: { recordId: string; field: string }[] = [];
  const consent = consentLedger();
  const mergedInto = new Map<string, string>();
  for await (const state of input.states) {
    const instrument = study.instruments.get(state.instrument);
    if (instrument === undefined) continue;
    consent.note(instrument, state);
    if (state.mergedInto !== undefined) mergedInto.set(state.recordId, state.mergedInto);
    const at = placeInTime(study, instrument, state);
    const reason = exclusionOf(input, instrument, state, at);
    if (reason !== undefined) {
      exclusions.push({ recordId: state.recordId, reason });
      continue;
    }
    const values = valuesOf(instrument, state);
    const standard = standardColumns(input, instrument, state, at);
    const row =
      builders
        .get(instrument.id)
        ?.addRow((column) => standard[column.path] ?? storedValue(column, values), -1) ?? 0;
    recordIds.get(instrument.id)?.push(state.recordId);
    addChildren(builders, instrument.id, instrument.fields, state.recordId, values, row);
    for (const { field } of state.conflicts) conflicts.push({ recordId: state.recordId, field });
  }
  // Known only when all records were seen: a respondent may come after the interviews.
  const withdrawn = consent.withdrawn(mergedInto);
  for (const recordId of [...recordIds.values()].flat())
    if (withdrawn.has(recordId)) exclusions.push({ recordId, reason: WITHDRAWN });
  const own = [...study.instruments.values()].flatMap((i) =>
    finishInstrument(i, builders, recordIds.get(i.id) ?? [], withdrawn),
  );
  const referring = referToSurvivors(study, own, mergedInto);
  const tables = followReferences(study, countReferences(study, referring));
  refuseIdentity(study, tables);
  return {
    manifest: manifestOf(
      input,
      tables,
      exclusions,
      conflicts.filter((c) => !withdrawn.has(c.recordId)),
    ),
    tables: new Map(tables.map((t) => [t.id, t])),
  };
};
