import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const house = resolve(import.meta.dirname, '../..');
const sources = (folder: string): readonly string[] =>
  readdirSync(join(house, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);

/** Every regular expression written in a file, also as a text given to `new RegExp` or `regex(…)`. */
const regexesIn = (file: string): readonly RegExp[] => {
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, body = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      found.push(new RegExp(body, flags.replaceAll('g', '')));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(house, file), 'utf8'), ts.ScriptTarget.Latest));
  return found;
};

/** One letter for each thing that a regular expression may look for: its own characters, and one of each class. */
const lettersOf = ({ source }: RegExp): readonly string[] => {
  const own = [...source.replaceAll(/\\[dwspPDWSbBxuk]|[\\^$()[\]{}?*+]/g, '')].filter((c) => c !== '|');
  return [
    ...new Set([...own.slice(0, 12), 'a', 'A', '0', ' ', 'я', '-', '.', '"', '\n', '[', '(', '*', '{']),
  ];
};

/** Texts that make a backtracking engine try again and again: long runs, of one thing and of two, with a wrong end. */
const pumpsOf = (regex: RegExp): readonly ((length: number) => string)[] => {
  const letters = lettersOf(regex);
  const words = [...new Set(regex.source.match(/[A-Za-z%<{"[(]{2,}/g) ?? [])].slice(0, 6);
  const pairs = letters.slice(0, 5).flatMap((a) => letters.slice(0, 5).map((b) => a + b));
  const starts = ['', ...letters.slice(0, 2), ...words.slice(0, 2)];
  return [...letters, ...pairs, ...words].flatMap((unit) =>
    starts.map(
      (start) => (length: number) => `${start}${unit.repeat(Math.ceil(length / unit.length))}\u0001`,
    ),
  );
};

/** Short ones first: what is exponential would not come back from a long one. */
const LENGTHS = [24, 28, 32, 36, 40, 44, 48, 56, 64, 300, 2_000, 20_000];
const MOST_MS = 150;

/** The length at which a text took too long; undefined where none did. Stops there: what is super-linear would not come back. */
export const slowAt = (regex: RegExp): number | undefined => {
  for (const length of LENGTHS)
    for (const pump of pumpsOf(regex)) {
      const text = pump(length);
      const start = performance.now();
      regex.test(text);
      // Once more before it is blamed: the machine may have been busy.
      if (performance.now() - start < MOST_MS) continue;
      const again = performance.now();
      regex.test(text);
      if (performance.now() - again >= MOST_MS) return length;
    }
  return undefined;
};

const LAYERS = [
  'src/vocabulary',
  'src/study',
  'src/sheets',
  'src/sealing',
  'src/records',
  'src/log',
  'src/exchange',
  'src/report',
  'src/figures',
  'src/tables',
  'src/checker',
  'src/contract',
  'src/server',
  'src/workspace',
  'src/cli',
  'adapters',
];

describe('no regular expression backtracks: a text of 20,000 characters is tried in no time, whatever it holds', () => {
  test.each(LAYERS)('%s', { timeout: 120_000 }, (layer) => {
    const slow = sources(layer).flatMap((file) =>
      regexesIn(file).flatMap((regex) => {
        const length = slowAt(regex);
        return length === undefined ? [] : [`${file}: ${regex} at ${length} characters`];
      }),
    );
    expect(slow).toEqual([]);
  });
  test.each([/^(a+)+$/, /^\s*\s*x/, /(?=\p{L}*\p{Script=Cyrillic})\p{L}+x/u, /^(?:YYYY|MM?|DD?)+$/])(
    'one that does is found: %s',
    (regex) => {
      expect(slowAt(regex)).toBeDefined();
    },
  );
});
