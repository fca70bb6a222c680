import { divisionAt, drawFigure } from '../figures/index.ts';
import { type FigureSource, measureText } from '../report/index.ts';
import type { Study } from '../study/index.ts';
import type { Messages, Period } from '../vocabulary/index.ts';
import { boundariesOf } from './boundaries.ts';

/** Draws the figures of a report in the division that was in force at the end of its period. */
export const figureSource = (
  study: Study,
  period: Period,
  messages: Messages,
  folders: readonly string[],
): FigureSource => {
  const vintage = divisionAt(study, period.end);
  const boundaries = vintage === undefined ? undefined : boundariesOf(folders, study, vintage);
  return (request) =>
    drawFigure({
      ...request,
      messages,
      measureText: measureText(),
      geography: study.geography,
      ...(vintage === undefined ? {} : { vintage }),
      ...(boundaries === undefined ? {} : { boundaries }),
    });
};
