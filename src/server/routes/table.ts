import type { FastifyInstance } from 'fastify';
import { ROUTES } from '../../contract/index.ts';
import { type Table, parseAddress } from '../../tables/index.ts';
import { problem, ProblemError } from '../../vocabulary/index.ts';
import { sendFigure } from '../figure-file.ts';
import { serve, studyOf } from '../route.ts';
import type { ServedStudy } from '../served-study.ts';
import type { SiteOptions } from '../site-options.ts';
import { sendTableFile } from '../table-file.ts';
import { wireCellDetail } from '../wire-cell.ts';
import { wireTable } from '../wire-table.ts';

const tableOf = ({ tables }: ServedStudy, id: string): Table => {
  const table = tables.find((t) => t.id === id);
  if (table === undefined) throw new ProblemError(problem('table_unknown', { table: id, near: '' }));
  return table;
};

/** The tables of a study: as a grid, a file, a picture; and how any of their numbers was made. */
export const tableRoutes = (site: FastifyInstance, options: SiteOptions): void => {
  serve(site, ROUTES.table, options, ({ params, words }) => {
    const served = studyOf(options, params.study);
    const definition = served.study.tables.find((t) => t.id === params.table);
    return wireTable(tableOf(served, params.table), definition, words);
  });
  serve(site, ROUTES.tableFile, options, ({ params, words, reply }) =>
    sendTableFile(reply, tableOf(studyOf(options, params.study), params.table), params.format, words),
  );
  serve(site, ROUTES.tableFigure, options, ({ params, query, words, reply }) => {
    const served = studyOf(options, params.study);
    return sendFigure(reply, served.study, tableOf(served, params.table), query, words);
  });
  serve(site, ROUTES.cell, options, ({ params, query, words }) => {
    const served = studyOf(options, params.study);
    const { table: id } = parseAddress(query.address);
    const definition = served.study.tables.find((t) => t.id === id);
    if (definition === undefined) throw new ProblemError(problem('cell_unknown', { address: query.address }));
    return wireCellDetail(served.study, served.snapshot, tableOf(served, id), definition, query.address, query.from, words);
  });
};
