import { divisionAt, drawFigure } from '../figures/index.ts';
import { type FigureSource, measureText } from '../report/index.ts';
import type { Study } from '../study/index.ts';
import type { Messages } from '../vocabulary/index.ts';
import { boundariesOf } from './boundaries.ts';

/** Draws the figures of a study in the division that was in force on a day (ISO), with the names of that day; without one, in today's. */
export const figureSource = (
  study: Study,
  day: string | undefined,
  messages: Messages,
  folders: readonly string[],
): FigureSource => {
  const vintage = divisionAt(study, day);
  const boundaries = vintage === undefined ? undefined : boundariesOf(folders, study, vintage);
  return (request) =>
    drawFigure({
      ...request,
      messages,
      measureText: measureText(),
      geography: study.geography,
      ...(day === undefined ? {} : { day }),
      ...(vintage === undefined ? {} : { vintage }),
      ...(boundaries === undefined ? {} : { boundaries }),
    });
};
