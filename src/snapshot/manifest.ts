import { tableHash } from './canonical-hash.ts';
import { countedRuleText } from './counted.ts';
import { observedWeeks } from './exposure.ts';
import type { SnapshotManifest, SnapshotTable } from './snapshot.ts';
import type { SnapshotInput } from './snapshot-input.ts';

const byRecord = (a: { recordId: string }, b: { recordId: string }): number =>
  a.recordId < b.recordId ? -1 : 1;

/** What the numbers rest on; its id is a hash over everything else in it. */
export const manifestOf = (
  input: SnapshotInput,
  tables: readonly SnapshotTable[],
  exclusions: readonly { recordId: string; reason: string }[],
  conflicts: readonly { recordId: string; field: string }[],
): SnapshotManifest => {
  const { study, hasher } = input;
  const hashOf = (value: unknown): string => {
    const h = hasher();
    h.update(new TextEncoder().encode(JSON.stringify(value)));
    return h.digest();
  };
  const facts: Omit<SnapshotManifest, 'id'> = {
    org: input.org,
    study: { id: study.id, version: study.version, hash: study.hash },
    logSize: input.log.size,
    logRoot: input.log.root,
    periods: input.periods,
    vintage: study.vintage,
    counted: countedRuleText(study.counted),
    rows: Object.fromEntries(tables.map((t) => [t.id, t.rows])),
    tableHashes: Object.fromEntries(tables.map((t) => [t.id, tableHash(t, hasher())])),
    codeListHashes: Object.fromEntries(
      [...study.codeLists.values()].map((l) => [l.id, hashOf(l.codes.map((c) => [c.code, c.parent ?? '']))]),
    ),
    exclusions: [...exclusions].sort(byRecord),
    conflicts: [...conflicts].sort(byRecord),
    exposure: observedWeeks(study, tables),
    engine: input.engine,
    synthetic: input.synthetic,
  };
  return { id: hashOf(facts), ...facts };
};
