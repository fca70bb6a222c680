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
import { type Effects, foldRecord, uniqueIndex, uuid7, validateValues } from '../records/index.ts';
import type { TableSource } from '../sheets/index.ts';
import type { Study } from '../study/index.ts';
import { sealerFor } from './sealer.ts';
import { filesBeside } from './table-files.ts';
import type { Workspace } from './workspace.ts';

export interface ImportRequest {
  readonly study: Study;
  readonly mapping: Mapping;
  readonly source: TableSource;
  /** Bytes of the source, for estimates. */
  readonly size?: number;
  readonly effects: Effects;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Seal identity values again although nobody can see whether they changed. */
  readonly reseal?: boolean;
  /** Take another date of a record that may be there once for a correction, not for a second one. */
  readonly correctDates?: boolean;
}

/** The log of this folder in the terms of an import. */
const worldOf = async (
  workspace: Workspace,
  { study, source, effects, onProgress }: ImportRequest,
): Promise<ImportWorld> => ({
  study,
  ...(await sealing(workspace, { study, source, effects })),
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
  uniqueIndex: (instrument) => uniqueIndex(instrument, workspace.states(study)),
  clock: effects.clock,
  ...(onProgress === undefined ? {} : { onProgress }),
});

/** A folder without a key directory has nobody to seal to. */
const sealing = async (
  workspace: Workspace,
  { study, source, effects }: Pick<ImportRequest, 'study' | 'source' | 'effects'>,
): Promise<Pick<ImportWorld, 'sealer'>> => {
  const current = await workspace.directory();
  if (current === undefined) return {};
  const { org } = workspace.config;
  const files = filesBeside(typeof source === 'string' ? source : undefined);
  return { sealer: sealerFor(study.id, { org, directory: current.directory, files, effects }) };
};

/** What importing a file would do; nothing is written. */
export const planFileImport = async (workspace: Workspace, request: ImportRequest): Promise<ImportPlan> =>
  planImport(request.source, request.mapping, await worldOf(workspace, request), request);

/** Imports what the plan found: all rows or none, unless `acceptValid`. */
export const runFileImport = async (
  workspace: Workspace,
  request: ImportRequest,
  plan: ImportPlan,
  options: ImportOptions = {},
): Promise<ImportReport> =>
  runImport(
    plan,
    {
      ...(await worldOf(workspace, request)),
      append: async (drafts) => void (await workspace.append(drafts)),
      newId: () => uuid7(request.effects),
    },
    options,
  );
