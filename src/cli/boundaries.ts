import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Boundaries, readBoundaries } from '../figures/index.ts';
import type { Study } from '../study/index.ts';
import { ProblemError, problem, readJson, type Vintage } from '../vocabulary/index.ts';

const MAPPING = '.mapping.json';

/** Parsed JSON; what is not JSON has no part that a mapping needs, which is then said. */
const parsed = (path: string): unknown => {
  try {
    return readJson(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    return undefined;
  }
};

const read = (folder: string, name: string, known: ReadonlySet<string>): Boundaries => {
  const file = ['.topo.json', '.geo.json']
    .map((end) => join(folder, `${name}${end}`))
    .find((path) => existsSync(path));
  if (file === undefined)
    throw new ProblemError(problem('study_file_missing', { file: join(folder, `${name}.topo.json`) }));
  const found = readBoundaries(readFileSync(file, 'utf8'), parsed(join(folder, `${name}${MAPPING}`)), known);
  if ('areas' in found) return found;
  throw new ProblemError(found.map((p) => ({ ...p, at: { file } })));
};

/**
 * Boundaries of a division: of the `boundaries/` folders of a study and its bases the first that has every unit, the
 * study's own before its bases'. A file is `NAME.topo.json` or `NAME.geo.json` with `NAME.mapping.json` beside it.
 * Throws ProblemError when one cannot be read.
 */
export const boundariesOf = (
  folders: readonly string[],
  study: Study,
  vintage: Vintage,
): Boundaries | undefined => {
  const known = new Set(study.geography.units.keys());
  for (const id of [study.id, ...study.uses.map((base) => base.id)])
    for (const folder of folders.toReversed().map((root) => join(root, id, 'boundaries'))) {
      if (!existsSync(folder)) continue;
      for (const file of readdirSync(folder)
        .filter((name) => name.endsWith(MAPPING))
        .toSorted()) {
        const boundaries = read(folder, file.slice(0, -MAPPING.length), known);
        if (vintage.units.every((unit) => boundaries.areas.has(unit) || boundaries.points.has(unit)))
          return boundaries;
      }
    }
  return undefined;
};
