import type { FastifyInstance } from 'fastify';
import { type Cut, ROUTES } from '../../contract/index.ts';
import { cutTable } from '../../report/index.ts';
import { parseAddress, type Table } from '../../tables/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { drawableFigures, figureOf, sendDrawing } from '../figure-file.ts';
import { serve, studyOf } from '../route.ts';
import type { ServedStudy } from '../served-study.ts';
import type { SiteOptions } from '../site-options.ts';
import { sendTableFile } from '../table-file.ts';
import { wireCellDetail } from '../wire-cell.ts';
import { wireTable } from '../wire-table.ts';

const tableOf = ({ tables }: ServedStudy, id: string): Table => {
  const table = tables.find((t) => t.id === id);
  if (table === undefined) throw new ProblemError(problem('not_found', { path: id }));
  return table;
};

/** What is shown of a table. A part that it does not have is ignored: the address may come from another table. */
const shownOf = (table: Table, { measure, period }: Cut): Table => {
  const known = <T>(
    all: readonly T[],
    id: string | undefined,
    idOf: (one: T) => string,
  ): readonly string[] | undefined =>
    id !== undefined && all.some((one) => idOf(one) === id) ? [id] : undefined;
  const measures = known(table.measures, measure, (m) => m.id);
  const periods = known(
    table.dimensions.flatMap((d) => d.codes),
    period,
    (c) => c.code,
  );
  return cutTable(table, { ...(measures && { measures }), ...(periods && { periods }) });
};

/** The tables of a study: as a grid, a file, a picture; and how any of their numbers was made. */
export const tableRoutes = (site: FastifyInstance, options: SiteOptions): void => {
  const asked = ({ study, table }: { readonly study: string; readonly table: string }, cut: Cut) => {
    const served = studyOf(options, study);
    const whole = tableOf(served, table);
    return { served, whole, shown: shownOf(whole, cut) };
  };
  serve(site, ROUTES.table, options, ({ params, query, words }) => {
    const { served, whole, shown } = asked(params, query);
    const definition = served.study.tables.find((t) => t.id === params.table);
    return wireTable(shown, { whole, definition, figures: drawableFigures(served, shown, words) }, words);
  });
  serve(site, ROUTES.tableFile, options, ({ params, query, words, reply }) =>
    sendTableFile(reply, asked(params, query).shown, params.format, words),
  );
  serve(site, ROUTES.tableFigure, options, ({ params, query, words }) => {
    const { served, shown } = asked(params, query);
    return figureOf(served, shown, query, words);
  });
  serve(site, ROUTES.tableDrawing, options, ({ params, query, words, reply }) => {
    const { served, shown } = asked(params, query);
    return sendDrawing(reply, served, shown, query, words);
  });
  serve(site, ROUTES.cell, options, ({ params, query, words }) => {
    const served = studyOf(options, params.study);
    const { table: id } = parseAddress(query.address);
    const definition = served.study.tables.find((t) => t.id === id);
    if (definition === undefined) throw new ProblemError(problem('cell_unknown', { address: query.address }));
    return wireCellDetail(
      served.study,
      served.snapshot,
      tableOf(served, id),
      definition,
      query.address,
      query.from,
      words,
    );
  });
};
