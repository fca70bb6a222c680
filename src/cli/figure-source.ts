import { drawFigure } from '../figures/index.ts';
import type { FigureSource } from '../report/index.ts';
import { measureText } from '../server/index.ts';
import type { Study } from '../study/index.ts';
import { type Messages, type Period, vintageOn } from '../vocabulary/index.ts';
import { boundariesOf } from './boundaries.ts';

/** Draws the figures of a report in the division that was in force at the end of its period. */
export const figureSource = (
  study: Study,
  period: Period,
  messages: Messages,
  folders: readonly string[],
): FigureSource => {
  const vintage =
    study.vintage === 'as_of_event'
      ? vintageOn(study.geography, period.end ?? '9999-12-31')
      : study.geography.vintages.find((v) => v.id === study.vintage);
  const boundaries = vintage === undefined ? undefined : boundariesOf(folders, study, vintage);
  return ({ id, kind, table, measure, language, width }) =>
    drawFigure({
      kind,
      table,
      measure,
      language,
      messages,
      measureText: measureText(),
      id,
      ...(width === undefined ? {} : { width }),
      geography: study.geography,
      ...(vintage === undefined ? {} : { vintage }),
      ...(boundaries === undefined ? {} : { boundaries }),
    });
};
