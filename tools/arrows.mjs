// Checks the arrows of the house: folders are the declared ones, and every import follows tools/arrows.json.
// `node tools/arrows.mjs [root]`: another root is for the test that breaks the rules on purpose.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const house = resolve(fileURLToPath(import.meta.url), '../..');
const root = resolve(process.argv[2] ?? house);
const arrows = JSON.parse(readFileSync(join(house, 'tools/arrows.json'), 'utf8'));

const problems = [];

const declared = Object.keys(arrows.layers);
const inOrder = new Set();
for (const [layer, imports] of Object.entries(arrows.layers)) {
  for (const name of imports)
    if (name !== 'adapters' && !inOrder.has(name))
      problems.push(`tools/arrows.json: ${layer} imports ${name}, which does not stand before it`);
  inOrder.add(layer);
}

const folders = (path) =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.name !== 'README.md')
    : [];
for (const [place, names] of [
  ['src', declared],
  ['adapters', Object.keys(arrows.adapters)],
])
  for (const entry of folders(join(root, place)))
    if (!entry.isDirectory()) problems.push(`${place}/${entry.name}: a file outside every layer`);
    else if (!names.includes(entry.name))
      problems.push(`${place}/${entry.name}: not declared in tools/arrows.json`);

const walk = (path) => {
  for (const entry of folders(path)) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name === 'dist') continue;
    const inner = join(path, entry.name);
    if (arrows.forbiddenFolders.includes(entry.name))
      problems.push(`${relative(root, inner)}: name the folder after what it is for`);
    walk(inner);
  }
};
const places = ['src', 'adapters', 'web', 'tests', 'bench'].filter((place) => existsSync(join(root, place)));
for (const place of places) walk(join(root, place));

const cruiser = join(house, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const config = join(house, '.dependency-cruiser.cjs');
const cruise = spawnSync(
  process.execPath,
  [cruiser, '--config', config, '--output-type', 'err-long', ...places],
  {
    cwd: root,
    encoding: 'utf8',
  },
);

for (const problem of problems) console.error(`error ${problem}`);
console.log(`${cruise.stdout}${cruise.stderr}`.trim());
process.exitCode = problems.length > 0 || cruise.status !== 0 ? 1 : 0;
