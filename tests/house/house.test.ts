import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const house = resolve(import.meta.dirname, '../..');
const text = (path: string): string => readFileSync(join(house, path), 'utf8');
const json = (path: string) => JSON.parse(text(path));

const filesBelow = (folder: string): readonly string[] => {
  if (!existsSync(join(house, folder))) return [];
  return readdirSync(join(house, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/node_modules|[/\\]dist[/\\]?/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(house.length + 1));
};

describe('packages', () => {
  const { dependencies, devDependencies, optionalDependencies } = json('package.json');

  test('direct run-time packages are the ones that the decision record lists', () => {
    const record = text('docs/adr/0001-run-time-packages.md');
    const listed = [...record.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies }).toSorted());
  });

  test('versions are exact', () => {
    for (const version of Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies }))
      expect(version).toMatch(/^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  test('the lock file names no server, so that any mirror serves it', () => {
    for (const [path, entry] of Object.entries<{ resolved?: string }>(json('package-lock.json').packages))
      expect(entry.resolved, path).toBeUndefined();
  });

  test('the lock file has every platform package, so that a clean install works everywhere', () => {
    const { packages } = json('package-lock.json');
    const platforms = /(linux|darwin|win32)-(x64|arm64)/;
    for (const [path, entry] of Object.entries<{ optionalDependencies?: Record<string, string> }>(packages))
      for (const name of Object.keys(entry.optionalDependencies ?? {}).filter((n) => platforms.test(n)))
        expect(
          `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages,
          `${name}: run "npm run lock"`,
        ).toBe(true);
  });

  test('the packaged Node is one version, and new enough', () => {
    const versions = Object.entries(optionalDependencies)
      .filter(([name]) => name.startsWith('node-'))
      .map(([, version]) => version);
    expect(new Set(versions).size).toBe(1);
    expect(Number.parseInt(String(versions[0]), 10)).toBeGreaterThanOrEqual(24);
  });
});

describe('tests', () => {
  test('run in a time zone far from UTC', () => {
    expect(process.env['TZ']).toBe('Asia/Almaty');
    expect(new Date(2018, 0, 1).toISOString()).toBe('2017-12-31T18:00:00.000Z');
  });

  test('none is skipped or left for later', () => {
    const words = ['skip', 'skipIf', 'runIf', 'todo', 'only', 'fails'].join('|');
    const forbidden = new RegExp(
      `\\b(test|it|describe|suite)(\\.\\w+)*\\.(${words})\\b|\\bx(it|test|describe)\\(`,
    );
    for (const folder of ['src', 'adapters', 'web', 'tests'])
      for (const file of filesBelow(folder).filter((name) => /\.test\.tsx?$/.test(name)))
        expect(forbidden.exec(text(file))?.[0], file).toBeUndefined();
  });
});

test('pure layers never read the clock', () => {
  for (const layer of json('tools/arrows.json').pure)
    for (const file of filesBelow(`src/${layer}`).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    ))
      expect(/new Date\(\s*\)|\bDate\.now|Math\.random/.exec(text(file))?.[0], file).toBeUndefined();
});

test('CI runs one script', () => {
  expect(statSync(join(house, '.ci/run')).mode & 0o111).not.toBe(0);
  expect(text('.ci/run')).toContain('npm test');
});

test('the licence is there whole', () => {
  expect(text('LICENSE')).toContain(
    'GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007',
  );
  expect(text('LICENSE')).toContain('END OF TERMS AND CONDITIONS');
  expect(json('package.json').license).toBe('AGPL-3.0-or-later');
  expect(text('studies/LICENSE')).toContain('https://creativecommons.org/licenses/by/4.0/');
});
