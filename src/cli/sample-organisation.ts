import { createHash } from 'node:crypto';
import type { Effects as RecordEffects } from '../records/index.ts';
import {
  builtInStudies,
  createWorkspace,
  importSample,
  sampleOf,
  type Workspace,
} from '../workspace/index.ts';

/** In the three languages at once: it stands on the reports in each. */
const SAMPLE_NAME = 'Үлгі ұйым · Образцовая организация · Sample organisation';

/** The studies whose samples make the sample organisation. */
export const SAMPLE_STUDIES = ['assemblies', 'defenders'] as const;

const bytesOf = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest());

/**
 * Clock and randomness of the sample: fixed, so that everybody's sample has the same entries, the same tree root and the
 * same report. They are public, and so is its key: nothing secret may ever enter a sample folder.
 */
const sampleEffects = (): RecordEffects => {
  let tick = Date.UTC(2019, 0, 21, 6, 0, 0);
  let counter = 0;
  return {
    clock: () => (tick += 1),
    random: (length) => {
      const blocks = Array.from({ length: Math.ceil(length / 32) }, () => [
        ...bytesOf(`baqylau sample ${counter++}`),
      ]);
      return Uint8Array.from(blocks.flat().slice(0, length));
    },
  };
};

export interface SampleFolder {
  readonly records: number;
  readonly entries: number;
  readonly workspace: Workspace;
}

/** Makes a data folder filled with the samples of studies. Throws ProblemError `data_folder_exists` when it is not empty. */
export const createSampleFolder = async (
  dir: string,
  folders: readonly string[],
  ids: readonly string[],
): Promise<SampleFolder> => {
  const effects = sampleEffects();
  const people = [...new Set(ids.flatMap((id) => sampleOf(folders, id).people))];
  const deviceKey = bytesOf('baqylau sample device: public, for the sample only');
  const workspace = await createWorkspace({
    dir,
    org: 'sample',
    name: SAMPLE_NAME,
    effects,
    people,
    synthetic: true,
    deviceKey,
    // Invented data never goes into an organisation's database.
    databaseUrl: '',
  });
  let records = 0;
  for (const id of ids) records += await importSample(workspace, folders, id, effects);
  return { records, entries: (await workspace.head()).size, workspace };
};

/** The data folder of the sample organisation. */
export const createSampleOrganisation = (dir: string): Promise<SampleFolder> =>
  createSampleFolder(dir, [builtInStudies()], SAMPLE_STUDIES);
