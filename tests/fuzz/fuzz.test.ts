import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ProblemError, problem } from '../../src/vocabulary/index.ts';
import { fuzz, type Parser } from './fuzz.ts';
import { changedText, changedTree } from './mutate.ts';

const TREE = { body: { values: { a: [{ values: { b: 1 } }] } }, signature: 'x' };
const input: Parser['input'] = (list, which) =>
  which % 2 === 0
    ? JSON.stringify(changedTree(TREE, list))
    : changedText(JSON.stringify(TREE), list, ['[', '{"a":', '"']);
const parser = (parse: (text: string) => unknown): Parser<string> => ({
  name: 'control',
  input: input as Parser<string>['input'],
  parse,
});
const guarded = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(problem('not_found', { path: 'JSON' }));
  }
};
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('a parser without its guard is caught', () => {
  const RUNS = 2_000;
  test('one with all of them passes', async () => {
    await expect(fuzz(parser(guarded), RUNS)).resolves.toMatchObject({ inputs: RUNS });
  });
  test('of syntax', async () => {
    await expect(fuzz(parser(JSON.parse), RUNS)).rejects.toThrow('Property failed');
  });
  test('of shape', async () => {
    const careless = (text: string) => (guarded(text) as typeof TREE).body.values.a[0]?.values.b.toFixed(1);
    await expect(fuzz(parser(careless), RUNS)).rejects.toThrow('Property failed');
  });
  test('of shape, told as an error of its own', async () => {
    await expect(
      fuzz(
        parser((text) => z.strictObject({ body: z.unknown(), signature: z.string() }).parse(guarded(text))),
        RUNS,
      ),
    ).rejects.toThrow('Property failed');
  });
  test('of depth: it recurses as deep as it is told to', async () => {
    const recursing = (text: string) => {
      if (depthOf(guarded(text)) > 100) throw new RangeError('Maximum call stack size exceeded');
    };
    await expect(fuzz(parser(recursing), RUNS)).rejects.toThrow('Property failed');
  });
  test('of time', async () => {
    const slow = (text: string) => {
      const start = performance.now();
      while (text.length > 400 && performance.now() - start < 60);
    };
    await expect(fuzz(parser(slow), RUNS, 50)).rejects.toThrow('Property failed');
  });
  test('of texts: a problem whose sentence lacks a detail', async () => {
    const mute = () => {
      throw new ProblemError(problem('import_limit', {}));
    };
    await expect(fuzz(parser(mute), 10)).rejects.toThrow('Property failed');
  });
});
