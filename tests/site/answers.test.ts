import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMessages } from '../../src/cli/message-files.ts';
import { type Answers, PATHS, type WireProblem } from '../../src/contract/index.ts';
import { FIGURE_KINDS, fittingFigures } from '../../src/figures/index.ts';
import { isLoopbackHost } from '../../src/server/index.ts';
import { readZip } from '../../src/sheets/index.ts';
import { addressOf, displayCell, foldRows, rowsBehind } from '../../src/tables/index.ts';
import { LANGUAGES, type Language } from '../../src/vocabulary/index.ts';
import { aSite, type Site } from './a-site.ts';

let site: Site;

beforeAll(async () => {
  site = await aSite();
}, 120_000);
afterAll(() => site?.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  site.site.inject({ url, headers: { host: 'localhost:4380', ...headers } });
const json = async <T>(url: string): Promise<T> => (await get(url)).json<T>();
const problemsOf = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await get(url, headers);
  return {
    status: answer.statusCode,
    problems: answer.json<{ problems: readonly WireProblem[] }>().problems,
  };
};
const messages = readMessages();
const STUDY = '/api/studies/assemblies';
const BY_CITY = `${STUDY}/tables/asm.count.by_city`;

describe('who is answered', () => {
  it.each(['localhost', 'localhost:4380', '127.0.0.1:4380', '[::1]:4380', 'LOCALHOST:4380'])(
    '%s is this machine',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:4380',
    'evil.example:127.0.0.1',
    '10.0.0.1:4380',
    '',
    undefined,
  ])('%s is not', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
  it('refuses a name that somebody pointed at this machine, on every route', async () => {
    for (const url of ['/', STUDY, BY_CITY, '/source', '/nothing', '/api/openapi.json']) {
      const { status, problems } = await problemsOf(url, { host: 'evil.example' });
      expect([status, problems[0]?.code], url).toEqual([403, 'host_refused']);
    }
  });
  it.each(['POST', 'PUT', 'DELETE', 'PATCH'] as const)(
    '%s changes nothing: there is nothing to send to',
    async (method) => {
      const answer = await site.site.inject({ method, url: STUDY, headers: { host: 'localhost' } });
      expect(answer.statusCode).toBe(404);
    },
  );
});

describe('every answer', () => {
  const urls = [
    '/',
    '/en/assemblies/tables',
    STUDY,
    BY_CITY,
    `${BY_CITY}/figure.svg`,
    '/nothing.txt',
    '/%ff',
    '/source',
    '/api/openapi.json',
  ];
  it.each(urls)('of %s carries the security headers and is not kept', async (url) => {
    const { headers } = await get(url);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
  it('lets no script or style of its pages be written inline', async () => {
    const policy = String((await get('/en')).headers['content-security-policy']);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("require-trusted-types-for 'script'");
  });
});

describe('what is wrong', () => {
  it.each([
    ['/api/nothing', 404, 'not_found'],
    ['/%ff', 400, 'request_invalid'],
    ['/api/studies/nothing', 404, 'not_found'],
    ['/api/studies/..%2f..%2fetc', 400, 'request_invalid'],
    [`${STUDY}/tables/nothing`, 404, 'not_found'],
    [`${STUDY}/cell?address=asm.count.by_city/nowhere/2018/n`, 404, 'cell_unknown'],
    [`${STUDY}/cell?address=nothing`, 404, 'cell_unknown'],
    [`${STUDY}/cell`, 400, 'request_invalid'],
    [`${BY_CITY}/figure?kind=cake`, 400, 'request_invalid'],
    [`${BY_CITY}/figure?width=100000`, 400, 'request_invalid'],
    [`${STUDY}/crosstab?of=assembly&rows=nothing&columns=`, 400, 'table_field_unknown'],
    [`${STUDY}/crosstab?of=assembly&rows=form&columns=&measure=sum:monitor`, 400, 'table_definition'],
    [`${STUDY}/crosstab?of=assembly&rows=form&columns=&where=form%20%3D%20`, 400, 'study_expression_syntax'],
    ['/reports/assemblies/1999/report.en.html', 404, 'not_found'],
    ['/reports/assemblies/2018/../../config.yaml', 404, 'not_found'],
  ])('%s is answered with %i %s', async (url, status, code) => {
    const found = await problemsOf(url);
    expect([found.status, found.problems[0]?.code]).toEqual([status, code]);
    expect(found.problems[0]?.remedy).not.toBe('');
  });
  it('is said in the language of the request', async () => {
    const texts = await Promise.all(LANGUAGES.map((l) => problemsOf(`${STUDY}/tables/nothing?lang=${l}`)));
    expect(new Set(texts.map((t) => t.problems[0]?.says)).size).toBe(3);
  });
});

describe('what only the organisation may read', () => {
  it.each(['monitor', 'narrative', 'demands'])(
    '%s is neither a row, a condition nor a measure of a cross-tab',
    async (field) => {
      for (const asked of [
        `rows=${field}&columns=`,
        `rows=form&columns=&where=${field}%20%3D%20'x'`,
        `rows=form&columns=&measure=sum:${field}`,
      ])
        expect(
          (await get(`${STUDY}/crosstab?of=assembly&${asked}`)).statusCode,
          asked,
        ).toBeGreaterThanOrEqual(400);
    },
  );
  it('is in no list of rows behind a number', async () => {
    const [served] = site.studies;
    const fields = served?.study.instruments.get('assembly')?.fields ?? [];
    const closed = new Set(fields.filter((f) => f.sensitivity !== 'statistical').map((f) => f.path));
    const cell = await json<Answers['cell']>(`${STUDY}/cell?address=asm.count.by_city/_total/2018/n`);
    expect(closed.size).toBeGreaterThan(0);
    expect(
      cell.rows.columns.filter((c) => closed.has(c.path) || closed.has(c.path.split('.')[0] ?? '')),
    ).toEqual([]);
  });
  it('is not offered to a cross-tab', async () => {
    const overview = await json<Answers['overview']>(STUDY);
    const offered = overview.countable.flatMap((t) => t.columns.map((c) => c.path));
    expect(offered).toContain('form');
    expect(offered).not.toContain('monitor');
  });
});

describe('a number on the site', () => {
  it('is the number of the engine, in every table', async () => {
    for (const table of site.studies[0]?.tables ?? []) {
      const answer = await json<Answers['table']>(`${STUDY}/tables/${table.id}`);
      const shown = new Map(answer.rows.flatMap((r) => r.cells.map((c) => [c.address, c] as const)));
      for (const cell of table.cells) {
        const wire = shown.get(addressOf(table, cell));
        const measure = table.measures.find((m) => m.id === cell.measure);
        if (wire === undefined || measure === undefined) continue;
        expect(wire.missing ?? wire.text, wire.address).toBe(displayCell(messages, 'en', cell, measure));
      }
      expect(shown.size, table.id).toBeGreaterThan(0);
    }
  }, 60_000);
  it('has the rows behind it: folded, they give its numerator and denominator', async () => {
    const [served] = site.studies;
    if (served === undefined) throw new Error('no study');
    for (const table of served.tables.slice(0, 12)) {
      const definition = served.study.tables.find((t) => t.id === table.id);
      const cell = table.cells.find((c) => c.origin === 'computed' && c.numerator !== undefined && c.n > 0);
      if (definition === undefined || cell === undefined) continue;
      const rows = rowsBehind(served.study, served.snapshot, definition, addressOf(table, cell));
      const folded = foldRows(rows);
      expect(folded.numerator, addressOf(table, cell)).toEqual(cell.numerator);
      const answer = await json<Answers['cell']>(
        `${STUDY}/cell?address=${encodeURIComponent(addressOf(table, cell))}`,
      );
      expect(answer.rows.total).toBe(rows.length);
    }
  });
  it('stays the same when the table is cut to its measure and period', async () => {
    const whole = await json<Answers['table']>(`${STUDY}/tables/asm.ima.by_city_year`);
    const cut = await json<Answers['table']>(`${STUDY}/tables/asm.ima.by_city_year?measure=ima&period=2018`);
    const all = new Map(whole.rows.flatMap((r) => r.cells.map((c) => [c.address, c.text] as const)));
    const cells = cut.rows.flatMap((r) => r.cells);
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.every((c) => c.address.endsWith('/2018/ima') && all.get(c.address) === c.text)).toBe(true);
  });
});

describe('a cross-tab', () => {
  const asked = `${STUDY}/crosstab?of=assembly&rows=place&columns=period`;
  it('counts what a table of the study counts', async () => {
    const table = await json<Answers['table']>(BY_CITY);
    const own = await json<Answers['crossTab']>(asked);
    const total = (t: Answers['table']) => t.rows.find((r) => r.total)?.cells[0]?.text;
    expect(total(own)).toBe(total(table));
  });
  it('has rows behind each number', async () => {
    const own = await json<Answers['crossTab']>(asked);
    const cell = own.rows[0]?.cells[0];
    const detail = await json<Answers['crossTabCell']>(
      `${STUDY}/crosstab/cell?of=assembly&rows=place&columns=period&address=${encodeURIComponent(cell?.address ?? '')}`,
    );
    expect([detail.text, String(detail.rows.total)]).toEqual([cell?.text, cell?.text]);
  });
  it('is counted under a condition', async () => {
    const condition = encodeURIComponent("counted and form = 'rally'");
    const [all, rallies] = [
      await json<Answers['crossTab']>(asked),
      await json<Answers['crossTab']>(`${asked}&where=${condition}`),
    ];
    const total = (t: Answers['table']) => t.rows.find((r) => r.total)?.cells[0]?.number ?? 0;
    expect(total(rallies)).toBeGreaterThan(0);
    expect(total(rallies)).toBeLessThan(total(all));
  });
  it('offers only pictures that can be drawn', async () => {
    for (const measure of ['count', 'share:row', 'share:column', 'mean:participants.best']) {
      const query = `of=assembly&rows=form&columns=unit&measure=${measure}`;
      const { figures } = await json<Answers['crossTab']>(`${STUDY}/crosstab?${query}`);
      for (const { id } of figures)
        expect(
          (await get(`${STUDY}/crosstab/figure?${query}&kind=${id}`)).statusCode,
          `${measure} ${id}`,
        ).toBe(200);
    }
  });
});

describe('a number of a table', () => {
  const table = (id: string) => json<Answers['table']>(`/api/studies/defenders/tables/${id}?lang=en`);

  it('stands with its interval, and the method is said once', async () => {
    const { rows, notes } = await table('svy.lik_reput');
    const cells = rows.flatMap((row) => row.cells);
    const [shares, counts] = [/share$/, /n$/].map((measure) =>
      cells.filter(({ address }) => measure.test(address)).map(({ interval }) => interval),
    );
    expect(shares).toEqual(shares?.map(() => expect.stringMatching(/^\[\d+\.\d–\d+\.\d\]$/)));
    expect(counts).toEqual(counts?.map(() => undefined));
    expect(notes.filter((note) => note.includes('Wilson'))).toHaveLength(1);
  });
  it('has the same interval where it is explained', async () => {
    const { rows } = await table('svy.lik_reput');
    const cell = rows[0]?.cells.find(({ address }) => address.endsWith('/share'));
    const explained = await json<Answers['cell']>(
      `/api/studies/defenders/cell?address=${cell?.address}&lang=en`,
    );
    const [low, high] = (cell?.interval ?? '').slice(1, -1).split('–');
    expect(explained.interval).toBe(`${low} – ${high} (Wilson, 95 %)`);
  });
  it('of which nobody asked how sure it is has no interval', async () => {
    const { rows } = await table('inc.count.by_unit');
    expect(rows.flatMap((row) => row.cells).filter((cell) => cell.interval !== undefined)).toEqual([]);
  });
  it('that rests on few persons is marked, and the mark is explained', async () => {
    const { rows, notes } = await table('ind.risk.by_unit');
    const akmola = rows.find((row) => row.labels[0] === 'Akmola Region');
    expect(akmola?.cells.map((cell) => cell.marks)).toEqual(akmola?.cells.map(() => '†'));
    expect(notes).toContainEqual(expect.stringMatching(/^† rests on fewer persons/));
  });
  it.each(['asm.count.by_city_year', 'asm.court_rate_persons.by_city'])(
    'that is not there has its mark and its reason: %s',
    async (id) => {
      const { rows, notes } = await json<Answers['table']>(`${STUDY}/tables/${id}?lang=en`);
      const gaps = rows.flatMap((row) => row.cells).filter((cell) => cell.missing !== undefined);
      expect(gaps).not.toEqual([]);
      for (const { text, missing } of gaps)
        expect(notes).toContainEqual(expect.stringContaining(`${text} ${missing}`));
    },
  );
  it.each(LANGUAGES)(
    'counts something that has a word, in %s',
    async (lang) => {
      for (const { study, tables } of site.studies)
        for (const { id, unit } of tables) {
          const shown = await json<Answers['table']>(`/api/studies/${study.id}/tables/${id}?lang=${lang}`);
          expect(shown.unit, id).not.toBe(unit);
        }
    },
    120_000,
  );
});

describe('the pictures of a table', () => {
  const DEFENDERS = '/api/studies/defenders';
  const picturesOf = async (table: string) =>
    (await json<Answers['table']>(`${DEFENDERS}/tables/${table}?lang=en`)).figures;

  const declared = (language: Language) =>
    site.studies.flatMap((served) => served.figures(language).map((figure) => ({ served, ...figure })));
  const tableOf = ({ served, request }: ReturnType<typeof declared>[number]) =>
    `/api/studies/${served.study.id}/tables/${request.table.id}`;

  it('that a report has of it are offered with it', async () => {
    for (const figure of declared('ru')) {
      const { figures } = await json<Answers['table']>(`${tableOf(figure)}?lang=ru`);
      expect(figures.map((f) => f.id)).toContain(figure.anchor);
    }
  }, 60_000);
  it.each(LANGUAGES)(
    'is in %s drawn as the report prints it, where the report has it',
    async (language) => {
      const figures = declared(language);
      expect(figures.length).toBeGreaterThan(20);
      for (const figure of figures) {
        const url = `${tableOf(figure)}/figure?kind=${figure.anchor}&lang=${language}`;
        const { svg } = await json<Answers['tableFigure']>(url);
        const printed = figure.served.draw({ ...figure.request, id: 'figure', width: 720 });
        if ('code' in printed) throw new Error(printed.code);
        expect(svg.replace(/<style>.*?<\/style>/s, '')).toBe(printed.svg);
      }
    },
    60_000,
  );
  it('a figure of several tables is offered with each of them, and names the others', async () => {
    const offered = await picturesOf('svy.lik_tech');
    const first = offered[0]?.id ?? '';
    expect(first).toMatch(/^figure-/);
    const { tables } = await json<Answers['tableFigure']>(
      `${DEFENDERS}/tables/svy.lik_tech/figure?kind=${first}&lang=en`,
    );
    expect(tables.map((t) => t.id)).toEqual(['svy.lik_reput', 'svy.lik_info', 'svy.lik_phys']);
  });
  it('a map of 2015 and 2016 calls its units as they were called then', async () => {
    const { svg } = await json<Answers['tableFigure']>(
      `${DEFENDERS}/tables/inc.count.by_unit/figure?kind=tiles&lang=en`,
    );
    expect(svg).toContain('South KZ');
    expect(svg).not.toContain('Turkistan');
    const { rows } = await json<Answers['table']>(`${DEFENDERS}/tables/inc.count.by_unit?lang=ru`);
    expect(rows.map((r) => r.labels[0])).toContain('Южно-Казахстанская область');
  });
  it('every kind of figure is offered for some table', async () => {
    const kinds = new Set(
      site.studies.flatMap(({ tables }) => tables.flatMap((t) => fittingFigures(t).map(({ kind }) => kind))),
    );
    expect([...kinds].toSorted()).toEqual([...FIGURE_KINDS].toSorted());
  });
});

describe('what is taken away', () => {
  it('a drawing carries its letters and asks for nothing', async () => {
    const { body } = await get(`${BY_CITY}/figure.svg?lang=kk`);
    expect(body).toContain('@font-face');
    expect(body.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });
  it('a table as CSV has a line for each cell', async () => {
    const table = site.studies[0]?.tables.find((t) => t.id === 'asm.count.by_city');
    const { body, headers } = await get(`${BY_CITY}/file.csv`);
    expect(headers['content-disposition']).toBe('attachment; filename="asm.count.by_city.csv"');
    expect(body.trim().split('\n').length - 1).toBe(table?.cells.length);
  });
  it.each(LANGUAGES)('says in %s that it is internal and invented: drawing and workbook', async (lang) => {
    const marks = ['internal', 'synthetic'].map((mark) => messages(lang, `report.mark.${mark}`));
    const drawing = (await get(`${BY_CITY}/figure.svg?lang=${lang}`)).body.replaceAll(/<[^>]*>/g, ' ');
    const parts = await readZip((await get(`${BY_CITY}/file.xlsx?lang=${lang}`)).rawPayload);
    const workbook = Buffer.concat([...parts.values()]).toString('utf8');
    for (const mark of marks) {
      expect(drawing.replaceAll(/\s+/g, ' ')).toContain(mark);
      expect(workbook).toContain(mark);
    }
  });
  it('a table as XLSX is a workbook', async () => {
    expect((await get(`${BY_CITY}/file.xlsx`)).rawPayload.subarray(0, 2).toString()).toBe('PK');
  });
  it('the source is that of the running version, without data, keys and installed packages', async () => {
    const names = namesInZip((await get('/source')).rawPayload);
    const tracked = execFileSync('git', ['ls-files', 'src', 'web', 'studies', 'package.json', 'LICENSE'], {
      cwd: site.program,
      encoding: 'utf8',
    });
    expect(
      tracked
        .trim()
        .split('\n')
        .filter((file) => !names.has(`baqylau/${file}`)),
    ).toEqual([]);
    expect(
      [...names].filter((name) => /node_modules|\/\.git\/|^baqylau\/data\/|\/dist\/|\.npmrc/.test(name)),
    ).toEqual([]);
  });
});

describe('the description for programs', () => {
  it('names every route with its parameters', async () => {
    const { openapi, paths } = await json<{
      openapi: string;
      paths: Record<string, { get: { parameters: { name: string }[] } }>;
    }>('/api/openapi.json');
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(
      Object.values(PATHS).map((path) => path.replaceAll(/:(\w+)/g, '{$1}')),
    );
    expect(paths['/api/studies/{study}/cell']?.get.parameters.map((p) => p.name)).toEqual([
      'study',
      'address',
      'from',
      'lang',
    ]);
  });
});

/** File names of a zip, from its central directory. */
const namesInZip = (bytes: Buffer): ReadonlySet<string> => {
  const names = new Set<string>();
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 46))
    names.add(bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)).toString());
  return names;
};
