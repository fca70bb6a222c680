import type { Appendable } from '../log/index.ts';
import { type EntryDraft, identityValues } from '../records/index.ts';
import type { Study } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';

/** Keeps what identifies people out of the plain part of the log, whoever appends (promise 2: the log cannot forget). */
export interface IdentityGuard {
  /** The study as it is registered from now on. */
  learn(study: Pick<Study, 'id' | 'instruments'>): void;
  /** Passes entries on. Throws ProblemError `identity_needs_sealing` at the first that states an identity field in plain. */
  guarded(entries: Iterable<Appendable> | AsyncIterable<Appendable>): AsyncGenerator<Appendable>;
}

/** `load` gives a registered study, undefined for one that this log does not know: nothing of it is ever counted. */
export const identityGuard = (
  load: (id: string) => Promise<Pick<Study, 'id' | 'instruments'> | undefined>,
): IdentityGuard => {
  const known = new Map<string, Pick<Study, 'instruments'> | undefined>();
  const studyOf = async (id: string): Promise<Pick<Study, 'instruments'> | undefined> => {
    if (!known.has(id)) known.set(id, await load(id));
    return known.get(id);
  };
  const identityIn = async ({ study, instrument, ...entry }: EntryDraft): Promise<string | undefined> => {
    const of = instrument === '' ? undefined : (await studyOf(study))?.instruments.get(instrument);
    return of && identityValues(of, { values: {}, ...entry })[0];
  };
  return {
    learn: (study) => void known.set(study.id, study),
    async *guarded(entries) {
      for await (const entry of entries) {
        const body = 'body' in entry ? entry.body : entry;
        const field = await identityIn(body);
        if (field !== undefined)
          throw new ProblemError(problem('identity_needs_sealing', { field }, { field }));
        yield entry;
      }
    },
  };
};
