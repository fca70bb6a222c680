// Everything that can be said about the code without running it: types, lint, format, arrows, unused code.
// `node tools/check.mjs` does all and says at the end which failed; `node tools/check.mjs types lint` does those.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const bin = (path) => join(root, 'node_modules', path);
const compiler = bin('typescript-native/bin/tsc');

const isCode = (entry) =>
  entry.isFile() &&
  /\.tsx?$/.test(entry.name) &&
  !entry.name.endsWith('.config.ts') &&
  !entry.parentPath.includes('node_modules');
/** The compiler calls a project without files an error. */
const projects = ['.', 'web', 'tests'].filter((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', withFileTypes: true }).some(
    (entry) => folder === '.' || isCode(entry),
  ),
);

const STEPS = {
  types: projects.map((project) => [compiler, '-p', join(project, 'tsconfig.json')]),
  lint: [[bin('oxlint/bin/oxlint'), '--deny-warnings']],
  format: [[bin('@biomejs/biome/bin/biome'), 'check', '--max-diagnostics=20']],
  arrows: [[join(root, 'tools/arrows.mjs')]],
  unused: [[bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints']],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(
    `There is no check called ${unknown.join(', ')}. The checks: ${Object.keys(STEPS).join(', ')}.`,
  );
  process.exit(2);
}

const failed = [];
for (const name of asked.length > 0 ? asked : Object.keys(STEPS)) {
  const started = Date.now();
  const runs = STEPS[name].map((args) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
  const ok = runs.every((run) => run.status === 0);
  console.log(`${ok ? '✓' : '✗'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (ok) continue;
  failed.push(name);
  for (const run of runs)
    if (run.status !== 0)
      console.log(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`.trim());
}

mkdirSync(join(root, '.cache'), { recursive: true });
if (asked.length === 0) writeFileSync(join(root, '.cache/check.json'), `${JSON.stringify({ failed })}\n`);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
