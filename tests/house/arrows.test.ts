// The arrows are only worth what their check catches, so here is a house in which each of them is broken once.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const house = resolve(import.meta.dirname, '../..');
const houses: string[] = [];
afterAll(() => {
  for (const root of houses) rmSync(root, { recursive: true, force: true });
});

const GOOD: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'small-house',
    type: 'module',
    dependencies: { yaml: '*', fastify: '*' },
    devDependencies: { 'fast-check': '*' },
  }),
  'src/vocabulary/index.ts': "export * from './word.ts';\n",
  'src/vocabulary/word.ts': 'export const word = 1;\n',
  'src/vocabulary/messages/kk.yaml': 'a: b\n',
  'src/study/index.ts':
    "import { word } from '../vocabulary/index.ts';\nexport * from './study.ts';\nexport const w = word;\n",
  'src/study/study.ts': 'export interface Study { readonly id: string }\nexport const read = 1;\n',
  'src/sealing/index.ts': 'export const seal = 1;\n',
  'src/sheets/index.ts': 'export interface Sheet { readonly name: string }\nexport const unzip = 1;\n',
  'src/records/index.ts': `
    import { parse } from 'yaml';
    import { seal } from '../sealing/index.ts';
    import { read } from '../study/index.ts';
    export const fold = [read, seal, parse];`,
  'src/records/fold.test.ts': `
    import { readFileSync } from 'node:fs';
    import fc from 'fast-check';
    import { person } from '../../tests/builders/person.ts';
    import { fold } from './index.ts';
    export const all = [readFileSync, fc, person, fold];`,
  'src/log/index.ts': "import { fold } from '../records/index.ts';\nexport const append = fold;\n",
  'src/tables/index.ts':
    "import { read } from '../study/index.ts';\nexport type Cell = string;\nexport const count = read;\n",
  'src/report/index.ts': "import { count } from '../tables/index.ts';\nexport const print = count;\n",
  'src/checker/index.ts': "import type { Sheet } from '../sheets/index.ts';\nexport type Checked = Sheet;\n",
  'src/cli/main.ts':
    "import { store } from '../../adapters/store-sqlite/index.ts';\nexport const run = store;\n",
  'adapters/store-sqlite/index.ts': `
    import { DatabaseSync } from 'node:sqlite';
    import { append } from '../../src/log/index.ts';
    export const store = [DatabaseSync, append];`,
  'web/src/main.tsx': `
    import kk from '../../src/vocabulary/messages/kk.yaml?raw';
    import { read } from '../../src/study/index.ts';
    export const page = [kk, read];`,
  'tests/builders/person.ts':
    "import { read } from '../../src/study/study.ts';\nexport const person = read;\n",
};

interface Breach {
  readonly what: string;
  readonly file: string;
  readonly text: string;
  /** The rule that must name this file. */
  readonly rule: string;
}

const BREACHES: readonly Breach[] = [
  {
    what: 'a layer imports a layer above it',
    file: 'src/study/upwards.ts',
    text: "import { count } from '../tables/index.ts';\nexport const x = count;",
    rule: 'study-may-import',
  },
  {
    what: 'only a type is imported',
    file: 'src/statistics/type-only.ts',
    text: "import type { Cell } from '../tables/index.ts';\nexport type X = Cell;",
    rule: 'statistics-may-import',
  },
  {
    what: 'a type is imported in place',
    file: 'src/statistics/type-in-place.ts',
    text: "export type X = import('../tables/index.ts').Cell;",
    rule: 'statistics-may-import',
  },
  {
    what: 'an import at run time',
    file: 'src/statistics/at-run-time.ts',
    text: "export const x = () => import('../tables/index.ts');",
    rule: 'statistics-may-import',
  },
  {
    what: 'a re-export',
    file: 'src/statistics/re-export.ts',
    text: "export * from '../tables/index.ts';",
    rule: 'statistics-may-import',
  },
  {
    what: 'a test of a layer imports a layer above it',
    file: 'src/study/upwards.test.ts',
    text: "import { count } from '../tables/index.ts';\nexport const x = count;",
    rule: 'study-may-import-in-tests',
  },
  {
    what: 'the inside of another layer is imported',
    file: 'src/records/inside.ts',
    text: "import type { Study } from '../study/study.ts';\nexport type X = Study;",
    rule: 'entry-points-only',
  },
  {
    what: 'the inside of the vocabulary is imported',
    file: 'src/study/inside.ts',
    text: "import { word } from '../vocabulary/word.ts';\nexport const x = word;",
    rule: 'entry-points-only',
  },
  {
    what: 'a layer imports an adapter',
    file: 'src/log/adapter.ts',
    text: "import { store } from '../../adapters/store-sqlite/index.ts';\nexport const x = store;",
    rule: 'log-may-import',
  },
  {
    what: 'an adapter imports past its port',
    file: 'adapters/store-sqlite/past-port.ts',
    text: "import { read } from '../../src/study/index.ts';\nexport const x = read;",
    rule: 'store-sqlite-may-import',
  },
  {
    what: 'the product imports its tests',
    file: 'src/server/tests.ts',
    text: "import { person } from '../../tests/builders/person.ts';\nexport const x = person;",
    rule: 'server-may-import',
  },
  {
    what: 'the browser imports a layer of the server',
    file: 'web/src/server.ts',
    text: "import { print } from '../../src/report/index.ts';\nexport const x = print;",
    rule: 'web-may-import',
  },
  {
    what: 'a pure layer imports Node',
    file: 'src/study/node.ts',
    text: "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;",
    rule: 'pure-layers-have-no-node',
  },
  {
    what: 'a pure layer imports a young part of Node',
    file: 'src/study/young-node.ts',
    text: "import { DatabaseSync } from 'node:sqlite';\nexport const x = DatabaseSync;",
    rule: 'pure-layers-have-no-node',
  },
  {
    what: 'a pure layer imports Node by its old name',
    file: 'src/study/old-node.ts',
    text: "import { join } from 'path';\nexport const x = join;",
    rule: 'pure-layers-have-no-node',
  },
  {
    what: 'a pure layer takes code from a declared layer that is not pure',
    file: 'src/checker/sheets.ts',
    text: "import { unzip } from '../sheets/index.ts';\nexport const x = unzip;",
    rule: 'pure-layers-take-only-types-from-the-rest',
  },
  {
    what: 'a pure layer imports a package that runs in Node only',
    file: 'src/contract/node-only.ts',
    text: "import fastify from 'fastify';\nexport const x = fastify;",
    rule: 'pure-layers-use-packages-that-run-in-browsers',
  },
  {
    what: 'the product imports a package of its tests',
    file: 'src/study/dev-package.ts',
    text: "import fc from 'fast-check';\nexport const x = fc;",
    rule: 'declared-packages-only',
  },
  {
    what: 'the product imports a package that is declared for tests only',
    file: 'src/study/undeclared-package.ts',
    text: "import { assert } from 'fast-check';\nexport const x = assert;",
    rule: 'declared-packages-only',
  },
  {
    what: 'two files import each other',
    file: 'src/study/back.ts',
    text: "import type { There } from './there.ts';\nexport interface Back { readonly there: There }",
    rule: 'no-cycles',
  },
  {
    what: 'the imported file is not there',
    file: 'src/study/lost.ts',
    text: "export * from './not-here.ts';",
    rule: 'resolvable',
  },
];

/** The other half of the circle; the check names one file of it. */
const CIRCLE = {
  'src/study/there.ts':
    "import type { Back } from './back.ts';\nexport interface There { readonly back: Back }",
};

const BAD_NAMES: Readonly<Record<string, string>> = {
  'src/gossip/index.ts': 'src/gossip: not declared',
  'adapters/cloud/index.ts': 'adapters/cloud: not declared',
  'src/everything.ts': 'src/everything.ts: a file outside every layer',
  'src/study/utils/thing.ts': 'src/study/utils: name the folder',
};

const checkHouse = (files: Readonly<Record<string, string>>): { ok: boolean; says: string } => {
  const root = mkdtempSync(join(tmpdir(), 'baqylau-arrows-'));
  houses.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(join(house, 'node_modules'), join(root, 'node_modules'));
  const run = spawnSync(process.execPath, [join(house, 'tools/arrows.mjs'), root], { encoding: 'utf8' });
  return { ok: run.status === 0, says: `${run.stdout}${run.stderr}` };
};

test('a house that follows the arrows passes', () => {
  const { ok, says } = checkHouse(GOOD);
  expect(says).toContain('no dependency violations');
  expect(ok).toBe(true);
});

test('every broken arrow is caught, and nothing else', () => {
  const broken = Object.fromEntries(BREACHES.map(({ file, text }) => [file, text]));
  const { ok, says } = checkHouse({ ...GOOD, ...CIRCLE, ...broken });
  const caught = [...says.matchAll(/error ([\w-]+): (\S+)/g)].map(
    ([, rule, file]) => `${file} breaks ${rule}`,
  );
  for (const { what, file, rule } of BREACHES) expect(caught, what).toContain(`${file} breaks ${rule}`);
  const files = new Set(BREACHES.map(({ file }) => file));
  expect(caught.filter((line) => !files.has(line.split(' ')[0] ?? ''))).toEqual([]);
  expect(ok).toBe(false);
});

test.each(Object.entries(BAD_NAMES))('%s is caught by its name', (file, sentence) => {
  const { ok, says } = checkHouse({ ...GOOD, [file]: 'export const x = 1;\n' });
  expect(says).toContain(sentence);
  expect(ok).toBe(false);
});

test('every layer that the browser imports is pure', () => {
  const arrows = JSON.parse(readFileSync(join(house, 'tools/arrows.json'), 'utf8'));
  expect([...arrows.pure].toSorted()).toEqual([...arrows.everyoneMayImport, ...arrows.web].toSorted());
});
