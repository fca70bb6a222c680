import { TIME_DIMENSIONS } from '../study/index.ts';
import { add, compare, type Fraction, fraction, isMissing, subtract } from '../vocabulary/index.ts';
import { type Table, type TableMeasure, TOTAL } from './cell.ts';
import type { DimensionPlan } from './dimension-plan.ts';
import type { Place } from './settle.ts';

/** Does time run along this dimension? */
export const isTime = (by: string): boolean => (TIME_DIMENSIONS as readonly string[]).includes(by);

/** The places that add up to one over time: itself, or, where a time dimension stands at its total, one for each group. */
export const placesOverTime = (dimensions: readonly DimensionPlan[], place: Place): readonly Place[] =>
  dimensions.reduce<readonly Place[]>(
    (places, { by, groups }, d) =>
      isTime(by) && place[d] === groups.length
        ? places.flatMap((one) => groups.map((_, group) => one.with(d, group)))
        : places,
    [place],
  );

const ZERO = fraction(0);

/** The measures whose total over time is less than its periods add up to: what occurs in several of them is one there. */
export const countedOnce = ({ dimensions, measures, cells }: Table): readonly TableMeasure[] => {
  const time = dimensions.find((d) => isTime(d.by) && d.codes.some((c) => c.code === TOTAL));
  if (time === undefined) return [];
  const exceeds = ({ id }: TableMeasure): boolean => {
    const beyond = new Map<string, Fraction>();
    for (const { at, measure, value } of cells) {
      if (measure !== id || isMissing(value)) continue;
      const place = dimensions.map((d) => (d === time ? '' : (at[d.by] ?? ''))).join('/');
      const put = at[time.by] === TOTAL ? subtract : add;
      beyond.set(place, put(beyond.get(place) ?? ZERO, value));
    }
    return [...beyond.values()].some((rest) => compare(rest, ZERO) > 0);
  };
  return measures.filter((m) => m.overPeriods === 'distinct' && exceeds(m));
};
