import { type GeoProjection, geoBounds, geoConicEqualArea, geoPath } from 'd3-geo';
import type { Area, Boundaries } from './boundaries.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { boxOf, type Outline, thinned } from './label-place.ts';
import { heading } from './legend.ts';
import { drawLabel, drawMark, type Placed } from './map-labels.ts';
import {
  elsewhereNotes,
  fillOf,
  type MapValues,
  mapItems,
  mapLegend,
  mapValues,
  polarityNote,
  unitName,
} from './map-values.ts';
import { WHITE } from './palette.ts';
import { amount, type Pen } from './pen.ts';
import { element } from './svg.ts';
import { drawTiles } from './tiles.ts';
import { altText, extremesText, gapsText, measureText } from './words.ts';

const BORDER = '#5b6b7a';
/** An area that is smaller on the page than this gets a mark instead of a filling nobody would see. */
const SMALLEST = 16;

const multi = (areas: readonly Area[]) => ({ type: 'MultiPolygon' as const, coordinates: areas.flat() });

/** Equal areas, with the standard parallels a sixth inside the south and north ends: right for wide countries in the middle latitudes. */
const projectionFor = (all: readonly Area[], width: number): GeoProjection => {
  const [[west, south], [east, north]] = geoBounds(multi(all));
  const sixth = (north - south) / 6;
  return geoConicEqualArea()
    .parallels([south + sixth, north - sixth])
    .rotate([-(west + east) / 2, 0])
    .fitWidth(width, multi(all));
};

/** The largest ring of an area on the page, as fine as a place for its label asks for. */
const outlineOf = (area: Area, projection: GeoProjection): Outline => {
  const rings: Outline[] = area.map(([outer = []]) =>
    outer.map(([lon = 0, lat = 0]) => projection([lon, lat]) ?? [0, 0]),
  );
  const size = (ring: Outline) => boxOf(ring).width * boxOf(ring).height;
  return thinned(rings.toSorted((a, b) => size(b) - size(a))[0] ?? []);
};

const placed = (
  values: MapValues,
  boundaries: Boundaries,
  projection: GeoProjection,
  name: (unit: string) => string,
  pen: Pen,
): Placed[] =>
  values.units.map((unit) => {
    const cell = values.cells.get(unit);
    const text = cell === undefined || amount(cell) === undefined ? '–' : pen.value(cell);
    const area = boundaries.areas.get(unit);
    const lonLat = boundaries.points.get(unit);
    if (area === undefined) {
      const point = projection(lonLat === undefined ? [0, 0] : [lonLat[0], lonLat[1]]) ?? [0, 0];
      return { unit, name: name(unit), text, point, outline: [] };
    }
    const outline = outlineOf(area, projection);
    const box = boxOf(outline);
    const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
    return {
      unit,
      name: name(unit),
      text,
      outline,
      ...(Math.min(box.width, box.height) < SMALLEST ? { point: middle } : {}),
    };
  });

const draw = (request: FigureRequest, pen: Pen, values: MapValues, boundaries: Boundaries): Drawing => {
  const shown = measureText(pen, request, values.column === undefined ? [] : [values.column]);
  const head = heading(pen, `${shown}. ${polarityNote(pen)}`, mapLegend(values, pen));
  const all = [...boundaries.areas.values(), ...boundaries.blank];
  const margin = pen.narrow ? 2 : 8;
  const projection = projectionFor(all, pen.width - 2 * margin);
  const [, [, bottom]] = geoPath(projection).bounds(multi(all));
  const [tx, ty] = projection.translate();
  projection.translate([tx + margin, ty + head.height + 8]);
  const path = geoPath(projection).digits(1);
  const shape = (area: Area, fill: string, dashed: boolean): string =>
    element('path', {
      d: path(multi([area])) ?? '',
      fill,
      stroke: BORDER,
      'stroke-width': 0.6,
      'stroke-linejoin': 'round',
      'stroke-dasharray': dashed ? '3 2' : undefined,
    });
  const blank = boundaries.blank.map((area) => shape(area, WHITE, true)).join('');
  const inVintage = values.units.flatMap((unit) =>
    boundaries.areas.has(unit) ? [[unit, boundaries.areas.get(unit) as Area] as const] : [],
  );
  const shapes = inVintage
    .map(([unit, area]) => shape(area, pen.fill(fillOf(values, pen, unit)), false))
    .join('');
  const units = placed(values, boundaries, projection, (unit) => unitName(request, pen, unit), pen);
  const marks = units.filter(({ point }) => point !== undefined).map((unit) => drawMark(pen, values, unit));
  // Labels keep off what lies inside a unit without belonging to it (Baikonur inside Kyzylorda).
  const holes = inVintage.flatMap(([, area]) => area.flatMap((rings) => rings.slice(1)));
  const foreign = [...boundaries.blank.flat().map(([outer = []]) => outer), ...holes];
  const taken = [
    ...marks.flatMap(({ boxes }) => boxes),
    ...foreign.map((ring) => boxOf(outlineOf([[ring]], projection))),
  ];
  const labels = units
    .filter(({ point }) => point === undefined)
    .map((unit) => drawLabel(pen, values, unit, taken))
    .join('');
  const alt = altText(pen, 'map', shown, [
    extremesText(pen, mapItems(values, pen)),
    gapsText(pen, values.grid),
  ]);
  const points = values.units
    .filter((unit) => !boundaries.areas.has(unit))
    .map((unit) => unitName(request, pen, unit));
  const notes = [
    pen.say('note.map', { n: values.units.length, source: boundaries.source }),
    ...(points.length === 0 ? [] : [pen.say('note.points', { names: points.join(', ') })]),
    ...elsewhereNotes(values, pen),
  ];
  const body = head.svg + blank + shapes + labels + marks.map(({ svg }) => svg).join('');
  return pen.finish(Math.ceil(head.height + 8 + bottom + 6), pen.title, alt, body, notes);
};

/**
 * The units of a division in their boundaries. Boundaries that lack a unit, or hold one that the division does not have,
 * are of another division: then the units are drawn as tiles, and a note says so.
 */
export const drawBoundaryMap = (request: FigureRequest, pen: Pen): Drawing => {
  const values = mapValues(request, pen);
  if ('code' in values) return values;
  const { boundaries } = request;
  if (boundaries === undefined) return drawTiles(request, pen, [pen.say('note.no_boundaries')]);
  const has = (unit: string) => boundaries.areas.has(unit) || boundaries.points.has(unit);
  const fits =
    values.units.every(has) && [...boundaries.areas.keys()].every((unit) => values.units.includes(unit));
  return fits
    ? draw(request, pen, values, boundaries)
    : drawTiles(request, pen, [pen.say('note.no_boundaries')]);
};
