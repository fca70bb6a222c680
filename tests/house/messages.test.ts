import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { LANGUAGES, PROBLEMS, readCatalogue } from '../../src/vocabulary/index.ts';

const folder = new URL('../../src/vocabulary/messages/', import.meta.url);
const catalogue = (language: string) =>
  readCatalogue(readFileSync(new URL(`${language}.yaml`, folder), 'utf8'));
const catalogues = new Map(LANGUAGES.map((language) => [language, catalogue(language)]));
const english = catalogues.get('en') ?? new Map<string, string>();

/** Names of the arguments of an ICU message, in order of name. */
const argumentsOf = (text: string, language: string): readonly string[] => {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { type, value, options } = node as {
      type?: number;
      value?: unknown;
      options?: Record<string, { value: unknown }>;
    };
    if (typeof value === 'string' && type !== 0 && type !== 7) names.add(value);
    for (const option of Object.values(options ?? {})) walk(option.value);
  };
  walk(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
};

describe('the message catalogues', () => {
  test.each(LANGUAGES)('%s has every message and no other', (language) => {
    expect([...(catalogues.get(language)?.keys() ?? [])].sort()).toEqual([...english.keys()].sort());
  });

  test.each(LANGUAGES)('%s takes the same arguments as English', (language) => {
    const differing = [...(catalogues.get(language) ?? [])].filter(
      ([id, text]) => argumentsOf(text, language).join() !== argumentsOf(english.get(id) ?? '', 'en').join(),
    );
    expect(differing.map(([id]) => id)).toEqual([]);
  });

  test('Kazakh has one plural form: a noun after a number does not change', () => {
    const several = /, plural,(?:\s*=\d+ \{[^{}]*\})*\s*(?:zero|one|two|few|many) \{/;
    const found = [...(catalogues.get('kk') ?? [])].filter(([, text]) => several.test(text));
    expect(found.map(([id]) => id)).toEqual([]);
    expect(several.test('{n, plural, =0 {нет} one {# запись} other {# записи}}')).toBe(true);
  });

  test('every problem says what happened and what to do next', () => {
    const silent = Object.keys(PROBLEMS).filter(
      (code) => !english.has(`problem.${code}.says`) || !english.has(`problem.${code}.remedy`),
    );
    expect(silent).toEqual([]);
  });

  test('only existing messages wait for a reviewer', () => {
    const { review } = parse(readFileSync(new URL('review.yaml', folder), 'utf8')) as { review: string[] };
    expect(review.filter((id) => !english.has(id))).toEqual([]);
  });
});
