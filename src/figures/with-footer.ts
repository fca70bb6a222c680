import type { RenderedFigure } from './figure.ts';
import { MUTED } from './palette.ts';
import { LEADING, textAt } from './svg.ts';
import type { MeasureText } from './text-metrics.ts';
import { wrapText } from './wrap-text.ts';

const SIZE = 11;
const GAP = 12;

/** A drawing with words under it, wrapped to its width: for a file that leaves the page whose words they are. */
export const withFooter = (
  { svg, width, height }: RenderedFigure,
  texts: readonly string[],
  measure: MeasureText,
): string => {
  const lines = texts.flatMap((text) => wrapText(measure, text, { width, size: SIZE }));
  const line = LEADING * SIZE;
  const tall = Math.ceil(height + GAP + lines.length * line);
  const footer = lines.map((text, i) =>
    textAt(0, height + GAP + (i + 0.75) * line, text, { size: SIZE, fill: MUTED }),
  );
  return svg
    .replace(/(<svg[^>]* viewBox="0 0 \S+ )[^"]+("[^>]* height=")[^"]+"/, `$1${tall}$2${tall}"`)
    .replace(/<\/svg>$/, `${footer.join('')}</svg>`);
};
