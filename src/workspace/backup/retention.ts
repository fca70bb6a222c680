import { nameOfBackup, type Series, timeOfSet } from './backup-file.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * How long wraps may be kept (security plan, 3.8): after an erasure no backup that is older can open what was erased, since
 * its keys are gone with it.
 */
export const VAULT_DAYS = 30;

/** In which span a backup is the only one that is kept: all of two days, then one a day, after a quarter one a month. */
const spanOf = (series: Series, age: number, at: number): string => {
  if (age <= 2 * DAY) return `${at}`;
  const date = new Date(at).toISOString();
  return age <= 90 * DAY || series === 'vault' ? date.slice(0, 10) : date.slice(0, 7);
};

/** The files of a backup folder that are to go. The newest of each series always stays. */
export const outlived = (names: readonly string[], now: number): readonly string[] => {
  const backups = names
    .flatMap((name) => {
      const named = nameOfBackup(name);
      return named === undefined || name.endsWith('.new')
        ? []
        : [{ name, ...named, at: timeOfSet(named.set) }];
    })
    .sort((a, b) => b.at - a.at);
  const kept = new Map<string, string>();
  const newest = new Map<Series, string>();
  return backups
    .filter(({ name, series, at }) => {
      if (!newest.has(series)) {
        newest.set(series, name);
        return false;
      }
      const age = now - at;
      if (series === 'vault' && age > VAULT_DAYS * DAY) return true;
      const span = `${series} ${spanOf(series, age, at)}`;
      if (kept.has(span)) return true;
      kept.set(span, name);
      return false;
    })
    .map(({ name }) => name);
};
