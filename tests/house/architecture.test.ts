import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const architecture = read('ARCHITECTURE.md');

/** Folders named in the table "The house", e.g. `src/study`. */
const described = [...architecture.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+?)\/?`/g)].map(([, folder = '']) => folder),
);

const files = (folder: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))
    : [];

describe('ARCHITECTURE.md', () => {
  test('names only folders that exist', () => {
    expect(described.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
    expect(described.length).toBeGreaterThan(15);
  });

  test('names every layer that has code', () => {
    const layers = readdirSync(join(root, 'src')).filter((layer) => files(join('src', layer)).length > 0);
    expect(layers.filter((layer) => !described.includes(`src/${layer}`))).toEqual([]);
  });

  test('has only layers whose imports are declared', () => {
    const declared = Object.keys((JSON.parse(read('tools/arrows.json')) as { layers: object }).layers);
    const layers = described.filter((folder) => folder.startsWith('src/')).map((folder) => folder.slice(4));
    expect(layers.filter((layer) => !declared.includes(layer))).toEqual([]);
  });
});

describe('links between documents', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    ...readdirSync(join(root, 'docs/how-to')).map((f) => `docs/how-to/${f}`),
  ];
  test.each(documents)('%s points only to files that exist', (document) => {
    const targets = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(
      ([, target = '']) => target,
    );
    expect(targets.filter((target) => !existsSync(join(root, document, '..', target)))).toEqual([]);
  });
});
