import { type EntryValues, foldRecord, type RecordState } from '../../src/records/index.ts';
import type { Study } from '../../src/study/index.ts';
import { aLeaf, id } from './entries.ts';

/** Record `number` of a study, of Almaty unless told otherwise: corroborated, and verified by a second person where it is checked. */
export const aRecordOf = (
  study: Study,
  instrument: string,
  number: number,
  values: EntryValues,
  checked = true,
): RecordState => {
  const entry = (place: number): string => id(1_000 * number + place);
  const acts = [
    { kind: 'submit', values: { place: 'almaty', ...values } },
    { kind: 'assess', author: 'beket', values: { evidence: 'corroborated' } },
    ...(checked ? [{ kind: 'verify', author: 'beket' }] : []),
  ];
  return foldRecord(
    acts.map((act, i) =>
      aLeaf({
        study: study.id,
        instrument,
        record_id: id(number),
        entry_id: entry(i),
        parents: i === 0 ? [] : [entry(i - 1)],
        ...act,
      }),
    ),
    study.instruments.get(instrument),
  );
};
