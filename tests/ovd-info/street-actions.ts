import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMapping } from '../../src/exchange/index.ts';
import { countTables, type Table } from '../../src/tables/index.ts';
import { roundTo } from '../../src/vocabulary/index.ts';
import {
  createWorkspace,
  freezeStudy,
  packageFiles,
  planFileImport,
  runFileImport,
  studyFromFolders,
} from '../../src/workspace/index.ts';

const here = import.meta.dirname;

/** Time and chance that are the same in every run. */
const fixedEffects = () => {
  let state = 1;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 256;
  };
  return { clock: () => Date.UTC(2026, 0, 1), random: (n: number) => Uint8Array.from({ length: n }, next) };
};

/** The way of a file from disk to counted tables, as another organisation walks it: its own package, its own mapping. */
export const countFile = async (
  file: string,
): Promise<{ readonly rows: number; readonly tables: readonly Table[] }> => {
  const dir = mkdtempSync(join(tmpdir(), 'street-actions-'));
  const effects = fixedEffects();
  const { study, files } = studyFromFolders([join(here, 'studies')], 'street_actions');
  const workspace = await createWorkspace({ dir, org: 'visitors', effects });
  try {
    await workspace.registerStudy(study, packageFiles(study, files));
    const mapping = readMapping(readFileSync(join(here, 'mapping.yaml'), 'utf8'));
    const request = { study, mapping, source: file, effects };
    const report = await runFileImport(workspace, request, await planFileImport(workspace, request));
    const snapshot = await freezeStudy(workspace, study);
    return { rows: report.written, tables: countTables(study, snapshot, study.tables) };
  } finally {
    await workspace.close();
    rmSync(dir, { recursive: true });
  }
};

/** The printed value of a cell: `printed(tables, 'act.by_type', 'picket', 'n')`; an empty table code names the only row. */
export const printed = (tables: readonly Table[], id: string, code: string, measure: string): string => {
  const table = tables.find((t) => t.id === id);
  const cell = table?.cells.find(
    (c) => c.measure === measure && c.at.period === '2011-2012' && Object.values(c.at).includes(code),
  );
  if (cell === undefined) throw new RangeError(`no cell ${id}/${code}/${measure}`);
  return 'missing' in cell.value ? cell.value.missing : roundTo(cell.value, 0);
};
