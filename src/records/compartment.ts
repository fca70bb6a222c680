import { compartmentOf } from '../sealing/index.ts';
import { type Instrument, type Study, UNIT_PREFIX } from '../study/index.ts';
import { dayText, type Geography, parsePartialDate, unitOf } from '../vocabulary/index.ts';
import type { EntryValue } from './entry.ts';

/**
 * The compartment whose team may open a record's sealed fields: `study/region`, where the region is the first-level unit,
 * on the record's date, of its first place that the server may read; `study/_all` where that place, its unit or the date is
 * not known. A date of a month or a year counts by its first day. `valueOf` gives the record's plain values by path.
 */
export const recordCompartment = (
  study: Pick<Study, 'id' | 'geography'>,
  instrument: Pick<Instrument, 'fields' | 'dateField'>,
  valueOf: (path: string) => EntryValue | undefined,
): string => {
  const place = instrument.fields.find((f) => f.type === 'place' && f.sensitivity === 'statistical');
  const where = place === undefined ? undefined : valueOf(place.path);
  const day = isoDay(instrument.dateField === undefined ? undefined : valueOf(instrument.dateField));
  const region =
    typeof where === 'string' && day !== undefined ? regionOn(study.geography, where, day) : undefined;
  return compartmentOf(study.id, region);
};

const isoDay = (date: EntryValue | undefined): string | undefined => {
  const parsed = typeof date === 'string' ? parsePartialDate(date) : undefined;
  return parsed === undefined ? undefined : dayText(parsed.firstDay);
};

/** A unit that was split off later did not exist on an earlier day: then it is the one it was split from. */
const regionOn = (geography: Geography, place: string, day: string): string | undefined => {
  if (!place.startsWith(UNIT_PREFIX)) return unitOf(geography, place, day)?.id;
  let unit = geography.units.get(place.slice(UNIT_PREFIX.length));
  while (unit?.splitFrom !== undefined && unit.validFrom !== undefined && day < unit.validFrom)
    unit = geography.units.get(unit.splitFrom);
  return unit?.id;
};
