import type { FastifyInstance } from 'fastify';
import { type CrossTabQuery, ROUTES } from '../../contract/index.ts';
import { cutTable } from '../../report/index.ts';
import { type Measure, readExpression, type Study, type TableDefinition } from '../../study/index.ts';
import { countTables, crossTab, type Table } from '../../tables/index.ts';
import { LANGUAGES, type Label, type Messages, ProblemError, problem } from '../../vocabulary/index.ts';
import { drawableFigures, figureOf, sendDrawing } from '../figure-file.ts';
import { serve, studyOf } from '../route.ts';
import type { ServedStudy } from '../served-study.ts';
import type { SiteOptions } from '../site-options.ts';
import { sendTableFile } from '../table-file.ts';
import { wireCellDetail } from '../wire-cell.ts';
import { wireTable } from '../wire-table.ts';

const labelOf = (messages: Messages, id: string): Label =>
  Object.fromEntries(LANGUAGES.map((l) => [l, { text: messages(l, id) }])) as unknown as Label;

/** `count`, `share:row`, `sum:participants.best`, `mean:…`, `median:…` as a measure. Undefined for a plain count. */
const measureOf = (text: string, messages: Messages): Measure | undefined => {
  const [kind = '', what = ''] = text.split(':');
  const label = (id: string): Label => labelOf(messages, `web.measure.${id}`);
  switch (kind) {
    case 'count':
      return undefined;
    case 'share':
      if (what !== 'row' && what !== 'column' && what !== 'table') break;
      return {
        id: 'share',
        label: label('share'),
        unit: 'percent',
        decimals: 1,
        kind: 'share',
        measure: 'n',
        within: what,
      };
    case 'sum':
      return {
        id: 'sum',
        label: label('sum'),
        unit: 'units',
        decimals: 0,
        kind: 'term',
        term: { kind: 'sum', field: what },
      };
    case 'mean':
    case 'median':
      return {
        id: kind,
        label: label(kind),
        unit: 'units',
        decimals: 1,
        kind: 'statistic',
        statistic: kind,
        field: what,
      };
  }
  throw new ProblemError(problem('request_invalid', { message: `measure: ${text}` }));
};

const definitionOf = (study: Study, query: CrossTabQuery, messages: Messages): TableDefinition => {
  const measure = measureOf(query.measure, messages);
  const typed =
    query.where === '' ? undefined : readExpression(study, query.of, query.where, { type: 'boolean' });
  if (typed !== undefined && typed.expression === undefined)
    throw new ProblemError(
      typed.faults.map((f) => problem(f.code, f.details, { field: 'where', column: f.at + 1 })),
    );
  const where = typed?.expression;
  return crossTab(study, {
    of: query.of,
    rows: query.rows,
    columns: query.columns,
    ...(where === undefined ? {} : { where }),
    ...(measure === undefined ? {} : { measure }),
  });
};

const counted = (
  { study, snapshot }: ServedStudy,
  query: CrossTabQuery,
  messages: Messages,
): { readonly definition: TableDefinition; readonly table: Table } => {
  const definition = definitionOf(study, query, messages);
  const [table] = countTables(study, snapshot, [definition]);
  if (table === undefined)
    throw new ProblemError(problem('table_unknown', { table: definition.id, near: 'none' }));
  return { definition, table };
};

/** What was asked for, without the count that a share is taken of; the files have both. */
const askedPart = (table: Table): Table =>
  cutTable(table, { measures: table.measures.slice(-1).map((m) => m.id) });

/** Any table a person asks for: a definition like the study's own, counted by the same engine, named by its URL. */
export const crossTabRoutes = (site: FastifyInstance, options: SiteOptions): void => {
  const asked = ({ study }: { readonly study: string }, query: CrossTabQuery) => {
    const served = studyOf(options, study);
    return { served, ...counted(served, query, options.messages) };
  };
  serve(site, ROUTES.crossTab, options, ({ params, query, words }) => {
    const { served, table, definition } = asked(params, query);
    const shown = askedPart(table);
    return wireTable(
      shown,
      { whole: shown, definition, figures: drawableFigures(served, shown, words) },
      words,
    );
  });
  serve(site, ROUTES.crossTabFile, options, ({ params, query, words, reply }) =>
    sendTableFile(reply, asked(params, query).table, params.format, words),
  );
  serve(site, ROUTES.crossTabFigure, options, ({ params, query, words }) => {
    const { served, table } = asked(params, query);
    return figureOf(served, askedPart(table), query, words);
  });
  serve(site, ROUTES.crossTabDrawing, options, ({ params, query, words, reply }) => {
    const { served, table } = asked(params, query);
    return sendDrawing(reply, served, askedPart(table), query, words);
  });
  serve(site, ROUTES.crossTabCell, options, ({ params, query, words }) => {
    const { served, table, definition } = asked(params, query);
    return wireCellDetail(served.study, served.snapshot, table, definition, query.address, query.from, words);
  });
};
