import type { FastifyReply } from 'fastify';
import type { WireFigure } from '../contract/index.ts';
import { type Drawing, divisionAt, drawFigure, type FigureKind, isProblem } from '../figures/index.ts';
import { measureText, withFace } from '../report/index.ts';
import type { Study } from '../study/index.ts';
import type { Table } from '../tables/index.ts';
import { ProblemError } from '../vocabulary/index.ts';
import { DRAWING_POLICY } from './guard.ts';
import { suitableFigures } from './wire-table.ts';
import type { Words } from './words.ts';

/** A counted table drawn: an SVG that stands alone, letters included. Throws ProblemError where it cannot be drawn so. */
export const figureOf = (
  study: Study,
  table: Table,
  { kind, width }: { readonly kind: FigureKind; readonly width: number },
  { messages, language }: Words,
): WireFigure => {
  const drawing = draw(study, table, kind, width, { messages, language });
  if (isProblem(drawing)) throw new ProblemError(drawing);
  return { ...drawing, svg: withFace(drawing.svg) };
};

/** The kinds of picture that can be drawn of a table, the best first. */
export const drawableFigures = (study: Study, table: Table, words: Words): readonly FigureKind[] =>
  suitableFigures(table).filter((kind) => !isProblem(draw(study, table, kind, 720, words)));

const draw = (
  study: Study,
  table: Table,
  kind: FigureKind,
  width: number,
  { messages, language }: Words,
): Drawing => {
  const shown = table.dimensions.find((d) => d.by === 'period')?.codes.map((c) => c.code) ?? [];
  const vintage = divisionAt(study, study.periods.findLast((p) => shown.includes(p.id))?.end);
  return drawFigure({
    kind,
    table,
    language,
    messages,
    measureText: measureText(),
    id: 'figure',
    width,
    geography: study.geography,
    ...(vintage === undefined ? {} : { vintage }),
  });
};

/** The picture as a file to open or take away. */
export const sendDrawing = (reply: FastifyReply, { svg }: WireFigure): FastifyReply =>
  reply.type('image/svg+xml; charset=utf-8').header('content-security-policy', DRAWING_POLICY).send(svg);
