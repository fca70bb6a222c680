import type { FastifyReply } from 'fastify';
import type { WireFigure, WireTable } from '../contract/index.ts';
import {
  type Drawing,
  type FittingFigure,
  fittingFigures,
  isProblem,
  type RenderedFigure,
  withFooter,
} from '../figures/index.ts';
import { type FigureRequest, measureText, withFace } from '../report/index.ts';
import type { Table } from '../tables/index.ts';
import { labelText, ProblemError } from '../vocabulary/index.ts';
import { DRAWING_POLICY } from './guard.ts';
import { marksOf } from './marks.ts';
import type { ServedStudy } from './served-study.ts';
import type { Words } from './words.ts';

type Drawn = Omit<FigureRequest, 'id' | 'width'>;

/** A picture that a table can be shown as: one that the report asks for, or one that suits the shape of what is shown. */
interface Offered {
  /** Kind of the figure, or its anchor in the report. */
  readonly id: string;
  readonly text: string;
  /** What the report calls it. */
  readonly caption?: string;
  readonly request: Drawn;
  /** Whose division and names a map shows (ISO); absent: those of the report. */
  readonly day?: string;
}

/** The report's pictures of a table, whatever is shown of it: as they are printed. */
const declaredFor = (served: ServedStudy, { id }: Table, { messages, language }: Words): readonly Offered[] =>
  served
    .figures(language)
    .filter(({ request: { table, beside = [] } }) =>
      [table, ...beside.map((b) => b.table)].some((t) => t.id === id),
    )
    .map(({ anchor, caption, request }) => ({
      id: anchor,
      text: messages(language, 'web.figure.declared', { caption }),
      caption,
      request,
    }));

const fitting = (
  { study }: ServedStudy,
  table: Table,
  { kind, measure, others = [] }: FittingFigure,
  { messages, language }: Words,
): Offered => {
  const shown = table.dimensions.find((d) => d.by === 'period')?.codes.map((c) => c.code) ?? [];
  const day = study.periods.findLast((p) => shown.includes(p.id))?.end;
  const beside = others.map((other) => ({ table, measure: other }));
  return {
    id: kind,
    text: messages(language, `web.figure.${kind}`),
    request: { kind, table, measure, language, ...(beside.length === 0 ? {} : { beside }) },
    ...(day === undefined ? {} : { day }),
  };
};

const draw = (served: ServedStudy, { request, day }: Offered, width: number): Drawing =>
  served.draw({ ...request, id: 'figure', width }, day);

const offered = (served: ServedStudy, table: Table, words: Words): readonly Offered[] => [
  ...declaredFor(served, table, words),
  ...fittingFigures(table).map((fit) => fitting(served, table, fit, words)),
];

/** The pictures that can be drawn of a table, the report's first, then the most telling; none is offered twice. */
export const drawableFigures = (served: ServedStudy, table: Table, words: Words): WireTable['figures'] => {
  const seen = new Set<string>();
  return offered(served, table, words).flatMap((one) => {
    const drawing = draw(served, one, 720);
    if (isProblem(drawing) || seen.has(drawing.svg)) return [];
    seen.add(drawing.svg);
    return [{ id: one.id, text: one.text }];
  });
};

interface Asked {
  readonly kind: string;
  readonly width: number;
}

/** The picture asked for, drawn. Throws ProblemError where the table cannot be drawn so. */
const drawn = (
  served: ServedStudy,
  table: Table,
  { kind, width }: Asked,
  words: Words,
): { readonly picture: Offered; readonly drawing: RenderedFigure } => {
  const picture =
    offered(served, table, words).find(({ id }) => id === kind) ??
    fitting(
      served,
      table,
      { kind: kind as FittingFigure['kind'], measure: table.measures[0]?.id ?? '' },
      words,
    );
  const drawing = draw(served, picture, width);
  if (isProblem(drawing)) throw new ProblemError(drawing);
  return { picture, drawing };
};

/** A counted table drawn: an SVG that stands alone, letters included. Throws ProblemError where it cannot be drawn so. */
export const figureOf = (served: ServedStudy, table: Table, asked: Asked, words: Words): WireFigure => {
  const { picture, drawing } = drawn(served, table, asked, words);
  const { request } = picture;
  const others = [request.table, ...(request.beside ?? []).map((b) => b.table)].filter(
    (t) => t.id !== table.id,
  );
  return {
    ...drawing,
    svg: withFace(drawing.svg),
    tables: others.map((t) => ({ id: t.id, title: labelText(t.title, words.language) })),
  };
};

/** The picture as a file to open or take away: under it what it is of and what a reader must not miss. */
export const sendDrawing = (
  reply: FastifyReply,
  served: ServedStudy,
  table: Table,
  asked: Asked,
  words: Words,
): FastifyReply => {
  const { picture, drawing } = drawn(served, table, asked, words);
  const title = picture.caption ?? labelText(table.title, words.language);
  const texts = [title, ...drawing.notes, `${table.id} · ${table.snapshot}`, ...marksOf(table, words)];
  return reply
    .type('image/svg+xml; charset=utf-8')
    .header('content-security-policy', DRAWING_POLICY)
    .send(withFace(withFooter(drawing, texts, measureText())));
};
