import type { Instrument, Upgrade } from './instrument.ts';

/**
 * The values of a record filled with an earlier version of an instrument, as the present version names them: renamed fields
 * and recoded answers, step by step. A rename moves a group too (`presence` -> `bodies` moves `presence.police`). A path into
 * a repeat (`sanctions.kind`) reaches the values of its rows. Throws RangeError when a step is missing (`study check`
 * refuses such a study) or the record is newer than the study.
 */
export const upgradeValues = <V>(
  instrument: Pick<Instrument, 'id' | 'version' | 'upgrades'>,
  fromVersion: number,
  values: ReadonlyMap<string, V>,
): ReadonlyMap<string, V> => {
  if (fromVersion > instrument.version)
    throw new RangeError(`${instrument.id}: version ${fromVersion} is newer than ${instrument.version}`);
  let upgraded = values;
  for (let version = fromVersion; version < instrument.version; version += 1) {
    const step = instrument.upgrades.find((u) => u.from === version);
    if (step === undefined) throw new RangeError(`${instrument.id}: no upgrade from version ${version}`);
    upgraded = new Map(
      [...upgraded].map(([path, value]) => [renamed(step, path), valueAfter(step, path, value)] as const),
    );
  }
  return upgraded;
};

/** A path is renamed whole, or by the longest group it lies in. */
const renamed = (step: Upgrade, path: string): string => {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const to = step.rename.get(parts.slice(0, length).join('.'));
    if (to !== undefined) return [to, ...parts.slice(length)].join('.');
  }
  return path;
};

/** Rows of a repeat as an entry stores them. */
interface StoredRow {
  readonly row_id: string;
  readonly values: Readonly<Record<string, unknown>>;
}
const isRow = (value: unknown): value is StoredRow =>
  typeof value === 'object' && value !== null && 'row_id' in value;

const valueAfter = <V>(step: Upgrade, path: string, value: V): V =>
  (Array.isArray(value) && value.some(isRow)
    ? value.map((row) => rowAfter(step, path, row))
    : recoded(step, path, value)) as V;

const rowAfter = (step: Upgrade, path: string, row: StoredRow): StoredRow => {
  const prefix = `${renamed(step, path)}.`;
  const values = Object.entries(row.values).map(([name, value]) => {
    const inner = `${path}.${name}`;
    const moved = renamed(step, inner);
    return [
      moved.startsWith(prefix) ? moved.slice(prefix.length) : name,
      valueAfter(step, inner, value),
    ] as const;
  });
  return { ...row, values: Object.fromEntries(values) };
};

/** Codes are recoded under the field's name before the step; a gap or a number stays. */
const recoded = <V>(step: Upgrade, path: string, value: V): V => {
  const codes = step.recode.get(path);
  if (codes === undefined) return value;
  const one = (code: unknown): unknown => (typeof code === 'string' ? (codes.get(code) ?? code) : code);
  return (Array.isArray(value) ? [...new Set(value.map(one))] : one(value)) as V;
};
