import { dateOfRecord, type UniqueIndex } from '../records/index.ts';
import { type PartialDate, type Problem, problem } from '../vocabulary/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import type { Candidate } from './candidate.ts';
import type { StoredRecord } from './change.ts';
import type { Act } from './classify.ts';

/** What is wrong with a row that would be a second record of what may be there once; `first` is the other row of the file. */
export interface SecondOne {
  readonly problem: Problem;
  readonly first?: number;
}

/** Looks at each row that changes something, in the order of the file. */
export type OnlyOnce = (
  candidate: Candidate,
  act: Act,
  stored: StoredRecord | undefined,
) => SecondOne | undefined;

const areApart = (one: PartialDate, other: PartialDate): boolean =>
  one.lastDay < other.firstDay || other.lastDay < one.firstDay;

/**
 * Holds rows to `unique` of their instrument, against the records in the log and the rows above. A row with the key of a record
 * corrects it, unless it states another date: then it tells of another occasion. `correctDates` takes it for a correction.
 */
export const onlyOnce = (
  { instrument }: BoundMapping,
  index: UniqueIndex,
  { correctDates }: { readonly correctDates: boolean },
): OnlyOnce => {
  const { unique, dateField = '' } = instrument;
  const fields = unique.join(', ');
  const rows = new Map<string, number>();
  return ({ row: { row }, recordId, values }, { outcome, changes }, stored) => {
    const second = (details: Readonly<Record<string, string | number>>): Problem =>
      problem(
        'record_not_unique',
        { fields, record: '', date: 'none', first: 0, ...details },
        { row, field: unique[0] ?? '' },
      );
    const redated = stored !== undefined && dateField in changes && !correctDates;
    const before = redated ? dateOfRecord(instrument, (path) => stored.state.values.get(path)) : undefined;
    const now = dateOfRecord(instrument, (path) => values[path]);
    if (before !== undefined && now !== undefined && areApart(before, now))
      return { problem: second({ where: 'key', record: recordId, date: before.text }) };
    if (outcome !== 'new' && !unique.some((path) => path in changes)) return undefined;
    const text = index.textOf((path) => values[path] ?? stored?.state.values.get(path));
    if (text === undefined) return undefined;
    const owner = index.ownersOf(text).find((other) => other.recordId !== recordId);
    if (owner !== undefined)
      return { problem: second({ where: 'log', record: owner.recordId, date: owner.date?.text ?? 'none' }) };
    const first = rows.get(text);
    rows.set(text, first ?? row);
    return first === undefined ? undefined : { first, problem: second({ where: 'file', first }) };
  };
};
