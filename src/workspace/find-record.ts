import { cleanWord, ProblemError, problem } from '../vocabulary/index.ts';
import type { Workspace } from './workspace.ts';

/**
 * The id of the record that a person names: by that id, or as `study/instrument/key`, the key as it stands in the file that the
 * record was imported from. A key of several columns has `/` between them. Throws ProblemError `record_unknown`.
 */
export const findRecord = async (
  workspace: Pick<Workspace, 'entries' | 'importId'>,
  named: string,
): Promise<string> => {
  const [study = '', instrument = '', ...key] = named.split('/').map(cleanWord);
  const ids = [
    named,
    workspace.importId(study, instrument, key),
    workspace.importId(study, instrument, [key.join('/')]),
  ];
  for (const id of ids) if ((await workspace.entries(id)).length > 0) return id;
  throw new ProblemError(problem('record_unknown', { record: named }));
};
