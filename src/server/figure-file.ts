import type { FastifyReply } from 'fastify';
import { drawFigure, type FigureKind, isProblem } from '../figures/index.ts';
import type { Study } from '../study/index.ts';
import type { Table } from '../tables/index.ts';
import { ProblemError } from '../vocabulary/index.ts';
import { measureText } from './typeface.ts';
import type { Words } from './wire-table.ts';

/** A counted table drawn, as an SVG that stands alone. */
export const sendFigure = (
  reply: FastifyReply,
  study: Study,
  table: Table,
  { kind, measure, width }: { readonly kind: FigureKind; readonly measure?: string | undefined; readonly width: number },
  { messages, language }: Words,
): FastifyReply => {
  const vintage = study.geography.vintages.find((v) => v.id === study.vintage) ?? study.geography.vintages.at(-1);
  const drawing = drawFigure({
    kind,
    table,
    language,
    messages,
    measureText: measureText(),
    id: 'figure',
    width,
    geography: study.geography,
    ...(measure === undefined ? {} : { measure }),
    ...(vintage === undefined ? {} : { vintage }),
  });
  if (isProblem(drawing)) throw new ProblemError(drawing);
  return reply.type('image/svg+xml; charset=utf-8').send(drawing.svg);
};
