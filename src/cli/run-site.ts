import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp, createSite } from '../server/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import type { Effects, Input } from './command.ts';
import { recordEffects } from './record-effects.ts';
import { servedStudies } from './served-studies.ts';
import { studyFolders } from './study-folders.ts';

const PROGRAM = fileURLToPath(new URL('../../', import.meta.url));

const versionOf = (program: string): string =>
  (JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { readonly version: string }).version;

/** Serves a data folder on this machine until the person stops it. */
export const runSite = async (dir: string, input: Input, effects: Effects): Promise<number> => {
  const { messages, language, out, note } = effects;
  const say = (id: string, args = {}): string => `${messages(language, `cli.serve.${id}`, args)}\n`;
  const app = await buildApp(PROGRAM, () => note(say('building')));
  const workspace = await openWorkspace(dir, { effects: recordEffects(effects), readOnly: true });
  try {
    const studies = await servedStudies({
      workspace,
      folders: studyFolders(input),
      messages,
      now: effects.now,
    });
    const site = createSite({ studies, messages, app, program: PROGRAM, version: versionOf(PROGRAM) });
    const address = await site.listen({ host: '127.0.0.1', port: Number(input.options['port'] ?? '4380') });
    out(say('ready', { address: `${address}/${language}` }));
    for (const { study, reportPeriods } of studies)
      for (const period of reportPeriods)
        out(say('reports', { address: `${address}/reports/${study.id}/${period}/report.${language}.html` }));
    await effects.stopped();
    await site.close();
    return 0;
  } finally {
    await workspace.close();
  }
};
