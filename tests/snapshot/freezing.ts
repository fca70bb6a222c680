import {
  type EntryBody,
  type EntryValue,
  type EntryValues,
  foldRecord,
  type RecordState,
} from '../../src/records/index.ts';
import {
  buildSnapshot,
  type Column,
  missingReason,
  type Snapshot,
  type SnapshotInput,
} from '../../src/snapshot/index.ts';
import type { Study } from '../../src/study/index.ts';
import { dayText, RECORDED_MISSING, type RecordedMissing } from '../../src/vocabulary/index.ts';
import { sha256Hasher } from '../../src/workspace/index.ts';
import { aLeaf, id } from '../builders/entries.ts';
import { aStudy } from '../builders/study-files.ts';

export const street = aStudy();

type Act = Partial<EntryBody> & Pick<EntryBody, 'kind'>;
/** A second person, the same day as the card: single_source, verified. */
export const CHECKED: readonly Act[] = [
  { kind: 'assess', author: 'beket', values: { evidence: 'single_source' } },
  { kind: 'verify', author: 'beket' },
];

interface Given {
  readonly values?: EntryValues;
  readonly acts?: readonly Act[];
  readonly instrument?: string;
  readonly study?: Study;
}

/** What card `n` folds to: submitted by aru, then the acts one after another (a list of `parents` by place branches). */
export const aGathering = (
  n: number,
  { values = {}, acts = CHECKED, study = street }: Given = {},
): RecordState => {
  const entryId = (place: number): string => id(n * 100 + place);
  const first = {
    number: n,
    date: '2018-05-01',
    place: 'hill',
    form: 'rally',
    realisation: 'held',
    ...values,
  };
  const all: readonly Act[] = [{ kind: 'submit', values: first }, ...acts];
  const leaves = all.map((act, place) =>
    aLeaf({
      study: 'street',
      instrument: 'gathering',
      record_id: id(n),
      entry_id: entryId(place),
      parents: place === 0 ? [] : [entryId(place - 1)],
      ...act,
    }),
  );
  return foldRecord(leaves, study.instruments.get('gathering'));
};

/** Two people answer the same field without seeing each other. */
export const inConflict = (n: number, field: string, ours: EntryValue, theirs: EntryValue): RecordState =>
  aGathering(n, {
    acts: [
      { kind: 'revise', values: { [field]: ours } },
      { kind: 'revise', author: 'beket', parents: [id(n * 100)], values: { [field]: theirs } },
    ],
  });

export const freeze = (
  states: SnapshotInput['states'],
  given: Partial<Omit<SnapshotInput, 'states'>> = {},
): Promise<Snapshot> =>
  buildSnapshot({
    study: street,
    org: 'sample',
    states,
    periods: [],
    log: { size: 9, root: 'f'.repeat(64) },
    engine: 'test',
    synthetic: true,
    hasher: sha256Hasher,
    ...given,
  });

export const columnOf = (snapshot: Snapshot, table: string, name: string): Column => {
  const column = snapshot.tables.get(table)?.columns.get(name);
  if (column === undefined) throw new Error(`no column ${table}.${name}`);
  return column;
};

export type Read = string | number | boolean | { readonly missing: RecordedMissing };
/** A column row by row as a person would say it: codes, dates, numbers in their unit, gaps with their reason. */
export const read = (snapshot: Snapshot, table: string, name: string): readonly Read[] => {
  const column = columnOf(snapshot, table, name);
  return Array.from({ length: snapshot.tables.get(table)?.rows ?? 0 }, (_, row) => {
    const reason = missingReason(column, row, RECORDED_MISSING);
    if (reason !== undefined) return { missing: reason };
    switch (column.kind) {
      case 'code':
        return column.dictionary[column.values[row] ?? 0] ?? '';
      case 'day':
        return dayText(column.values[row] ?? 0);
      case 'number':
        return (column.values[row] ?? 0) / 10 ** column.decimals;
      case 'boolean':
        return column.values[row] === 1;
      case 'text':
        return column.values[row] ?? '';
    }
  });
};
export const readGathering = (snapshot: Snapshot, name: string): readonly Read[] =>
  read(snapshot, 'gathering', name);
