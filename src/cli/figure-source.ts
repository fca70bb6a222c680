
import { drawFigure } from '../figures/index.ts';
import { measureText } from '../server/index.ts';
import type { FigureSource } from '../report/index.ts';
import type { Study } from '../study/index.ts';
import { type Messages, type Period, vintageOn } from '../vocabulary/index.ts';

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
