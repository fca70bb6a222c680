import {
  type ImportOptions,
  type ImportPlan,
  type ImportProgress,
  type ImportReport,
  type ImportWorld,
  type Mapping,
  planImport,
  runImport,
} from '../exchange/index.ts';
import { type Effects, foldRecord, uuid7, validateValues } from '../records/index.ts';
import type { TableSource } from '../sheets/index.ts';
import type { Study } from '../study/index.ts';
import type { Workspace } from './workspace.ts';

export interface ImportRequest {
  readonly study: Study;
  readonly mapping: Mapping;
  readonly source: TableSource;
  /** Bytes of the source, for estimates. */
  readonly size?: number;
  readonly effects: Effects;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** The log of this folder in the terms of an import. */
const worldOf = (workspace: Workspace, { study, effects, onProgress }: ImportRequest): ImportWorld => ({
  study,
  hmac: workspace.hmac,
  validate: validateValues,
  recordsOf: async (ids) => {
    const found = new Map();
    for (const id of ids) {
      const leaves = await workspace.entries(id);
      const instrument = study.instruments.get(leaves[0]?.body.instrument ?? '');
      if (leaves.length > 0)
        found.set(id, { state: foldRecord(leaves, instrument), entries: leaves.map((leaf) => leaf.body) });
    }
    return found;
  },
  clock: effects.clock,
  ...(onProgress === undefined ? {} : { onProgress }),
});

/** What importing a file would do; nothing is written. */
export const planFileImport = (workspace: Workspace, request: ImportRequest): Promise<ImportPlan> =>
  planImport(request.source, request.mapping, worldOf(workspace, request), request.size);

/** Imports what the plan found: all rows or none, unless `acceptValid`. */
export const runFileImport = (
  workspace: Workspace,
  request: ImportRequest,
  plan: ImportPlan,
  options: ImportOptions = {},
): Promise<ImportReport> =>
  runImport(
    plan,
    {
      ...worldOf(workspace, request),
      append: async (drafts) => void (await workspace.append(drafts)),
      newId: () => uuid7(request.effects),
    },
    options,
  );
