import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the browser app is built from; a change in any of it means a new build. */
const SOURCES = ['web', 'src', 'package-lock.json'];

const filesOf = (program: string, part: string): readonly string[] => {
  const path = join(program, part);
  if (!existsSync(path)) return [];
  if (!/^(web|src)$/.test(part)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && !e.parentPath.includes(`${join(path, 'dist')}`))
    .map((e) => join(e.parentPath, e.name));
};

const stampOf = (program: string): string => {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((part) => filesOf(program, part)).sort())
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
};

/**
 * Builds the browser app (Vite) when its sources changed since the last build, and returns its folder. `note` tells that a
 * build is under way; it takes some seconds.
 */
export const buildApp = async (program: string, note: () => void): Promise<string> => {
  const root = join(program, 'web');
  const out = join(root, 'dist');
  const stampFile = join(out, '.stamp');
  const stamp = stampOf(program);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return out;
  note();
  const { build } = await import('vite');
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: out, emptyOutDir: true },
  });
  writeFileSync(stampFile, stamp);
  return out;
};
