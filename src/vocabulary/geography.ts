import type { Label } from './language.ts';

/** What a unit is called: in full, on a map, and on a map on a phone. */
export interface UnitName {
  readonly label: Label;
  readonly short?: Label;
  readonly narrow?: Label;
}

/**
 * Places and their vintages (methodology 8.1). Records store a settlement (or a first-level unit when nothing finer is
 * known); the region is computed for a vintage, so that a split or a renaming never rewrites a record.
 * Settlements and units are two namespaces: `almaty` is a city among settlements and a unit among units.
 */
export interface Unit extends UnitName {
  readonly id: string;
  readonly kato?: string;
  /** ISO 3166-2 codes with the time they were valid. */
  readonly iso: readonly { readonly code: string; readonly from?: string; readonly to?: string }[];
  readonly validFrom?: string;
  readonly validTo?: string;
  /** The unit this one was split from; `parent (unallocated)` rules use it. */
  readonly splitFrom?: string;
  /** Names of other times, e.g. before a renaming. */
  readonly names?: readonly (UnitName & { readonly from?: string; readonly to?: string })[];
  /** Other spellings in tables that come in; each names this place alone. */
  readonly aliases?: readonly string[];
}

/** A settlement with the unit it lay in, over time. */
export interface Settlement {
  readonly id: string;
  readonly label: Label;
  readonly kato?: string;
  readonly units: readonly { readonly unit: string; readonly from?: string; readonly to?: string }[];
  readonly zone: string;
  /** Other names and spellings in tables that come in; each names this place alone. */
  readonly aliases?: readonly string[];
}

/** A division in force from a day on: the units that existed then. */
export interface Vintage {
  readonly id: string;
  readonly from?: string;
  readonly units: readonly string[];
}

export interface Geography {
  readonly units: ReadonlyMap<string, Unit>;
  readonly settlements: ReadonlyMap<string, Settlement>;
  /** Oldest first. */
  readonly vintages: readonly Vintage[];
  /** Groups of units for maps and breakdowns (report A has five); units of every vintage may be listed. */
  readonly macroRegions: readonly MacroRegion[];
}

export interface MacroRegion {
  readonly id: string;
  readonly label: Label;
  readonly units: readonly string[];
}

const inForce = (at: string, from: string | undefined, to: string | undefined): boolean =>
  (from === undefined || from <= at) && (to === undefined || at < to);

/** The vintage in force on an ISO date. */
export const vintageOn = (geography: Geography, isoDate: string): Vintage | undefined =>
  geography.vintages.findLast((v) => v.from === undefined || v.from <= isoDate);

/** What a unit was called on an ISO date; without one, today. */
export const unitNameOn = (unit: Unit, isoDate: string | undefined): UnitName =>
  unit.names?.find(({ from, to }) => isoDate !== undefined && inForce(isoDate, from, to)) ?? unit;

/** The unit a settlement lay in on an ISO date. For a harmonised vintage pass the vintage's own first day. */
export const unitOf = (geography: Geography, settlement: string, isoDate: string): Unit | undefined => {
  const stay = geography.settlements.get(settlement)?.units.find((u) => inForce(isoDate, u.from, u.to));
  return stay === undefined ? undefined : geography.units.get(stay.unit);
};
