import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureSource } from '../../src/cli/figure-source.ts';
import { ROUTES } from '../../src/contract/index.ts';
import { createSite } from '../../src/server/index.ts';
import { countTables } from '../../src/tables/index.ts';
import { aReportSnapshot, aReportStudy, theMessages } from '../builders/report.ts';
import type { Parser } from './fuzz.ts';
import { changedText } from './mutate.ts';

const study = aReportStudy();
const snapshot = aReportSnapshot();
const app = mkdtempSync(join(tmpdir(), 'fuzz-app-'));
writeFileSync(join(app, 'index.html'), '<!doctype html><title>app</title>');
const site = createSite({
  studies: [
    {
      study,
      snapshot,
      tables: countTables(study, snapshot, study.tables),
      comparisons: [],
      reportPeriods: ['2018'],
      figures: () => [],
      draw: figureSource(study, '2018-12-31', theMessages, []),
      report: () => Promise.resolve(Buffer.from('%PDF')),
    },
  ],
  messages: theMessages,
  app,
  program: app,
  version: '0',
});

const PARAMS: Readonly<Record<string, string>> = {
  study: 'assemblies',
  table: 'asm.count.by_city',
  format: 'csv',
  period: '2018',
  file: 'report.ru.html',
};
const QUERY: Readonly<Record<string, string>> = {
  lang: 'kk',
  of: 'assembly',
  rows: 'place',
  columns: 'period',
  where: "participants.best > 3 and place = 'oral'",
  measure: 'sum:participants.best',
  period: '2018',
  kind: 'bar',
  width: '720',
  address: 'asm.count.by_city/oral/2018/n',
  from: '0',
};
const ASKED = Object.values(ROUTES);
const MARKS = [
  '?',
  '&',
  '=',
  '%',
  '%ff',
  '%2e%2e%2f',
  '../',
  '//',
  ',',
  ':',
  'lang=xx',
  'where=',
  '\\',
  'share:row',
  'median:',
  "'",
  'report.kk.pdf',
  'place,place',
];

/** What asks here reads addresses as browsers do; one that browsers cannot read is asked for letter by letter. */
const addressOf = (url: string): string => {
  const address = url.startsWith('/') ? url : `/${url}`;
  return URL.canParse(address, 'http://localhost') ? address : `/${encodeURIComponent(address)}`;
};

/** A request of any route, its address or a part of its query changed, sometimes with a body or another host. */
export const requestParser: Parser<{ readonly url: string; readonly body: string; readonly host: string }> = {
  name: 'request',
  input: (list, which) => {
    const route = ASKED[which % ASKED.length] ?? ROUTES.studies;
    const known = 'query' in route ? Object.keys(route.query.shape) : [];
    const part = known[(list[0]?.at ?? 0) % Math.max(1, known.length)];
    const changed = new URLSearchParams(
      known.map((name): [string, string] => [
        name,
        name === part && which % 2 === 0
          ? changedText(QUERY[name] ?? '', list, MARKS).toWellFormed()
          : (QUERY[name] ?? ''),
      ]),
    );
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => PARAMS[name] ?? '');
    const url = `${path}?${changed}`;
    return {
      url: which % 2 === 1 ? changedText(url, list, MARKS).toWellFormed() : url,
      body: which % 50 === 0 ? changedText('{"a":[1]}', list) : '',
      host: which % 97 === 0 ? changedText('localhost:8080', list) : 'localhost',
    };
  },
  parse: async ({ url, body, host }) => {
    const answer = await site.inject({
      method: body === '' ? 'GET' : 'POST',
      url: addressOf(url),
      headers: {
        host,
        'accept-language': 'ru',
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === '' ? {} : { payload: body }),
    });
    if (answer.statusCode >= 500) throw new Error(`${answer.statusCode}: ${answer.body.slice(0, 300)}`);
    if (answer.headers['content-security-policy'] === undefined) throw new Error('no security headers');
    return answer.statusCode < 400 ? undefined : answer.json<{ readonly problems: unknown }>().problems;
  },
};
