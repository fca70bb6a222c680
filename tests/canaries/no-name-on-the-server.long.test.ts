import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUserKey, openWorkspace, pinRoot, type Workspace } from '../../src/workspace/index.ts';
import { type Keys, withKeys } from '../builders/keyed-folder.ts';
import { aMappingWith, withFolder } from '../import/an-import.ts';
import type { Cluster } from '../postgres/a-cluster.ts';
import { counted, keepFigure } from '../reliability/figure.ts';
import { aMachine, type Machine, type Run, type Started } from './a-machine.ts';
import { assemblyCards, type Canaries, canaries, proceedingWorkbook } from './card-tables.ts';
import { aClusterThatKeepsAll, keepUncompressed } from './cluster-that-keeps-all.ts';
import { formsOf, type Hit, searchFolders } from './search.ts';

const letters = (n: number): string =>
  Array.from({ length: n }, () => String.fromCharCode(97 + randomInt(26))).join('');
const effects = { clock: () => Date.now(), random: (n: number) => crypto.getRandomValues(new Uint8Array(n)) };
const PASSPHRASE = 'seven words that nobody else would ever say';

let machine: Machine;
let cluster: Cluster | undefined;
let names: Canaries;
let keys: Keys;
let record = '';
const opened = async <T>(use: (workspace: Workspace) => Promise<T>): Promise<T> => {
  const workspace = await openWorkspace(machine.path('data'), { effects, databaseUrl: cluster?.url ?? '' });
  try {
    return await use(workspace);
  } finally {
    await workspace.close();
  }
};
const data = (): readonly string[] => ['--data', machine.path('data')];
const succeeds = async (...argv: readonly string[]): Promise<Run> => {
  const run = await machine.run(argv);
  expect(run.code, `${argv[0]}: ${run.printed}`).toBe(0);
  return run;
};
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(machine.privately(name), content);
  return machine.privately(name);
};

/** A name in each photo too. */
const writePhotos = (photos: readonly string[]): void => {
  mkdirSync(machine.privately('photos'), { recursive: true });
  for (const photo of photos) write(`photos/${photo}`, names.next());
};

/** Pages, reports and answers of a running site, by following what they name. */
const crawl = async (address: string): Promise<number> => {
  const seen = new Set<string>();
  const study = '/api/studies/assemblies';
  const waiting = [
    '/',
    '/ru',
    '/api/openapi.json',
    '/api/studies',
    study,
    `${study}/codebook`,
    `${study}/published`,
    `${study}/crosstab?of=assembly&rows=form&columns=period`,
    `${study}/crosstab?of=assembly&rows=organiser_actor&columns=period`,
    `${study}/crosstab?of=proceeding.hearings&rows=notes&columns=period`,
    `${study}/cell?address=asm.count.by_city/_total/2018/n`,
    ...['html', 'pdf', 'docx', 'xlsx'].map((format) => `/reports/assemblies/2018/report.ru.${format}`),
  ];
  while (waiting.length > 0 && seen.size < 120) {
    const path = waiting.shift() ?? '';
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await fetch(new URL(path, address));
    const body = Buffer.from(await answer.arrayBuffer());
    expect(body.includes(names.marker), path).toBe(false);
    const text = /json|html|text/.test(answer.headers.get('content-type') ?? '') ? body.toString() : '';
    for (const [, found = ''] of text.matchAll(/(?:href|src)="(\/[^"#]*)"|"(\/api\/[^"{}]*)"/g))
      if (found !== '') waiting.push(found);
    for (const [, table = ''] of text.matchAll(/"id":"(asm\.[a-z_.]+)"/g))
      waiting.push(`${study}/tables/${table}`, `${study}/tables/${table}/file.csv`);
  }
  return seen.size;
};

const heapOf = async (server: Started, folder: string): Promise<void> => {
  server.child.kill('SIGUSR2');
  const dump = (): string | undefined => readdirSync(folder).find((name) => name.endsWith('.heapsnapshot'));
  for (let before = -1; ; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const found = dump();
    if (found === undefined) continue;
    const { size } = statSync(join(folder, found));
    if (size > 0 && size === before) return;
    before = size;
  }
};

describe.each(['SQLite', 'PostgreSQL'] as const)(
  'S5: no name reaches the server, whose log is in %s',
  (store) => {
    beforeAll(async () => {
      cluster = store === 'PostgreSQL' ? await aClusterThatKeepsAll() : undefined;
      machine = aMachine(cluster?.url);
      names = canaries(`qanary${letters(12)}`);
      await succeeds('init', '--org', 'sample', ...data());
      if (cluster !== undefined) await keepUncompressed(cluster);
      keys = await opened((workspace) => withKeys(workspace, { 'assemblies/_all': ['aru', 'beket'] }));
    });
    afterAll(async () => {
      machine.remove();
      await cluster?.remove();
    });

    it('a thousand names go in by every way there is', { timeout: 240_000 }, async () => {
      const proceedings = await proceedingWorkbook(names);
      const workbook = write('proceedings.xlsx', proceedings.workbook);
      await succeeds('import', write('proceedings.yaml', proceedings.mapping), workbook, ...data());

      const cards = assemblyCards(names);
      const mapping = write('assemblies.yaml', cards.mapping);
      writePhotos(cards.photos);
      const [first, last] = [cards.first, cards.first.length - 1];
      const bad = [
        first.with(0, 'bad-1').with(last, names.next()), // a name for a number
        first.with(0, 'bad-2').with(last, `=${names.next()}`),
        [names.next(), ...first], // everything shifted by one
        first.slice(0, -3),
        first.with(0, 'bad-3').with(1, '31.02.2018'),
        first.with(0, 'bad-4').with(last - 1, `${names.next()}.jpg`), // a file that is not there
      ].map((cells) => cells.join(';'));
      const withBad = write('bad.csv', cards.csv(...bad));
      expect((await machine.run(['import', mapping, withBad, ...data()])).code).toBe(2);
      const quotes = write('quotes.csv', cards.csv().replace(names.marker, `"${names.marker}`));
      expect((await machine.run(['import', mapping, quotes, ...data()])).code).toBe(2);
      await succeeds('import', mapping, withBad, ...data(), '--accept-valid');

      const revised = assemblyCards(names, (line) => line.replace(/;(\d\d):\d\d;/, ';$1:59;'));
      writePhotos(revised.photos);
      const again = write('revised.csv', revised.csv());
      await succeeds('import', mapping, again, ...data(), '--dry-run');
      await succeeds('import', mapping, again, ...data());
      await succeeds('import', mapping, again, ...data(), '--reseal');
      expect(names.made()).toBeGreaterThanOrEqual(1000);
    });

    it('who holds a key sees them; who is in no team does not', async () => {
      record = await opened(async (w) => w.importId('assemblies', 'assembly', ['2018-001']));
      const { people } = keys;
      const passphrase = write('passphrase', PASSPHRASE);
      for (const user of ['aru', 'dana']) {
        const own = people[user] === undefined ? {} : { identity: people[user].identity };
        await makeUserKey(machine.privately(user), {
          org: 'sample',
          user,
          passphrase: PASSPHRASE,
          ...own,
          random: effects.random,
        });
      }
      for (const user of ['aru', 'dana']) pinRoot(machine.privately(user), keys.root);
      const reveal = (user: string): Promise<Run> =>
        machine.run(
          [
            'reveal',
            record,
            ...data(),
            '--keys',
            machine.privately(user),
            '--passphrase-file',
            passphrase,
            '--reason',
            'test',
            '--out',
            machine.privately(`opened-by-${user}`),
          ],
          { keep: user !== 'aru' },
        );
      const asAru = ['--keys', machine.privately('aru'), '--passphrase-file', passphrase];
      await succeeds('link', 'candidates', 'assemblies', ...data(), ...asAru);
      await succeeds('keys', 'rewrap', ...data(), ...asAru);
      const [ours, theirs] = [await reveal('aru'), await reveal('dana')];
      expect([ours.code, ours.printed.includes(names.marker)], ours.printed).toEqual([0, true]);
      expect([theirs.code, theirs.printed.includes(names.marker)], theirs.printed).toEqual([4, false]);
      const [photo = ''] = readdirSync(machine.privately('opened-by-aru'));
      expect(readFileSync(machine.privately('opened-by-aru', photo), 'utf8')).toContain(names.marker);
      expect(existsSync(machine.privately('opened-by-dana'))).toBe(false);
    });

    it('snapshots, tables, reports, exports and backups are made of the folder', {
      timeout: 240_000,
    }, async () => {
      await succeeds('verify', ...data());
      await succeeds('snapshot', 'assemblies', ...data(), '--out', machine.path('snapshots'));
      await succeeds('table', '--all', '--study', 'assemblies', '--format', 'json', ...data());
      const formats = ['--to', 'html,pdf,docx,xlsx', '--lang', 'ru'];
      await succeeds('report', 'assemblies', ...data(), ...formats, '--out', machine.path('report'));
      await succeeds('log', 'export', ...data(), '--out', machine.path('log.jsonl'));
      await succeeds('backup', ...data(), '--to', machine.path('backups'));
      const recovery = write('recovery.txt', `${keys.recovery}\n`);
      await succeeds(
        'restore',
        '--from',
        machine.path('backups'),
        '--identity',
        recovery,
        '--data',
        machine.path('restored'),
      );
      await succeeds(
        'backup',
        'check',
        machine.path('backups'),
        '--identity',
        recovery,
        '--scratch',
        machine.path('tmp'),
      );
      const [entry] = await opened((workspace) => workspace.entries(record));
      await succeeds(
        'prove',
        entry?.body.entry_id ?? '',
        ...data(),
        '--with-entry',
        '--out',
        machine.path('proof.json'),
      );
      const withdrawn = ['consent', 'withdraw', 'assemblies/assembly/2018-002', ...data()];
      await succeeds(...withdrawn, '--author', 'aru', '--how', 'letter');
      const two = ['--author', 'aru', '--approved-by', 'beket', '--basis', 'request'];
      await succeeds('erase', record, ...data(), ...two);
      await succeeds('verify', ...data());
    });

    it('the site serves it, and its heap is dumped while it runs', { timeout: 240_000 }, async () => {
      const site = machine.start(
        ['serve', ...data(), '--port', '0'],
        ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${machine.path('printed')}`],
      );
      const [address] = await site.said(/http:\/\/127\.0\.0\.1:\d+/);
      expect(await crawl(address)).toBeGreaterThan(20);
      await heapOf(site, machine.path('printed'));
      await site.stop();
    });

    it('and no name is anywhere on the server, in any form', { timeout: 240_000 }, async () => {
      if (cluster !== undefined) {
        writeFileSync(machine.path('dump.sql'), cluster.run('pg_dump', cluster.url));
        await cluster.stop();
      }
      const everywhere = [machine.server, ...(cluster === undefined ? [] : [cluster.folder])];
      const found = await searchFolders(everywhere, names.marker);
      expect(found.hits).toEqual([]);
      expect((await searchFolders(everywhere, '47.918273')).hits).toEqual([]);
      const log = store === 'SQLite' ? 'data/log.db' : 'dump.sql';
      for (const part of [log, 'report', 'backups', 'restored/log.db', 'log.jsonl', 'snapshots'])
        expect(existsSync(machine.path(part)), part).toBe(true);

      // Negative control: the same search, of one name that was written plain, and of what the server may know.
      const control = await plainControl();
      const placesOf = (hits: readonly Hit[]) =>
        [...new Set(hits.map(({ file }) => partOf(file)))].toSorted();
      expect(control.map((hit) => hit.form)).toContain('utf-8');
      expect(placesOf(control)).toEqual(cluster === undefined ? ['log.db-wal'] : ['base', 'log', 'pg_wal']);
      const known = await searchFolders([machine.path('printed')], 'kazfem');
      expect(known.hits.some((hit) => hit.file.endsWith('.heapsnapshot'))).toBe(true);
      for (const [part, format] of [
        ['<w:document', 'docx'],
        ['<worksheet', 'xlsx'],
      ] as const) {
        const { hits } = await searchFolders([machine.path('report')], part);
        expect(
          hits.some((hit) => hit.file.endsWith(format)),
          format,
        ).toBe(true);
      }
      const whole =
        cluster === undefined
          ? 'heap dump of the server included'
          : 'heap dump of the server, tables, indexes, the whole write-ahead log and the log of every statement of PostgreSQL included';
      keepFigure({
        id: 'S5',
        ...(cluster === undefined ? {} : { part: store }),
        found: `${counted(names.made())} names through every workflow; ${counted(found.files)} files, ${Math.round(found.bytes / 1e6)} MB searched in ${formsOf('x').length} forms, ${whole}: 0 found`,
        control: `1 name written plain: found in ${placesOf(control).join(', ')}`,
      });
    });
  },
);

/** A name in a field that is kept in plain: as a folder looks whose user worked around the mapping. */
const plainControl = async (): Promise<readonly Hit[]> => {
  const marker = `plainq${letters(12)}`;
  await cluster?.start();
  return withFolder(
    async (folder) => {
      await folder.import(
        `No,Date,Form,People,X\n1,10.01.2018,митинг,20,${marker}\n`,
        aMappingWith({ remark: 'X' }),
      );
      await cluster?.stop();
      return (await searchFolders([cluster?.folder ?? folder.workspace.dir], marker)).hits;
    },
    { databaseUrl: cluster?.url ?? '' },
  );
};

/** Which part of the database a file is. */
const partOf = (file: string): string => /\/(base|pg_wal)\//.exec(file)?.[1] ?? basename(file);
