import { type Problem, problem } from '../vocabulary/index.ts';

/** How the features of a file become units of a division. */
export interface BoundaryMapping {
  /** Feature id -> unit id; several features may make one unit. `null`: drawn, but no unit. Every feature is named. */
  readonly units: Readonly<Record<string, string | null>>;
  /** Property that holds the id, when the features themselves have none. */
  readonly property?: string;
  /** Object of a TopoJSON file; default: its only one. */
  readonly object?: string;
  /** Units without an area of their own, as [longitude, latitude]: a city inside the area of its former region. */
  readonly points?: Readonly<Record<string, readonly [number, number]>>;
  /** Printed under the map. */
  readonly source: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPoint = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((v) => typeof v === 'number' && Number.isFinite(v)) &&
  Math.abs(value[0] as number) <= 180 &&
  Math.abs(value[1] as number) <= 90;

const isText = (value: unknown): boolean => typeof value === 'string';
const optional = (rule: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || rule(value);

const RULES: Readonly<Record<keyof BoundaryMapping, (value: unknown) => boolean>> = {
  units: (value) => isRecord(value) && Object.values(value).every((unit) => unit === null || isText(unit)),
  property: optional(isText),
  object: optional(isText),
  points: optional((value) => isRecord(value) && Object.values(value).every(isPoint)),
  source: isText,
};

/** A mapping as an organisation wrote it (parsed JSON or YAML), or the part of it that has the wrong shape. */
export const readMapping = (written: unknown): BoundaryMapping | Problem => {
  const mapping = isRecord(written) ? written : {};
  const wrong =
    Object.entries(RULES).find(([key, rule]) => !rule(mapping[key]))?.[0] ??
    Object.keys(mapping).find((key) => !Object.hasOwn(RULES, key));
  return wrong === undefined
    ? (mapping as unknown as BoundaryMapping)
    : problem('boundaries_mapping_shape', { part: wrong });
};
