/**
 * Writes the JSON Schemas of the study format for editors to docs/schema/, from the schemas the loader itself uses:
 * `node tools/schemas.ts`. With --check it only says which are out of date (exit code 1).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorSchemas } from '../src/study/index.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'schema');
mkdirSync(folder, { recursive: true });
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
for (const [name, text] of editorSchemas()) {
  const path = join(folder, name);
  if (read(path) === text) continue;
  process.stdout.write(`${name}\n`);
  if (process.argv.includes('--check')) process.exitCode = 1;
  else writeFileSync(path, text);
}
