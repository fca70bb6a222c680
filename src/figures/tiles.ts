import { problem } from '../vocabulary/index.ts';
import type { Drawing, FigureRequest } from './figure.ts';
import { tilePlan } from './kazakhstan-tiles.ts';
import type { Box } from './label-place.ts';
import { heading, patch } from './legend.ts';
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
import { ABSENT, INK, MUTED, quietGround, textOn, WITHHELD } from './palette.ts';
import { amount, type Pen } from './pen.ts';
import { element, LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, extremesText, gapsText, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';

const GAP = 4;

interface Sizes {
  readonly name: number;
  readonly value: number;
  readonly gap: number;
}

/** The largest size between two at which every line fits; the least where none does. */
const fitting = (
  pen: Pen,
  lines: readonly string[],
  room: number,
  most: number,
  least: number,
  weight?: 700,
): number => {
  for (let size = most; size > least; size -= 0.5)
    if (widest(pen.width1, lines, size, weight) <= room) return size;
  return least;
};

const drawTile = (
  pen: Pen,
  values: MapValues,
  unit: string,
  name: string,
  box: Box,
  sizes: Sizes,
): string => {
  const fill = fillOf(values, pen, unit);
  const cell = values.cells.get(unit);
  const colour = fill === WITHHELD || fill === ABSENT ? INK : textOn(fill.ground);
  const middle = box.x + box.width / 2;
  const lines = wrapText(pen.width1, name, { width: box.width - 2, size: sizes.name, lines: 2 });
  const nameHeight = lines.length * LEADING * sizes.name;
  const inside = nameHeight + sizes.value * 1.15;
  const top = box.y + (box.height - inside) / 2;
  // Words on a hatch are read on a quiet ground.
  const ground = quietGround(fill);
  const quiet = { x: box.x + 4, y: top - 1, width: box.width - 8, height: inside + 2, fill: ground };
  const gap = cell === undefined || fill === WITHHELD || pen.narrow ? '–' : pen.value(cell);
  const under = top + nameHeight + sizes.value * 0.55;
  const shown =
    cell === undefined || amount(cell) === undefined
      ? textBlock(
          middle,
          under,
          wrapText(pen.width1, gap, { width: box.width - 6, size: sizes.gap, lines: 2 }),
          {
            size: sizes.gap,
            fill: MUTED,
            anchor: 'middle',
          },
        )
      : textAt(middle, under + sizes.value * MIDDLE, pen.value(cell), {
          size: sizes.value,
          weight: 700,
          fill: colour,
          anchor: 'middle',
        });
  const label = textBlock(middle, top + nameHeight / 2, lines, {
    size: sizes.name,
    fill: colour,
    anchor: 'middle',
  });
  return patch(pen, fill, box) + (ground === undefined ? '' : element('rect', quiet)) + label + shown;
};

/** Every unit a tile of the same size, so that a small city counts as much as a wide steppe. */
export const drawTiles = (request: FigureRequest, pen: Pen, because: readonly string[] = []): Drawing => {
  const values = mapValues(request, pen);
  if ('code' in values) return values;
  const plan = tilePlan(values.units);
  if (plan === undefined)
    return problem('figure_plan_missing', { units: values.units.length, table: request.table.id });
  const shown = measureText(pen, request, values.column === undefined ? [] : [values.column]);
  const head = heading(pen, `${shown}. ${polarityNote(pen)}`, mapLegend(values, pen));
  const gap = pen.narrow ? 3 : GAP;
  const side = Math.min((pen.width - gap * (plan.columns - 1)) / plan.columns, 104);
  const tall = Math.max(side * 0.68, pen.narrow ? 46 : 58);
  const names = new Map(values.units.map((unit) => [unit, unitName(request, pen, unit)]));
  const shownValues = [...values.cells.values()]
    .filter((c) => amount(c) !== undefined)
    .map((c) => pen.value(c));
  const sizes: Sizes = {
    name: fitting(
      pen,
      [...names.values()].flatMap((n) => n.split(' ')),
      side - 3,
      12,
      8,
    ),
    value: fitting(pen, shownValues, side - 4, pen.narrow ? 14 : 18, 9, 700),
    gap: pen.narrow ? 9 : 11,
  };
  const left = (pen.width - (side + gap) * plan.columns + gap) / 2;
  const top = head.height + 8;
  const body = plan.tiles.map(({ unit, column, row }) =>
    drawTile(
      pen,
      values,
      unit,
      names.get(unit) ?? unit,
      { x: left + column * (side + gap), y: top + row * (tall + gap), width: side, height: tall },
      sizes,
    ),
  );
  const alt = altText(pen, 'tiles', shown, [
    extremesText(pen, mapItems(values, pen)),
    gapsText(pen, values.grid),
  ]);
  const height = Math.ceil(top + plan.rows * (tall + gap) - gap + 2);
  const notes = [
    pen.say('note.tiles', { n: values.units.length }),
    ...because,
    ...elsewhereNotes(values, pen),
  ];
  return pen.finish(height, pen.title, alt, head.svg + body.join(''), notes);
};
