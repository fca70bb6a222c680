import type { Snapshot } from '../snapshot/index.ts';
import type { Study } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import {
  freezeStudy,
  isRegistered,
  openWorkspace,
  registeredIds,
  registeredStudy,
  type Workspace,
} from '../workspace/index.ts';
import type { Effects, Input } from './command.ts';
import { recordEffects } from './record-effects.ts';
import { studyFolders } from './study-folders.ts';

export interface FrozenStudy {
  readonly workspace: Workspace;
  readonly study: Study;
  readonly snapshot: Snapshot;
}

/**
 * Opens the data folder for reading, freezes the study at the end of its log, and closes the folder afterwards.
 * Throws ProblemError `study_not_in_log` where the folder has no records of it.
 */
export const withFrozenStudy = async <T>(
  input: Input,
  id: string,
  effects: Effects,
  use: (frozen: FrozenStudy) => Promise<T>,
): Promise<T> => {
  const { data = '', period } = input.options;
  const workspace = await openWorkspace(data, { effects: recordEffects(effects), readOnly: true });
  try {
    if (!(await isRegistered(workspace, id))) {
      const known = await registeredIds(workspace, studyFolders(input));
      throw new ProblemError(problem('study_not_in_log', { study: id, known: known.join(', ') || '–' }));
    }
    const study = await registeredStudy(workspace, id);
    const snapshot = await freezeStudy(workspace, study, period === undefined ? [] : [period]);
    return await use({ workspace, study, snapshot });
  } finally {
    await workspace.close();
  }
};
