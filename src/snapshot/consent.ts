import type { RecordState } from '../records/index.ts';
import type { Instrument } from '../study/index.ts';
import { type MatchGroups, survivorOf } from './match-groups.ts';

/** Gathers whose consent was withdrawn and which records rest on whose consent, in any order of arrival. */
export interface ConsentLedger {
  note(instrument: Instrument, state: RecordState): void;
  /**
   * Records that rest, directly or through others, on the consent of these records, themselves among them; by default of all
   * that withdrew.
   */
  withdrawn(groups: MatchGroups, who?: readonly string[]): ReadonlySet<string>;
}

const referred = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((v): v is string => typeof v === 'string')
      : [];

/** Consent is given and withdrawn by a person, so the whole match group of a record that withdrew has withdrawn. */
export const consentLedger = (): ConsentLedger => {
  const withdrew: string[] = [];
  const restingOn = new Map<string, readonly string[]>();
  return {
    note: (instrument, state) => {
      if (state.consentWithdrawn === true) withdrew.push(state.recordId);
      const on = instrument.fields
        .filter((f) => f.consent === true)
        .flatMap((f) => referred(state.values.get(f.path)));
      if (on.length > 0) restingOn.set(state.recordId, on);
    },
    withdrawn: (groups, who = withdrew) => {
      const gone = new Set(who.map((id) => survivorOf(groups, id)));
      for (let before = -1; gone.size > before; ) {
        before = gone.size;
        for (const [record, on] of restingOn)
          if (on.some((id) => gone.has(survivorOf(groups, id)))) gone.add(record);
      }
      return gone;
    },
  };
};
