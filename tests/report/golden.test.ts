import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildReport, checkReport, renderHtml } from '../../src/report/index.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aReportInput, theMessages } from '../builders/report.ts';

const folder = new URL('./golden/', import.meta.url);
const input = (language: string): string =>
  readFileSync(new URL(`input/report.${language}.md`, folder), 'utf8');
const siblings = LANGUAGES.map((language) => ({ language, href: `report.${language}.html` }));

/** The page without what every report has: the style sheet and the script. */
const own = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '<style></style>')
    .replace(/<script>[\s\S]*?<\/script>/, '<script></script>');

const pageIn = (language: (typeof LANGUAGES)[number]): string => {
  const { document, problems } = buildReport(aReportInput(input(language), language));
  expect(problems).toEqual([]);
  if (document === undefined) throw new Error('no document');
  return renderHtml(document, theMessages, { siblings });
};

describe('the golden report', () => {
  it.each(LANGUAGES)('in %s is the same page, byte for byte', (language) => {
    const page = own(pageIn(language));
    const file = new URL(`expected/report.${language}.html`, folder);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(new URL('.', file), { recursive: true });
      writeFileSync(file, page);
    }
    expect(page).toBe(readFileSync(file, 'utf8'));
  });
  it('has no file that nothing makes', () => {
    const expected = LANGUAGES.map((l) => `report.${l}.html`).sort();
    expect(readdirSync(new URL('expected/', folder)).sort()).toEqual(expected);
  });
  it('says the same in the three languages', () => {
    const { source: _, language: __, ...rest } = aReportInput(input('en'));
    const files = LANGUAGES.map((language) => ({
      file: `report.${language}.md`,
      language,
      text: input(language),
    }));
    expect(checkReport(files, rest)).toEqual([]);
  });
});
