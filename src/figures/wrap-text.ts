import type { MeasureText } from './text-metrics.ts';

interface Fit {
  readonly width: number;
  readonly size: number;
  readonly weight?: 400 | 700;
  /** More lines than this end with an ellipsis. */
  readonly lines?: number;
}

/** Cuts a text to a width, with an ellipsis where something is left out. */
export const shorten = (measure: MeasureText, text: string, { width, size, weight = 400 }: Fit): string => {
  if (measure(text, size, weight) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && measure(`${characters.join('').trimEnd()}…`, size, weight) > width)
    characters.pop();
  return `${characters.join('').trimEnd()}…`;
};

const joined = (line: string, word: string): string => (line.endsWith('-') ? line + word : `${line} ${word}`);

/** Breaks a text into lines between words (after hyphens too); a word wider than the line is shortened. */
export const wrapText = (measure: MeasureText, text: string, fit: Fit): readonly string[] => {
  const { width, size, weight = 400, lines: most = 6 } = fit;
  const words = text.split(/[ \n]+|(?<=[\p{L}]-)(?=\p{L})/u).filter((word) => word !== '');
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : joined(last, word);
    if (last !== undefined && measure(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length > most) lines.splice(most - 1, lines.length, lines.slice(most - 1).reduce(joined));
  return lines.map((line) => shorten(measure, line, fit));
};

/** Width of the widest line. */
export const widest = (
  measure: MeasureText,
  lines: readonly string[],
  size: number,
  weight: 400 | 700 = 400,
): number => lines.reduce((most, line) => Math.max(most, measure(line, size, weight)), 0);
