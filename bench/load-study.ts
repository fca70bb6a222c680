import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { loadStudy, type Study } from '../src/study/index.ts';

const STUDIES = resolve(import.meta.dirname, '../studies');

/** A study of the repository, checked. */
export const readStudy = (id: string): Study => {
  const files = new Map<string, string>();
  for (const entry of readdirSync(STUDIES, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(yaml|csv|md)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(STUDIES, path).split(sep).join('/'), readFileSync(path, 'utf8'));
  }
  const { study, problems } = loadStudy(files, id, (data) => createHash('sha256').update(data).digest('hex'));
  if (study === undefined) throw new Error(`study ${id}: ${JSON.stringify(problems.slice(0, 5))}`);
  return study;
};
