import { UNIT_PREFIX } from '../study/index.ts';
import { type Geography, unitOf, vintageOn } from '../vocabulary/index.ts';

/** A unit-only place from before a split cannot be moved to a child; it is kept apart, never apportioned (methodology 8.1). */
export const UNALLOCATED = ':unallocated';

/**
 * The first-level unit of a place: as of the event, or in a harmonised vintage (`vintage` is its id).
 * Undefined when the place is unknown or lay in no unit then.
 */
export const unitForPlace = (
  geography: Geography,
  place: string,
  isoDate: string,
  vintage: string,
): string | undefined => {
  const target =
    vintage === 'as_of_event'
      ? vintageOn(geography, isoDate)
      : geography.vintages.find((v) => v.id === vintage);
  if (target === undefined) return undefined;
  const at = vintage === 'as_of_event' ? isoDate : (target.from ?? '0001-01-01');
  if (!place.startsWith(UNIT_PREFIX)) return unitOf(geography, place, at)?.id;
  const unit = place.slice(UNIT_PREFIX.length);
  if (!geography.units.has(unit)) return undefined;
  const splitSince = [...geography.units.values()].some(
    (u) =>
      u.splitFrom === unit &&
      u.validFrom !== undefined &&
      isoDate < u.validFrom &&
      target.units.includes(u.id),
  );
  if (splitSince) return `${unit}${UNALLOCATED}`;
  if (target.units.includes(unit)) return unit;
  return geography.units.get(unit)?.splitFrom;
};
