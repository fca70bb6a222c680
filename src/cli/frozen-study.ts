import type { Snapshot } from '../snapshot/index.ts';
import type { Study } from '../study/index.ts';
import { freezeStudy, openWorkspace, registeredStudy, type Workspace } from '../workspace/index.ts';
import type { Effects } from './command.ts';
import { recordEffects } from './record-effects.ts';

export interface FrozenStudy {
  readonly workspace: Workspace;
  readonly study: Study;
  readonly snapshot: Snapshot;
}

/** Opens the data folder for reading, freezes the study at the end of its log, and closes the folder afterwards. */
export const withFrozenStudy = async <T>(
  options: Readonly<Record<string, string>>,
  effects: Effects,
  /** `effects` with the study's own words in the catalogue. */
  use: (frozen: FrozenStudy, effects: Effects) => Promise<T>,
): Promise<T> => {
  const workspace = await openWorkspace(options['data'] ?? '', { effects: recordEffects(effects), readOnly: true });
  try {
    const study = await registeredStudy(workspace, options['study'] ?? '');
    const snapshot = await freezeStudy(workspace, study, options['period'] === undefined ? [] : [options['period']]);
    return await use({ workspace, study, snapshot }, { ...effects, messages: effects.messages.with(study.words) });
  } finally {
    await workspace.close();
  }
};
