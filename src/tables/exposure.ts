import { type Snapshot, unitForPlace } from '../snapshot/index.ts';
import type { Study, TableDefinition } from '../study/index.ts';
import { add, type Fraction, fraction } from '../vocabulary/index.ts';
import { TOTAL } from './cell.ts';

/** Weeks of a year over months of a year: 52.1775 weeks are 12 months (architecture, "A study is data"). */
const MONTHS_PER_WEEK = fraction(12 * 10_000, 521_775);

const times = (f: Fraction, n: number): Fraction => fraction(f.num * BigInt(n), f.den);

/** The first-level unit in which all places of a group lay at the end of a period; undefined when there is not one. */
const unitOfGroup = (
  study: Study,
  definition: TableDefinition,
  by: string,
  code: string,
  period: string,
): string | undefined => {
  if (by === 'unit' || by === 'unit_id') return code;
  const regroup = definition.dimensions.find((d) => d.by === by)?.regroup;
  const group =
    regroup === undefined ? undefined : study.regroupings.get(regroup)?.groups.find((g) => g.code === code);
  const day = study.periods.find((p) => p.id === period)?.end ?? '9999-12-31';
  const units = new Set(
    (group?.of ?? [code]).map((place) => unitForPlace(study.geography, place, day, study.vintage)),
  );
  return units.size === 1 ? [...units][0] : undefined;
};

/** The dimension that says where: the unit, or the place field of the instrument that is counted. */
export const placeDimension = (study: Study, definition: TableDefinition): string | undefined => {
  const instrument = [...study.instruments.values()].find(
    (i) => definition.of === i.id || definition.of.startsWith(`${i.id}.`),
  );
  return definition.dimensions
    .map((d) => d.by)
    .find((by) => by === 'unit' || by === 'unit_id' || by === instrument?.placeField);
};

/**
 * Months of exposure of a cell: of its periods together, and of its unit where nil reports say how many weeks it was
 * watched. Undefined when one of the periods has no months: a rate is then `no_exposure`. `codeOf` gives the code of a
 * dimension at the cell, `_total` for a total.
 */
export const monthsOf = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  periods: readonly string[],
  codeOf: (by: string) => string | undefined,
): Fraction | undefined => {
  const by = placeDimension(study, definition);
  const code = by === undefined ? undefined : codeOf(by);
  const months = periods.map((period) => {
    const unit =
      by === undefined || code === undefined || code === TOTAL
        ? undefined
        : unitOfGroup(study, definition, by, code, period);
    const observed = snapshot.manifest.exposure.find((e) => e.period === period && e.unit === unit);
    if (observed !== undefined) return times(MONTHS_PER_WEEK, observed.weeks);
    return study.periods.find((p) => p.id === period)?.exposure?.months;
  });
  return months.reduce<Fraction | undefined>(
    (sum, m) => (sum === undefined || m === undefined ? undefined : add(sum, m)),
    fraction(0),
  );
};
