import { z } from 'zod';
import { LANGUAGES } from '../vocabulary/index.ts';
import { PATHS, type RouteName } from './paths.ts';

/** Language of names and of problems in an answer; without it the first of the browser's that we have. */
const lang = z.enum(LANGUAGES).optional();
const study = z.string().regex(/^[a-z][a-z0-9_]*$/);
const list = z.string().transform((text) => text.split(',').filter((part) => part !== ''));

/** What a cross-tab is asked with: the same words as a table definition, so that its URL reproduces it. */
const CrossTabQuery = z.object({
  of: z.string().min(1).describe('Snapshot table to count'),
  rows: list.describe('Fields of the rows, separated by commas'),
  columns: list.describe('Fields of the columns, separated by commas'),
  where: z
    .string()
    .max(2000)
    .default('')
    .describe('An expression over its fields; empty: the rows that count'),
  measure: z
    .string()
    .default('count')
    .describe('count, share:row|column|table, sum:path, mean:path, median:path'),
  lang,
});
export type CrossTabQuery = z.output<typeof CrossTabQuery>;

export const DRAWN_AS = [
  'bar',
  'stacked',
  'whole',
  'line',
  'tiles',
  'map',
  'diverging',
  'flow',
  'panels',
  'timeline',
] as const;
export const DOWNLOADS = ['csv', 'xlsx'] as const;

/** What of a table is shown: one measure, one period; without them all. */
const Cut = z.object({ measure: z.string().optional(), period: z.string().optional(), lang });
export type Cut = z.output<typeof Cut>;

const Drawn = z.object({
  kind: z
    .union([z.enum(DRAWN_AS), z.string().regex(/^figure-\d+$/)])
    .default('bar')
    .describe('Kind of picture, or the anchor of a figure of the report'),
  width: z.coerce.number().int().min(280).max(1600).default(720),
});

const inStudy = z.object({ study });
const inTable = z.object({ study, table: z.string().min(1) });
const format = z.enum(DOWNLOADS);
const Page = z.object({
  address: z.string().min(1).describe('The cell: table/row[.row]/column/measure'),
  from: z.coerce.number().int().min(0).default(0).describe('First of the rows behind it'),
});
const inLanguage = z.object({ lang });

/** One way in: where, with what, and what it is for (the sentence of the OpenAPI document). */
export interface Route {
  readonly path: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly answers: 'json' | 'file' | 'svg';
  readonly about: string;
}

const route = <N extends RouteName, const R extends Omit<Route, 'path'>>(name: N, rest: R) => ({
  path: PATHS[name],
  ...rest,
});

/** The whole HTTP surface of the local site. Everything is GET: it is read-only until accounts exist. */
export const ROUTES = {
  studies: route('studies', {
    query: inLanguage,
    answers: 'json',
    about: 'Studies, their periods and reports',
  }),
  overview: route('overview', {
    params: inStudy,
    query: inLanguage,
    answers: 'json',
    about: 'A study: snapshot, tables, what a cross-tab can use',
  }),
  table: route('table', {
    params: inTable,
    query: Cut,
    answers: 'json',
    about: 'A counted table as it is printed',
  }),
  tableFile: route('tableFile', {
    params: inTable.extend({ format }),
    query: Cut,
    answers: 'file',
    about: 'A counted table as CSV or XLSX',
  }),
  tableFigure: route('tableFigure', {
    params: inTable,
    query: Cut.extend(Drawn.shape),
    answers: 'json',
    about: 'A counted table drawn, with what the picture says',
  }),
  tableDrawing: route('tableDrawing', {
    params: inTable,
    query: Cut.extend(Drawn.shape),
    answers: 'svg',
    about: 'The picture alone',
  }),
  cell: route('cell', {
    params: inStudy,
    query: Page.extend({ lang }),
    answers: 'json',
    about: 'How a number was made and the rows behind it (statistical fields only)',
  }),
  crossTab: route('crossTab', {
    params: inStudy,
    query: CrossTabQuery,
    answers: 'json',
    about: 'Any table a person asks for',
  }),
  crossTabFile: route('crossTabFile', {
    params: inStudy.extend({ format }),
    query: CrossTabQuery,
    answers: 'file',
    about: 'A cross-tab as CSV or XLSX',
  }),
  crossTabFigure: route('crossTabFigure', {
    params: inStudy,
    query: CrossTabQuery.extend(Drawn.shape),
    answers: 'json',
    about: 'A cross-tab drawn',
  }),
  crossTabDrawing: route('crossTabDrawing', {
    params: inStudy,
    query: CrossTabQuery.extend(Drawn.shape),
    answers: 'svg',
    about: 'The picture alone',
  }),
  crossTabCell: route('crossTabCell', {
    params: inStudy,
    query: CrossTabQuery.extend(Page.shape),
    answers: 'json',
    about: 'How a number of a cross-tab was made',
  }),
  codebook: route('codebook', {
    params: inStudy,
    query: inLanguage,
    answers: 'json',
    about: 'Fields and code lists',
  }),
  published: route('published', {
    params: inStudy,
    query: inLanguage,
    answers: 'json',
    about: 'Every earlier published number beside ours, with its verdict',
  }),
  openApi: route('openApi', { answers: 'json', about: 'This description' }),
  report: route('report', {
    params: z.object({
      study,
      period: z.string().min(1),
      file: z.string().regex(/^report\.(kk|ru|en)\.(html|pdf|docx|xlsx)$/),
    }),
    answers: 'file',
    about: 'The report: report.<language>.<format>',
  }),
  source: route('source', {
    answers: 'file',
    about: 'The source code of the running version (AGPL-3.0, section 13)',
  }),
} as const satisfies Record<RouteName, Route>;
