import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../tests/builders/study-files.ts';
import { loadStudy } from './index.ts';

const project = join(import.meta.dirname, '../..');
const base = join(project, 'studies/kazakhstan');

/** The YAML of the how-to, each under the file name that stands before it. */
const guided = (): ReadonlyMap<string, string> => {
  const page = readFileSync(join(project, 'docs/how-to/write-a-study.md'), 'utf8');
  const blocks = [...page.matchAll(/`([\w/]+\.yaml)`:\n\n```yaml\n([\s\S]*?)```/g)];
  return new Map(blocks.map(([, file = '', text = '']) => [`detentions/${file}`, text]));
};
const kazakhstan = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(base, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [
        `kazakhstan${path.slice(base.length).replaceAll('\\', '/')}`,
        readFileSync(path, 'utf8'),
      ]),
  );

test('the study that the how-to makes is in order', () => {
  const { study, problems } = loadStudy(new Map([...kazakhstan(), ...guided()]), 'detentions', sha256);
  expect(problems).toEqual([]);
  expect(study?.tables.map((t) => t.id)).toEqual(['det.by_ground']);
});
