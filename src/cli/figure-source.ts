import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drawFigure, type MeasureText, textMetrics } from '../figures/index.ts';
import type { FigureSource } from '../report/index.ts';
import type { Study } from '../study/index.ts';
import { type Messages, type Period, vintageOn } from '../vocabulary/index.ts';

const require = createRequire(import.meta.url);

const font = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(require.resolve(`@expo-google-fonts/noto-sans/${path}`)));

let metrics: MeasureText | undefined;

/** Text widths of the report's own typeface, read once. */
export const measureText = (): MeasureText =>
  (metrics ??= textMetrics({
    regular: font('400Regular/NotoSans_400Regular.ttf'),
    bold: font('700Bold/NotoSans_700Bold.ttf'),
  }));

/** Draws the figures of a report in the division that was in force at the end of its period. */
export const figureSource = (study: Study, period: Period, messages: Messages): FigureSource => {
  let drawn = 0;
  const vintage =
    study.vintage === 'as_of_event'
      ? vintageOn(study.geography, period.end ?? '9999-12-31')
      : study.geography.vintages.find((v) => v.id === study.vintage);
  return ({ kind, table, measure, language }) =>
    drawFigure({
      kind,
      table,
      measure,
      language,
      messages,
      measureText: measureText(),
      id: `figure-${(drawn += 1)}`,
      geography: study.geography,
      ...(vintage === undefined ? {} : { vintage }),
    });
};
