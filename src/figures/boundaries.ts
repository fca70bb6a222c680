import { geoArea } from 'd3-geo';
import { feature, merge } from 'topojson-client';
import { type Problem, ProblemError, problem, readJson } from '../vocabulary/index.ts';
import { type BoundaryMapping, readMapping } from './boundary-mapping.ts';

/** Polygons of a unit, each a list of rings, each a list of [longitude, latitude] (GeoJSON MultiPolygon coordinates). */
export type Area = number[][][][];

export interface Boundaries {
  readonly areas: ReadonlyMap<string, Area>;
  readonly points: ReadonlyMap<string, readonly [number, number]>;
  readonly blank: readonly Area[];
  readonly source: string;
}

/** A map of units, not of streets: what is larger was not simplified for print. */
const LIMITS = {
  characters: 20_000_000,
  depth: 32,
  tokens: 520_000,
  features: 1000,
  positions: 500_000,
} as const;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

interface Feature {
  readonly id: string;
  /** Geometry as GeoJSON; for TopoJSON the source geometry stays beside it, so that units dissolve without a seam. */
  readonly geometry: Json;
  readonly arcs?: Json;
}

class Refused extends Error {
  readonly problem: Problem;
  constructor(found: Problem) {
    super(found.code);
    this.problem = found;
  }
}
const refuse = (...args: Parameters<typeof problem>): never => {
  throw new Refused(problem(...args));
};

const parsed = (json: unknown): Json => {
  if (typeof json === 'string' && json.length > LIMITS.characters)
    return refuse('boundaries_too_large', {
      what: 'characters',
      found: json.length,
      most: LIMITS.characters,
    });
  try {
    const value: unknown = typeof json === 'string' ? readJson(json, LIMITS) : json;
    if (isObject(value)) return value;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // Not JSON: said below.
  }
  return refuse('boundaries_not_geojson', {
    found: typeof json === 'string' ? json.slice(0, 20) : typeof json,
  });
};

const featureId = (source: Json, { property }: BoundaryMapping): string => {
  const properties = isObject(source['properties']) ? source['properties'] : {};
  const id = property === undefined ? source['id'] : properties[property];
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  return refuse('boundaries_feature_without_id', { property: property ?? 'id' });
};

const topologyFeatures = (topology: Json, mapping: BoundaryMapping): readonly Feature[] => {
  const objects = isObject(topology['objects']) ? topology['objects'] : {};
  const names = Object.keys(objects);
  const name = mapping.object ?? (names.length === 1 ? names[0] : undefined);
  const object = name === undefined ? undefined : objects[name];
  if (!isObject(object))
    return refuse('boundaries_object_unknown', { object: mapping.object ?? '', known: names.join(', ') });
  const positions = list(topology['arcs']).reduce<number>((sum, arc) => sum + list(arc).length, 0);
  if (positions > LIMITS.positions)
    return refuse('boundaries_too_large', { what: 'positions', found: positions, most: LIMITS.positions });
  const sources = object['type'] === 'GeometryCollection' ? list(object['geometries']) : [object];
  return sources.filter(isObject).map((source) => {
    const made = feature(topology as never, source as never) as unknown as Json;
    return { id: featureId(source, mapping), geometry: made['geometry'] as Json, arcs: source };
  });
};

const collectionFeatures = (collection: Json, mapping: BoundaryMapping): readonly Feature[] =>
  list(collection['features'])
    .filter(isObject)
    .map((f) => ({
      id: featureId(f, mapping),
      geometry: isObject(f['geometry']) ? f['geometry'] : {},
    }));

const position = (value: unknown): number[] => {
  const [lon, lat] = list(value);
  if (typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90)
    return [lon, lat];
  return refuse('boundaries_coordinates', { found: JSON.stringify(value ?? null).slice(0, 40) });
};

/** Twice the signed area in degrees; positive: counter-clockwise as seen on a map with north up. */
const turning = (ring: readonly number[][]): number =>
  ring.reduce((sum, [x = 0, y = 0], i) => {
    const [nx = 0, ny = 0] = ring[(i + 1) % ring.length] ?? [];
    return sum + (nx - x) * (ny + y);
  }, 0) * -1;

/**
 * Every ring is wound again, whatever the file says: the first of a polygon clockwise, holes the other way. That is what
 * spherical geometry (d3-geo) needs; a ring wound wrongly would be "the rest of the Earth".
 */
const polygon = (rings: unknown): number[][][] =>
  list(rings).map((source, i) => {
    const ring = list(source).map(position);
    if (ring.length < 4) return refuse('boundaries_coordinates', { found: `${ring.length}` });
    const clockwise = turning(ring) < 0;
    return clockwise === (i === 0) ? ring : ring.toReversed();
  });

const areaOf = (geometry: Json, id: string): Area => {
  if (geometry['type'] === 'Polygon') return [polygon(geometry['coordinates'])];
  if (geometry['type'] === 'MultiPolygon') return list(geometry['coordinates']).map(polygon);
  return refuse('boundaries_not_area', { feature: id, type: String(geometry['type'] ?? '') });
};

const EARTH_KM = 6371;
const squareKilometres = (ring: number[][]): number => {
  const outer = turning(ring) < 0 ? ring : ring.toReversed();
  return geoArea({ type: 'Polygon', coordinates: [outer] }) * EARTH_KM ** 2;
};

/** Dissolving borders leaves slivers where two lines were not quite the same: holes below one square kilometre go. */
const withoutSlivers = (area: Area): Area =>
  area.map((rings) => rings.filter((ring, i) => i === 0 || squareKilometres(ring) >= 1));

const unite = (topology: Json, features: readonly Feature[], unit: string): Area => {
  const arcs = features.map((f) => f.arcs).filter((a) => a !== undefined);
  if (features.length === 1 || arcs.length < features.length)
    return features.flatMap((f) => areaOf(f.geometry, f.id));
  const merged = merge(topology as never, arcs as never) as unknown as Json;
  return withoutSlivers(areaOf(merged, unit));
};

const check = (
  features: readonly Feature[],
  { units, points = {} }: BoundaryMapping,
  known: ReadonlySet<string>,
): Problem[] => {
  const ids = new Set(features.map((f) => f.id));
  const named = [...Object.values(units).filter((u) => u !== null), ...Object.keys(points)];
  return [
    ...[...ids]
      .filter((id) => !Object.hasOwn(units, id))
      .map((id) => problem('boundaries_feature_unmapped', { feature: id })),
    ...Object.keys(units)
      .filter((id) => !ids.has(id))
      .map((id) => problem('boundaries_feature_unknown', { feature: id })),
    ...[...new Set(named)]
      .filter((unit) => !known.has(unit))
      .map((unit) => problem('boundaries_unit_unknown', { unit })),
  ];
};

const build = (
  json: unknown,
  written: unknown,
  known: ReadonlySet<string>,
): Boundaries | readonly Problem[] => {
  const mapping = readMapping(written);
  if ('code' in mapping) return [mapping];
  const root = parsed(json);
  const isTopology = root['type'] === 'Topology';
  if (!isTopology && root['type'] !== 'FeatureCollection')
    return refuse('boundaries_not_geojson', { found: String(root['type'] ?? '') });
  const features = isTopology ? topologyFeatures(root, mapping) : collectionFeatures(root, mapping);
  if (features.length === 0 || features.length > LIMITS.features)
    return refuse('boundaries_too_large', {
      what: 'features',
      found: features.length,
      most: LIMITS.features,
    });
  const problems = check(features, mapping, known);
  if (problems.length > 0) return problems;
  const byUnit = Map.groupBy(features, (f) => mapping.units[f.id] ?? null);
  const areas = new Map<string, Area>();
  for (const [unit, of] of byUnit) if (unit !== null) areas.set(unit, unite(root, of, unit));
  const blank = (byUnit.get(null) ?? []).map((f) => areaOf(f.geometry, f.id));
  const positions = [...areas.values(), ...blank].flat(2).reduce((sum, ring) => sum + ring.length, 0);
  if (positions > LIMITS.positions)
    return refuse('boundaries_too_large', { what: 'positions', found: positions, most: LIMITS.positions });
  return { areas, blank, points: new Map(Object.entries(mapping.points ?? {})), source: mapping.source };
};

/**
 * Reads boundaries that an organisation supplies: GeoJSON (FeatureCollection) or TopoJSON, as text or parsed, in degrees.
 * `mapping` is a BoundaryMapping, its shape checked here; `known` are the units of the study's geography. Returns everything that is wrong, never a map with something left out.
 */
export const readBoundaries = (
  json: unknown,
  mapping: unknown,
  known: ReadonlySet<string>,
): Boundaries | readonly Problem[] => {
  try {
    return build(json, mapping, known);
  } catch (error) {
    if (error instanceof Refused) return [error.problem];
    if (error instanceof ProblemError) return error.problems;
    // topojson-client throws plain errors on arcs that are not there.
    if (error instanceof TypeError || error instanceof RangeError)
      return [problem('boundaries_not_geojson', { found: 'Topology' })];
    throw error;
  }
};
