import { z } from 'zod';
import { LANGUAGES } from '../vocabulary/index.ts';

/** Language of names and of problems in an answer. */
const lang = z.enum(LANGUAGES).default('en');
const study = z.string().regex(/^[a-z][a-z0-9_]*$/);
const list = z.string().transform((text) => text.split(',').filter((part) => part !== ''));

/** What a cross-tab is asked with: the same words as a table definition, so that its URL reproduces it. */
export const CrossTabQuery = z.object({
  /** Snapshot table to count. */
  of: z.string().min(1),
  rows: list,
  columns: list,
  /** An expression over the fields of `of`; empty: the rows that count. */
  where: z.string().default(''),
  /** `count`, `share:row|column|table`, `sum:path`, `mean:path`, `median:path`. */
  measure: z.string().default('count'),
  lang,
});
export type CrossTabQuery = z.output<typeof CrossTabQuery>;

export const FIGURE_KINDS = ['bar', 'stacked', 'line', 'tiles', 'map'] as const;
export const REPORT_FORMATS = ['html', 'pdf', 'docx', 'xlsx'] as const;
export const DOWNLOADS = ['csv', 'xlsx'] as const;

const inStudy = z.object({ study });
const inTable = z.object({ study, table: z.string().min(1) });

/** One way in: where, with what, and what it is for (the sentence of the OpenAPI document). */
export interface Route {
  readonly path: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly answers: 'json' | 'file' | 'svg';
  readonly about: string;
}

/** The whole HTTP surface of the local site. Everything is GET: it is read-only until accounts exist. */
export const ROUTES = {
  studies: { path: '/api/studies', query: z.object({ lang }), answers: 'json', about: 'Studies, periods, reports' },
  overview: {
    path: '/api/studies/:study',
    params: inStudy,
    query: z.object({ lang }),
    answers: 'json',
    about: 'A study: snapshot, tables, instruments',
  },
  table: { path: '/api/studies/:study/tables/:table', params: inTable, query: z.object({ lang }), answers: 'json', about: 'A counted table' },
  tableFile: {
    path: '/api/studies/:study/tables/:table/:format',
    params: inTable.extend({ format: z.enum(DOWNLOADS) }),
    query: z.object({ lang }),
    answers: 'file',
    about: 'A counted table as CSV or XLSX',
  },
  tableFigure: {
    path: '/api/studies/:study/tables/:table/figure',
    params: inTable,
    query: z.object({ lang, kind: z.enum(FIGURE_KINDS).default('bar'), measure: z.string().optional(), width: z.coerce.number().int().min(280).max(1200).default(720) }),
    answers: 'svg',
    about: 'A counted table drawn',
  },
  crossTab: { path: '/api/studies/:study/crosstab', params: inStudy, query: CrossTabQuery, answers: 'json', about: 'Any table a person asks for' },
  crossTabFile: {
    path: '/api/studies/:study/crosstab/:format',
    params: inStudy.extend({ format: z.enum(DOWNLOADS) }),
    query: CrossTabQuery,
    answers: 'file',
    about: 'A cross-tab as CSV or XLSX',
  },
  crossTabFigure: {
    path: '/api/studies/:study/crosstab/figure',
    params: inStudy,
    query: CrossTabQuery.extend({ kind: z.enum(FIGURE_KINDS).default('bar'), width: z.coerce.number().int().min(280).max(1200).default(720) }),
    answers: 'svg',
    about: 'A cross-tab drawn',
  },
  cell: {
    path: '/api/studies/:study/cell',
    params: inStudy,
    query: z.object({ address: z.string().min(1), lang, from: z.coerce.number().int().min(0).default(0) }),
    answers: 'json',
    about: 'How a number was made and the rows behind it (statistical fields only)',
  },
  crossTabCell: {
    path: '/api/studies/:study/crosstab/cell',
    params: inStudy,
    query: CrossTabQuery.extend({ address: z.string().min(1), from: z.coerce.number().int().min(0).default(0) }),
    answers: 'json',
    about: 'The same for a cell of a cross-tab',
  },
  codebook: { path: '/api/studies/:study/codebook', params: inStudy, query: z.object({ lang }), answers: 'json', about: 'Fields and code lists' },
  published: {
    path: '/api/studies/:study/published',
    params: inStudy,
    query: z.object({ lang }),
    answers: 'json',
    about: 'Every earlier published number beside ours, with its verdict',
  },
  report: {
    path: '/reports/:study/:period/:file',
    params: z.object({ study, period: z.string().min(1), file: z.string().regex(/^report\.(kk|ru|en)\.(html|pdf|docx|xlsx)$/) }),
    answers: 'file',
    about: 'The report: report.<language>.<format>',
  },
  source: { path: '/source', answers: 'file', about: 'The source code of the running version (AGPL-3.0, section 13)' },
} as const satisfies Record<string, Route>;
