import type { Sealed, Sealer, Secret } from '../exchange/index.ts';
import type { Effects } from '../records/index.ts';
import {
  type Json,
  type KeyDirectory,
  makeDataKey,
  recipientsFor,
  sealField,
  wrapDataKey,
} from '../sealing/index.ts';
import { ProblemError } from '../vocabulary/index.ts';

/**
 * Seals the identity values of a study's entries to the teams of a key directory. Each entry has a data key of its own: who
 * writes holds public keys only, and cannot reopen the key of an entry before (SECURITY.md).
 */
export const sealerFor = (
  study: string,
  {
    org,
    directory,
    effects,
  }: { readonly org: string; readonly directory: KeyDirectory; readonly effects: Effects },
): Sealer => ({
  refusal: (compartment) => {
    try {
      recipientsFor(directory, compartment);
      return undefined;
    } catch (error) {
      if (error instanceof ProblemError) return error.problems[0];
      throw error;
    }
  },
  seal: async ({ record_id, entry_id, compartment }, secrets): Promise<Sealed> => {
    const key = makeDataKey({ org, record_id, compartment }, effects);
    const sealed = secrets.map(({ value, ...place }: Secret) =>
      sealField(key, { org, study, record_id, entry_id, ...place }, value as Json, effects),
    );
    return { sealed, wraps: [await wrapDataKey(key, recipientsFor(directory, compartment))] };
  },
});
