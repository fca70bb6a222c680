import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Snapshot, tableToParquet } from '../../snapshot/index.ts';
import { type Command, DATA, PERIOD, required, STUDIES } from '../command.ts';
import { withFrozenStudy } from '../frozen-study.ts';

/** Writes a snapshot folder whole or not at all: into a folder beside it first, then renamed. */
const writeSnapshot = (snapshot: Snapshot, out: string): string => {
  const dir = join(out, snapshot.manifest.id);
  const draft = `${dir}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'manifest.json'), `${JSON.stringify(snapshot.manifest, undefined, 2)}\n`);
  for (const table of snapshot.tables.values())
    writeFileSync(join(draft, `${table.id}.parquet`), tableToParquet(table));
  rmSync(dir, { recursive: true, force: true });
  renameSync(draft, dir);
  return dir;
};

export const snapshot: Command = {
  name: 'snapshot',
  args: [{ name: 'STUDY', required: true }],
  options: [DATA, STUDIES, PERIOD, { name: 'out', kind: 'text', value: 'DIR' }],
  run: (input, effects) =>
    withFrozenStudy(input, input.args[0] ?? '', effects, ({ study, snapshot: frozen }) => {
      const dir = writeSnapshot(frozen, input.options['out'] ?? join(required(input, 'data'), 'snapshots'));
      const rows = [...frozen.tables.values()].reduce((sum, table) => sum + table.rows, 0);
      const done = { id: frozen.manifest.id, study: study.id, rows, position: frozen.manifest.logSize, dir };
      effects.out(`${effects.messages(effects.language, 'cli.snapshot.done', done)}\n`);
      return Promise.resolve(0);
    }),
};
