// Runs the tests and leaves their result in .cache/vitest.json. A skipped test is a failed run: it promises what nobody
// checks. `node tools/test.mjs src/records` runs those files only; `--all` runs the checks of tools/check.mjs first.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const resultFile = join(root, '.cache/vitest.json');
const checkFile = join(root, '.cache/check.json');

const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** Counts for people and for CI: a failed check and a file that does not load count as a failure each. */
const summary = () => {
  const tests = read(resultFile);
  const checks = read(checkFile)?.failed ?? [];
  const unloaded =
    tests?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0) ?? [];
  const skipped = tests?.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => !['passed', 'failed'].includes(test.status));
  return {
    passed: tests?.numPassedTests ?? 0,
    failed: (tests?.numFailedTests ?? 1) + unloaded.length + (skipped?.length ?? 0) + checks.length,
    skipped: skipped?.map((test) => test.fullName) ?? [],
  };
};

const args = process.argv.slice(2);
if (args.includes('--summary')) {
  const { passed, failed } = summary();
  // A run that broke off without naming a failed test must not read as a good one.
  const broken = args.includes('--broken') && failed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed + broken} failed`);
} else {
  for (const file of [resultFile, checkFile]) rmSync(file, { force: true });
  const all = args.includes('--all');
  const checked = all ? run(join(root, 'tools/check.mjs')) : true;
  const tested = run(
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${resultFile}`,
    ...args.filter((arg) => arg !== '--all'),
  );
  const { skipped } = summary();
  for (const name of skipped) console.error(`Skipped, which is not allowed: ${name}`);
  if (!checked) console.error('The checks before the tests failed, see above.');
  if (!checked || !tested || skipped.length > 0) process.exitCode = 1;
}
