import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readMessages } from '../../src/cli/message-files.ts';
import { createSampleOrganisation } from '../../src/cli/sample-organisation.ts';
import { servedStudies } from '../../src/cli/served-studies.ts';
import { buildApp, createSite, type ServedStudy } from '../../src/server/index.ts';
import { builtInStudies } from '../../src/workspace/index.ts';

const PROGRAM = join(import.meta.dirname, '..', '..');

export interface Site {
  readonly site: FastifyInstance;
  readonly studies: readonly ServedStudy[];
  readonly program: string;
  readonly close: () => Promise<void>;
}

/** The site of the sample organisation, as `npm start` makes it; not yet listening. */
export const aSite = async (): Promise<Site> => {
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-site-'));
  const messages = readMessages();
  const { workspace } = await createSampleOrganisation(join(folder, 'data'));
  const studies = await servedStudies({
    workspace,
    folders: [builtInStudies()],
    messages,
    now: () => new Date(),
  });
  const { version } = JSON.parse(readFileSync(join(PROGRAM, 'package.json'), 'utf8')) as { version: string };
  const app = await buildApp(PROGRAM, () => undefined);
  const site = createSite({ studies, messages, app, program: PROGRAM, version });
  return {
    site,
    studies,
    program: PROGRAM,
    close: async () => {
      await site.close();
      await workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
