import type { Geography, MacroRegion, Settlement, Unit, UnitName, Vintage } from '../vocabulary/index.ts';
import { checkPlaceNames, type PlaceSource } from './check-place-names.ts';
import type { LegalRegime, MciValue } from './law.ts';
import { codesOf, PLACES, UNIT_PREFIX } from './listed-codes.ts';
import { byId, type Findings, itemsOf, type Located, labelOf, placeOf, report } from './located.ts';
import { nearest } from './nearest.ts';
import type { GeographyInput } from './shape/geography-file.ts';
import type { LawInput } from './shape/law-file.ts';

const dated = (
  from: string | undefined,
  to: string | undefined,
): { readonly from?: string; readonly to?: string } => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
const list = <K extends keyof GeographyInput>(input: Located<GeographyInput>, key: K) =>
  itemsOf({
    value: (input.value[key] ?? []) as NonNullable<GeographyInput[K]>[number][],
    source: input.source,
    path: [...input.path, key],
  });

/** The places of all packages together: settlements lie in known units, vintages list known units, oldest first. */
export const buildGeography = (findings: Findings, inputs: readonly Located<GeographyInput>[]): Geography => {
  const units = byId(
    findings,
    'unit',
    inputs.flatMap((input) => list(input, 'units').map((u) => [u.value.id, u, placeOf(u, 'id')] as const)),
  );
  const known = (unit: string, item: Located<unknown>, ...path: (string | number)[]): void => {
    if (!units.has(unit))
      report(
        findings,
        'study_name_unknown',
        { kind: 'unit', name: unit, nearest: nearest(unit, units.keys()) },
        placeOf(item, ...path),
      );
  };
  for (const unit of units.values())
    if (unit.value.split_from !== undefined) known(unit.value.split_from, unit, 'split_from');
  const settlements = byId(
    findings,
    'settlement',
    inputs.flatMap((input) =>
      list(input, 'settlements').map((s) => [s.value.id, s, placeOf(s, 'id')] as const),
    ),
  );
  for (const settlement of settlements.values()) checkStays(findings, settlement, known);
  const vintages = inputs.flatMap((input) => list(input, 'vintages'));
  checkVintages(findings, vintages, known);
  const macroRegions = inputs.flatMap((input) => list(input, 'macro_regions'));
  for (const region of macroRegions)
    for (const [i, unit] of region.value.units.entries()) known(unit, region, 'units', i);
  const geography: Geography = {
    units: new Map([...units].map(([id, u]) => [id, unitOf(findings, u.value)])),
    settlements: new Map([...settlements].map(([id, s]) => [id, settlementOf(findings, s.value)])),
    vintages: vintages.map(
      ({ value: v }): Vintage => ({ id: v.id, units: v.units, ...dated(v.from, undefined) }),
    ),
    macroRegions: macroRegions.map(
      ({ value: m }): MacroRegion => ({
        id: m.id,
        units: m.units,
        label: labelOf(findings, m.label, `macro_region ${m.id}`),
      }),
    ),
  };
  checkPlaceNames(
    findings,
    codesOf({ geography, codeLists: new Map(), periods: [] }, PLACES) ?? [],
    new Map<string, PlaceSource>([
      ...settlements,
      ...[...units].map(([id, unit]) => [`${UNIT_PREFIX}${id}`, unit] as const),
    ]),
  );
  return geography;
};

type Known = (unit: string, item: Located<unknown>, ...path: (string | number)[]) => void;

/** A settlement lies in one unit at a time. */
const checkStays = (
  findings: Findings,
  settlement: Located<GeographyInput['settlements'][number]>,
  known: Known,
): void => {
  const { units } = settlement.value;
  for (const [i, stay] of units.entries()) {
    known(stay.unit, settlement, 'units', i, 'unit');
    const before = units[i - 1];
    if (before !== undefined && (before.to === undefined || stay.from === undefined || stay.from < before.to))
      report(
        findings,
        'study_dates_reversed',
        { from: before.to ?? '…', to: stay.from ?? '…' },
        placeOf(settlement, 'units', i),
      );
  }
};

const checkVintages = (
  findings: Findings,
  vintages: readonly Located<GeographyInput['vintages'][number]>[],
  known: Known,
): void => {
  for (const [i, vintage] of vintages.entries()) {
    const before = vintages[i - 1]?.value;
    const { from, units } = vintage.value;
    if (before !== undefined && (from === undefined || (before.from !== undefined && from <= before.from)))
      report(
        findings,
        'study_dates_reversed',
        { from: before.from ?? '…', to: from ?? '…' },
        placeOf(vintage),
      );
    for (const [j, unit] of units.entries()) known(unit, vintage, 'units', j);
  }
  byId(
    findings,
    'vintage',
    vintages.map((v) => [v.value.id, v, placeOf(v, 'id')] as const),
  );
};

const nameOf = (
  findings: Findings,
  { label, short, narrow }: Pick<GeographyInput['units'][number], 'label' | 'short' | 'narrow'>,
  of: string,
): UnitName => ({
  label: labelOf(findings, label, of),
  ...(short === undefined ? {} : { short: labelOf(findings, short, `${of}.short`) }),
  ...(narrow === undefined ? {} : { narrow: labelOf(findings, narrow, `${of}.narrow`) }),
});

const unitOf = (findings: Findings, u: GeographyInput['units'][number]): Unit => ({
  id: u.id,
  ...nameOf(findings, u, `unit ${u.id}`),
  iso: (u.iso ?? []).map(({ code, from, to }) => ({ code, ...dated(from, to) })),
  ...(u.kato === undefined ? {} : { kato: u.kato }),
  ...(u.valid_from === undefined ? {} : { validFrom: u.valid_from }),
  ...(u.valid_to === undefined ? {} : { validTo: u.valid_to }),
  ...(u.split_from === undefined ? {} : { splitFrom: u.split_from }),
  ...(u.names === undefined
    ? {}
    : {
        names: u.names.map((n) => ({
          ...nameOf(findings, n, `unit ${u.id}.names`),
          ...dated(n.from, n.to),
        })),
      }),
  ...(u.aliases === undefined ? {} : { aliases: u.aliases }),
});

const settlementOf = (findings: Findings, s: GeographyInput['settlements'][number]): Settlement => ({
  id: s.id,
  label: labelOf(findings, s.label, `settlement ${s.id}`),
  zone: s.zone,
  units: s.units.map(({ unit, from, to }) => ({ unit, ...dated(from, to) })),
  ...(s.kato === undefined ? {} : { kato: s.kato }),
  ...(s.aliases === undefined ? {} : { aliases: s.aliases }),
});

/** Legal regimes and MCI values of all packages, each in the order of its dates. */
export const buildLaw = (
  findings: Findings,
  inputs: readonly Located<LawInput>[],
): { readonly legalRegimes: readonly LegalRegime[]; readonly mci: readonly MciValue[] } => {
  const regimes = inputs.flatMap((input) =>
    itemsOf({ value: input.value.regimes ?? [], source: input.source, path: [...input.path, 'regimes'] }),
  );
  byId(
    findings,
    'regime',
    regimes.map((r) => [r.value.id, r, placeOf(r, 'id')] as const),
  );
  const legalRegimes = regimes.map(
    ({ value: r }): LegalRegime => ({
      id: r.id,
      label: labelOf(findings, r.label, `regime ${r.id}`),
      validFrom: r.valid_from,
      ...(r.valid_to === undefined ? {} : { validTo: r.valid_to }),
      ...(r.source === undefined ? {} : { source: r.source }),
    }),
  );
  const mci = inputs
    .flatMap((input) => input.value.mci ?? [])
    .map((m): MciValue => ({ ...dated(undefined, m.to), from: m.from, tenge: m.tenge, source: m.source }));
  const inOrder = <T>(items: readonly T[], day: (item: T) => string): readonly T[] =>
    items.toSorted((a, b) => (day(a) < day(b) ? -1 : 1));
  return { legalRegimes: inOrder(legalRegimes, (r) => r.validFrom), mci: inOrder(mci, (m) => m.from) };
};
