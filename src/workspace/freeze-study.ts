import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSnapshot, type Hasher, type Snapshot } from '../snapshot/index.ts';
import type { Study } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { Workspace } from './workspace.ts';

export const sha256Hasher = (): Hasher => {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
};

/** Name and version of the program that counted, for manifests. */
export const engineVersion = (): string => {
  const { name, version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { name: string; version: string };
  return `${name}@${version}`;
};

/**
 * The records of a study frozen at the present end of the log. `periods` empty: all.
 * Throws ProblemError `period_unknown` for a period the study does not have.
 */
export const freezeStudy = async (
  workspace: Workspace,
  study: Study,
  periods: readonly string[] = [],
): Promise<Snapshot> => {
  const known = study.periods.map((p) => p.id);
  for (const period of periods)
    if (!known.includes(period))
      throw new ProblemError(problem('period_unknown', { study: study.id, period, known: known.join(', ') }));
  const head = await workspace.head();
  return buildSnapshot({
    study,
    org: workspace.config.org,
    states: workspace.states(study, head.size),
    periods,
    log: { size: head.size, root: head.root },
    engine: engineVersion(),
    synthetic: workspace.config.synthetic,
    hasher: sha256Hasher,
  });
};
