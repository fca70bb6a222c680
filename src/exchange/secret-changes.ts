import type { EntryValues } from '../records/index.ts';
import type { BoundMapping } from './bound-mapping.ts';
import type { Candidate } from './candidate.ts';
import { IMPORT_REASON, type StoredRecord } from './change.ts';
import type { Secret } from './seal.ts';

/** What becomes of the identity values of a row. */
export type Sealing = 'none' | 'sealed' | 'not_compared' | 'erased';

export interface SecretChanges {
  /** To be sealed anew. */
  readonly seal: readonly Secret[];
  /** Fields that were sealed and that the file has emptied. */
  readonly emptied: EntryValues;
  readonly sealing: Sealing;
}

const placeOf = ({ field, row_id: row = '' }: Pick<Secret, 'field' | 'row_id'>): string => `${field}\0${row}`;

/**
 * Identity values against a record whose own are sealed: without a key nobody can compare them. What stands sealed at a
 * place stays, unless `anew`; what a person sealed there stays also when the rest of the row has changed (`isRevised`), as
 * the file cannot know it. A place where nothing is sealed is filled; nothing is sealed into a record that was erased.
 */
export const secretChanges = (
  bound: BoundMapping,
  { secrets }: Candidate,
  stored: StoredRecord | undefined,
  { isRevised, anew }: { readonly isRevised: boolean; readonly anew: boolean },
): SecretChanges => {
  if (stored?.state.erased !== undefined)
    return { seal: [], emptied: {}, sealing: secrets.length > 0 ? 'erased' : 'none' };
  const standing = new Map(
    stored?.state.sealed.map((s) => [placeOf({ ...s.sealed, field: s.field }), s.entryId]),
  );
  const imported = new Set(
    stored?.entries.filter((e) => e.reason.startsWith(IMPORT_REASON)).map((e) => e.entry_id),
  );
  const isOpen = (secret: Secret): boolean => {
    const entry = standing.get(placeOf(secret));
    return entry === undefined || anew || (isRevised && imported.has(entry));
  };
  const seal = secrets.filter(isOpen);
  const stated = new Set(secrets.map(placeOf));
  const emptied = bound.rules
    .filter(({ target }) => target.sensitivity === 'identity' && !stated.has(placeOf({ field: target.path })))
    .filter(({ target }) => imported.has(standing.get(placeOf({ field: target.path })) ?? ''))
    .map(({ target }) => [target.path, { missing: 'not_recorded' }] as const);
  const sealing = seal.length > 0 ? 'sealed' : secrets.length > 0 ? 'not_compared' : 'none';
  return { seal, emptied: Object.fromEntries(emptied), sealing };
};
