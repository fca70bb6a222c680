import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OurCell } from '../../src/checker/index.ts';
import { createSampleFolder } from '../../src/cli/sample-organisation.ts';
import type { Study } from '../../src/study/index.ts';
import { addressOf } from '../../src/tables/index.ts';
import { builtInStudies, countStudy, freezeStudy, studyFromFolders } from '../../src/workspace/index.ts';

export interface Counted {
  readonly study: Study;
  readonly ours: (address: string) => OurCell | undefined;
}

const count = async (studies: string, id = 'assemblies'): Promise<Counted> => {
  const dir = join(mkdtempSync(join(tmpdir(), 'baqylau-published-')), 'data');
  const { workspace } = await createSampleFolder(dir, [studies], [id]);
  try {
    const { study } = studyFromFolders([studies], id);
    const tables = countStudy(study, await freezeStudy(workspace, study, []));
    const cells = new Map(tables.flatMap((t) => t.cells.map((c) => [addressOf(t, c), c] as const)));
    return { study, ours: (address) => cells.get(address) };
  } finally {
    await workspace.close();
  }
};

/** The committed sample, imported and counted by the real thing. */
export const countSample = (id = 'assemblies'): Promise<Counted> => count(builtInStudies(), id);

/** The same with one line of the sample's cards changed: `edit` gets the cells of every row by heading. */
export const countEditedSample = (edit: (row: Record<string, string>) => void): Promise<Counted> => {
  const studies = join(mkdtempSync(join(tmpdir(), 'baqylau-edited-')), 'studies');
  cpSync(builtInStudies(), studies, { recursive: true });
  const file = join(studies, 'assemblies/sample/assemblies.csv');
  const { headings, rows } = readRows(file);
  for (const row of rows) edit(row);
  const quoted = (cell: string): string => (cell.includes(';') ? `"${cell}"` : cell);
  const lines = [
    headings.join(';'),
    ...rows.map((row) => headings.map((h) => quoted(row[h] ?? '')).join(';')),
  ];
  writeFileSync(file, lines.map((line) => `${line}\r\n`).join(''));
  return count(studies);
};

/** A slow, obvious reader of the sample's own CSV: semicolons, CRLF, quotes around cells that hold a semicolon. */
export const parseRows = (
  text: string,
): { readonly headings: readonly string[]; readonly rows: Record<string, string>[] } => {
  const cellsOf = (line: string): readonly string[] => {
    const cells: string[] = [];
    let [cell, quoted] = ['', false];
    for (const letter of line) {
      if (letter === '"') quoted = !quoted;
      else if (letter === ';' && !quoted) {
        cells.push(cell);
        cell = '';
      } else cell += letter;
    }
    return [...cells, cell];
  };
  const [first = '', ...lines] = text.split('\r\n').filter((line) => line !== '');
  const headings = cellsOf(first);
  const rows = lines.map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(headings.map((h, i) => [h, cells[i] ?? '']));
  });
  return { headings, rows };
};
export const readRows = (file: string): ReturnType<typeof parseRows> => parseRows(readFileSync(file, 'utf8'));
