import type { LogStore, VaultWrap } from '../log/index.ts';
import { readLeaf } from '../records/index.ts';
import {
  type DataKey,
  type ExpectedKey,
  type KeyDirectory,
  openDataKey,
  recipientOf,
  recipientsFor,
  teamIdentity,
  type UserKey,
  wrapDataKey,
} from '../sealing/index.ts';
import { ProblemError } from '../vocabulary/index.ts';

export interface Rewrapped {
  /** Data keys that the present teams can open only from now on. */
  readonly rewrapped: number;
  /** Data keys that were wrapped to the present team already. */
  readonly current: number;
  /** Data keys that none of the identities opens. */
  readonly closed: number;
}

const BATCH = 200;

/**
 * Wraps every data key that these identities open to those who may open its compartment now: after a change of teams, or
 * with the recovery key when a team has lost its own. What is sealed does not change; whoever held an old key may have kept
 * what it opened. `progress` is told the keys looked at.
 */
export const rewrapVault = async (
  store: LogStore,
  { directory, identities }: { readonly directory: KeyDirectory; readonly identities: readonly string[] },
  progress: (keys: number) => void = () => undefined,
): Promise<Rewrapped> => {
  const holders = await Promise.all(
    identities.map(async (identity) => ({ identity, recipient: await recipientOf(identity) })),
  );
  const counts = { rewrapped: 0, current: 0, closed: 0 };
  let batch: VaultWrap[] = [];
  let looked = 0;
  for await (const expected of namedKeys(store)) {
    const wrap = await store.vaultGet(expected.key_id);
    if (wrap === undefined) continue; // erased
    const opened = await openWithAny(wrap, expected, holders);
    if (opened === undefined) counts.closed += 1;
    else {
      const recipients = recipientsFor(directory, opened.key.compartment);
      if (opened.recipient === recipients[0]) counts.current += 1;
      else {
        batch.push(await wrapDataKey(opened.key, recipients));
        counts.rewrapped += 1;
      }
    }
    if (batch.length >= BATCH) {
      await store.vaultPut(batch);
      batch = [];
    }
    looked += 1;
    progress(looked);
  }
  if (batch.length > 0) await store.vaultPut(batch);
  return counts;
};

/** The identities of every team, of every version, that a person holds; the newest first, as most keys are wrapped to them. */
export const heldIdentities = async (
  directory: KeyDirectory,
  { user, identity }: Pick<UserKey, 'user' | 'identity'>,
): Promise<readonly string[]> => {
  const teams = directory.teams.toSorted((a, b) => b.version - a.version);
  const held = await Promise.all(teams.map((team) => teamIdentity(team, user, identity)));
  return held.filter((each) => each !== undefined);
};

interface Holder {
  readonly identity: string;
  readonly recipient: string;
}

const openWithAny = async (
  wrap: Uint8Array,
  expected: ExpectedKey,
  holders: readonly Holder[],
): Promise<{ readonly key: DataKey; readonly recipient: string } | undefined> => {
  for (const { identity, recipient } of holders)
    try {
      return { key: await openDataKey(wrap, expected, [identity]), recipient };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  return undefined;
};

/** Every data key that an entry names, once, with the record that it belongs to. */
async function* namedKeys(store: LogStore): AsyncGenerator<ExpectedKey> {
  const seen = new Set<string>();
  for await (const { bytes } of store.read(0)) {
    const { org, record_id, sealed, attachments } = readLeaf(bytes).body;
    for (const { key_id } of [...sealed, ...attachments])
      if (!seen.has(key_id)) {
        seen.add(key_id);
        yield { org, record_id, key_id };
      }
  }
}
