import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the browser app is built from; a change in any of it means a new build. */
const SOURCES = ['web', 'src/vocabulary', 'src/contract', 'package-lock.json'];

const filesOf = (path: string): readonly string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.name !== 'dist')
        .flatMap((entry) => filesOf(join(path, entry.name)));

const stampOf = (program: string): string => {
  const hash = createHash('sha256');
  for (const source of SOURCES.filter((s) => existsSync(join(program, s))))
    for (const file of filesOf(join(program, source)).toSorted())
      hash.update(file.slice(program.length)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
};

const DAY = 24 * 60 * 60 * 1000;

/** Builds of earlier sources go after a day: a site that still runs has its pages in one of them. */
const sweep = (builds: string, keep: string, now: number): void => {
  for (const name of existsSync(builds) ? readdirSync(builds) : [])
    if (name !== keep && now - statSync(join(builds, name)).mtimeMs > DAY)
      rmSync(join(builds, name), { recursive: true, force: true });
};

/** Pages are built for readers, whatever the program that builds them is run for: React asks the environment. */
const inProduction = async (work: () => Promise<void>): Promise<void> => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
};

/**
 * Builds the browser app (Vite) when its sources changed since the last build, and returns its folder, named after them.
 * `note` tells that a build is under way; it takes some seconds. Two programs may build at once: each in a folder of its
 * own, and the first to finish is kept.
 */
export const buildApp = async (program: string, note: () => void): Promise<string> => {
  const root = join(program, 'web');
  const builds = join(root, 'dist');
  const stamp = stampOf(program);
  const out = join(builds, stamp);
  if (existsSync(out)) return out;
  note();
  sweep(builds, stamp, Date.now());
  const draft = `${out}.${process.pid}`;
  await inProduction(async () => {
    const { build } = await import('vite');
    const configFile = join(root, 'vite.config.ts');
    await build({ root, configFile, logLevel: 'error', build: { outDir: draft, emptyOutDir: true } });
  });
  if (existsSync(out)) rmSync(draft, { recursive: true, force: true });
  else renameSync(draft, out);
  return out;
};
