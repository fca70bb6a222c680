import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { duckdbEngine } from '../../adapters/engine-duckdb/index.ts';
import { countTables } from '../../src/tables/index.ts';
import { freezeStudy, openWorkspace, registeredStudy } from '../../src/workspace/index.ts';
import { linesOf } from './same-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'baqylau-engines-'));
const data = join(folder, 'data');
beforeAll(() => {
  const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
  const demo = spawnSync(process.execPath, [main, 'demo', '--data', data], { encoding: 'utf8' });
  if (demo.status !== 0) throw new Error(demo.stderr);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['assemblies', 50],
  ['defenders', 150],
])(
  'both engines count every table of the study %s over its sample alike',
  {
    timeout: 120_000,
  },
  async (id, tables) => {
    const effects = { clock: Date.now, random: (n: number) => new Uint8Array(randomBytes(n)) };
    const workspace = await openWorkspace(data, { effects, readOnly: true });
    try {
      const study = await registeredStudy(workspace, id);
      const snapshot = await freezeStudy(workspace, study, []);
      const ours = countTables(study, snapshot, study.tables);
      const theirs = await duckdbEngine.count(study, snapshot, study.tables);
      expect(ours.length).toBeGreaterThan(tables);
      for (const [i, definition] of study.tables.entries()) {
        const [a, b] = [ours[i], theirs[i]];
        if (a === undefined || b === undefined) throw new Error(`${definition.id} was left out`);
        expect(linesOf(a, definition)).toEqual(linesOf(b, definition));
      }
    } finally {
      await workspace.close();
    }
  },
);
