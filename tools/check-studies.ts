/**
 * Checks every package under studies/ and prints its problems: `node tools/check-studies.ts [study …]`. Exit code 2 when
 * there is one. Texts are those of `baqylau study check`, which calls the same loader.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { loadStudy } from '../src/study/index.ts';
import { createMessages, problemText } from '../src/vocabulary/index.ts';

const project = join(import.meta.dirname, '..');
const root = join(project, 'studies');
const TEXT = /\.(yaml|yml|csv|md)$/;

const readAll = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXT.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );

const catalogue = (language: string): string =>
  readFileSync(join(project, 'src/vocabulary/messages', `${language}.yaml`), 'utf8');
const messages = createMessages({ kk: catalogue('kk'), ru: catalogue('ru'), en: catalogue('en') });
const files = readAll(root);
const ids =
  process.argv.length > 2
    ? process.argv.slice(2)
    : readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
for (const id of ids) {
  const { study, problems } = loadStudy(files, id, (data) => createHash('sha256').update(data).digest('hex'));
  for (const p of problems) {
    const known = messages.has(`problem.${p.code}.says`);
    process.stdout.write(
      `${known ? problemText(messages, 'en', p) : `${p.at?.file}:${p.at?.line}: ${p.code} ${JSON.stringify(p.details)}`}\n`,
    );
  }
  process.stdout.write(
    study === undefined
      ? `${id}: ${problems.length} problems\n`
      : `${id}: in order; ${study.instruments.size} instruments, ${study.tables.length} tables, ${study.reviewNeeded.length} texts under review\n`,
  );
  if (study === undefined) process.exitCode = 2;
}
