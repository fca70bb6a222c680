import type { Drawing, FigureRequest } from './figure.ts';
import { tilePlan } from './kazakhstan-tiles.ts';
import { heading, patch } from './legend.ts';
import { fillOf, mapLegend, type MapValues, mapValues, polarityNote, unitName } from './map-values.ts';
import { ABSENT, INK, MUTED, textOn, WITHHELD } from './palette.ts';
import { amount, type Pen } from './pen.ts';
import { LEADING, MIDDLE, textAt, textBlock } from './svg.ts';
import { altText, extremesText, gapsText, measureText } from './words.ts';
import { widest, wrapText } from './wrap-text.ts';
import { problem } from '../vocabulary/index.ts';

const GAP = 4;

/** The largest size from 12 down to 9 at which every name fits its tile on one line, or on two where there is room. */
const nameSize = (pen: Pen, names: readonly string[], room: number): number => {
  for (let size = 12; size > 9; size -= 0.5)
    if (names.every((name) => widest(pen.width1, name.split(' '), size) <= room)) return size;
  return 9;
};

const drawTile = (
  pen: Pen,
  values: MapValues,
  unit: string,
  name: string,
  box: { x: number; y: number; width: number; height: number },
  size: number,
): string => {
  const fill = fillOf(values, unit);
  const cell = values.cells.get(unit);
  const value = amount(cell);
  const plain = fill !== WITHHELD && fill !== ABSENT;
  const colour = plain ? textOn(fill.ground) : INK;
  const middle = box.x + box.width / 2;
  const lines = wrapText(pen.width1, name, { width: box.width - 4, size, lines: 2 });
  const nameHeight = lines.length * LEADING * size;
  const [big, small] = [pen.narrow ? 14 : 18, pen.narrow ? 9 : 11];
  const inside = nameHeight + big * 1.15;
  const top = box.y + (box.height - inside) / 2;
  const ground =
    fill === WITHHELD
      ? patch(pen, ABSENT, { x: box.x + 3, y: top - 1, width: box.width - 6, height: inside + 2 })
      : '';
  const gap = cell === undefined || fill === WITHHELD ? '–' : pen.value(cell);
  const shown =
    value === undefined
      ? textBlock(
          middle,
          top + nameHeight + big * 0.55,
          wrapText(pen.width1, gap, { width: box.width - 4, size: small, lines: 2 }),
          { size: small, fill: MUTED, anchor: 'middle' },
        )
      : textAt(middle, top + nameHeight + big * (0.55 + MIDDLE), cell === undefined ? '' : pen.value(cell), {
          size: big,
          weight: 700,
          fill: colour,
          anchor: 'middle',
        });
  return (
    patch(pen, fill, box) +
    ground +
    textBlock(middle, top + nameHeight / 2, lines, { size, fill: colour, anchor: 'middle' }) +
    shown
  );
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
  const size = nameSize(pen, [...names.values()], side - 4);
  const left = (pen.width - (side + gap) * plan.columns + gap) / 2;
  const top = head.height + 8;
  const body = plan.tiles.map(({ unit, column, row }) =>
    drawTile(
      pen,
      values,
      unit,
      names.get(unit) ?? unit,
      { x: left + column * (side + gap), y: top + row * (tall + gap), width: side, height: tall },
      size,
    ),
  );
  const items = values.grid.rows.flatMap((row) =>
    row.cells[0] === undefined ? [] : [{ name: names.get(row.codes[0] ?? '') ?? '', cell: row.cells[0] }],
  );
  const alt = altText(pen, request.table, 'tiles', shown, [
    extremesText(pen, items),
    gapsText(pen, values.grid),
  ]);
  const height = Math.ceil(top + plan.rows * (tall + gap) - gap + 2);
  const notes = [pen.say('note.tiles', { n: values.units.length }), ...because];
  return pen.finish(height, pen.label(request.table.title), alt, head.svg + body.join(''), notes);
};
