import type { EntryBody } from './entry.ts';

/** An entry with the places of its parents in the list it stands in; parents stand before children. */
export interface Ordered<E> {
  readonly entry: E;
  readonly parents: readonly number[];
}

/**
 * The entries of one record, each once, parents before children, otherwise by entry id: a fixed order for a set of entries,
 * whatever the order of arrival. Parents that are not there yet are left out; so are the links of a forged circle.
 */
export const causalOrder = <E extends { readonly body: Pick<EntryBody, 'entry_id' | 'parents'> }>(
  entries: Iterable<E>,
): readonly Ordered<E>[] => {
  const byId = new Map<string, E>();
  for (const entry of entries) if (!byId.has(entry.body.entry_id)) byId.set(entry.body.entry_id, entry);
  const waiting = [...byId.keys()].sort();
  const place = new Map<string, number>();
  const ordered: Ordered<E>[] = [];
  const put = (id: string): void => {
    const entry = byId.get(id);
    if (entry === undefined) return;
    const parents = [...new Set(entry.body.parents)].map((p) => place.get(p)).filter((p) => p !== undefined);
    place.set(id, ordered.length);
    ordered.push({ entry, parents: parents.sort((a, b) => a - b) });
  };
  const ready = (id: string): boolean =>
    byId.get(id)?.body.parents.every((p) => place.has(p) || !byId.has(p)) ?? false;
  let left = waiting;
  while (left.length > 0) {
    const later: string[] = [];
    for (const id of left) {
      if (ready(id)) put(id);
      else later.push(id);
    }
    const [first] = later;
    if (later.length === left.length && first !== undefined) {
      put(first);
      later.shift();
    }
    left = later;
  }
  return ordered;
};
