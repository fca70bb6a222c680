import { type Study, snapshotColumnsOf } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { SnapshotTable } from './snapshot.ts';

/**
 * The run-time half of "no identity column can exist in a snapshot"; the type `SnapshotColumn` is the other. A list of what
 * may be there, not of what may not: a column that the study does not name as countable is refused.
 * Throws ProblemError `snapshot_identity_field`.
 */
export const refuseIdentity = (study: Study, tables: readonly SnapshotTable[]): void => {
  for (const table of tables) {
    const allowed = new Set(snapshotColumnsOf(study, table.id)?.map((c) => c.path));
    for (const name of table.columns.keys())
      if (!allowed.has(name))
        throw new ProblemError(problem('snapshot_identity_field', { table: table.id, field: name }));
  }
};
