import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readMessages } from '../../src/cli/message-files.ts';
import type { ReportDocument } from '../../src/report/document.ts';
import { renderPdf } from '../../src/report/pdf/render-pdf.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aCell, aDocument, aFigure, aSection, aTable, paragraph, TIME, text } from './a-document.ts';

const messages = readMessages();
const folder = mkdtempSync(join(tmpdir(), 'baqylau-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pdf = (document: ReportDocument = aDocument()): Uint8Array =>
  renderPdf(document, { messages, creationTime: TIME });
/** What a PDF reader says of the file. */
const read = (
  program: 'pdftotext' | 'pdfinfo' | 'pdffonts',
  bytes: Uint8Array,
  ...options: string[]
): string => {
  const file = join(folder, 'report.pdf');
  writeFileSync(file, bytes);
  const after = program === 'pdftotext' ? ['-'] : [];
  const result = spawnSync(program, [...options, file, ...after], { encoding: 'utf8' });
  if (result.error !== undefined) throw result.error;
  return result.stdout;
};
const textOf = (document: ReportDocument): string => read('pdftotext', pdf(document), '-layout');

describe('the printed report', () => {
  it('keeps every Kazakh letter in the text layer', () => {
    const text = textOf(aDocument('kk'));
    for (const letter of 'әғқңөұүһіӘҒҚҢӨҰҮҺІ') expect(text).toContain(letter);
  });
  it.each(LANGUAGES)('names tables, figures and contents in the language of the report: %s', (language) => {
    const text = textOf(aDocument(language));
    const { table, figure, contents } = {
      kk: { table: '1-кесте', figure: '1-сурет', contents: 'Мазмұны' },
      ru: { table: 'Таблица 1', figure: 'Рисунок 1', contents: 'Содержание' },
      en: { table: 'Table 1', figure: 'Figure 1', contents: 'Contents' },
    }[language];
    expect(text).toContain(table);
    expect(text).toContain(figure);
    expect(text).toContain(contents);
  });
  it('prints numbers as the document words them', () => {
    expect(textOf(aDocument())).toContain('12,5 %');
  });
  it('never reads the text of a report as markup', () => {
    expect(textOf(aDocument())).toContain('#strong[*x*] $1$ <b>&');
  });
  it('leads nowhere but to the web, to mail and into itself', () => {
    expect(Buffer.from(pdf()).includes('javascript:')).toBe(false);
  });
  it('is tagged for screen readers and says that it is PDF/UA', () => {
    const bytes = pdf();
    expect(read('pdfinfo', bytes)).toMatch(/Tagged:\s+yes/);
    expect(Buffer.from(bytes).includes('<pdfuaid:part>1</pdfuaid:part>')).toBe(true);
  });
  it('carries title and author', () => {
    const info = read('pdfinfo', pdf(aDocument('kk')));
    expect(info).toMatch(/Title:\s+Үлгі есеп/);
    expect(info).toMatch(/Author:\s+Sample organisation/);
  });
  it('embeds all its fonts, with a way back to letters', () => {
    const fonts = read('pdffonts', pdf()).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(1);
    for (const font of fonts) expect(font).toMatch(/ yes +yes +yes /);
  });
  it('gives pages in its contents', () => {
    const contents =
      textOf(aDocument('en'))
        .split('\f')
        .find((page) => page.includes('Contents')) ?? '';
    expect(contents).toMatch(/1\s+First chapter[ .]+3/);
    expect(contents).toMatch(/1\.1\s+Inner section[ .]+\d/);
    expect(contents).toMatch(/2\s+Assemblies, 2018[ .]+\d/);
  });
  it('prints footnotes on the page of their text, wherever on a page a chapter begins', () => {
    const note = (number: number) => ({ kind: 'footnote', number }) as const;
    const footnotes = [1, 2, 3, 4].map((number) => ({
      number,
      blocks: [paragraph(text(`Note ${number}.`))],
    }));
    const lines = (n: number) =>
      Array.from({ length: n }, () => paragraph(text('A line of the chapter before.')));
    const said = paragraph(
      text('The marked words. '.repeat(8)),
      note(1),
      text(' What the case card says.'.repeat(4)),
      note(2),
      note(3),
      text(' And the materials.'.repeat(4)),
      note(4),
    );
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 260" width="400" height="260"/>';
    const figure = { ...aFigure('en'), svg, height: 260 };
    for (let before = 2; before <= 26; before += 2) {
      const sections = [
        aSection({ blocks: lines(before) }),
        aSection({
          id: 'cases',
          number: '2',
          blocks: lines(1),
          sections: [aSection({ id: 'case', level: 2, number: '2.1', blocks: [said, figure] })],
        }),
      ];
      const pages = textOf(aDocument('en', { sections, footnotes })).split('\f');
      const pageOf = (words: string): number => pages.findIndex((page) => page.includes(words));
      expect(`${before}: ${pageOf('Note 1.')}`).toBe(`${before}: ${pageOf('The marked words.')}`);
    }
  });
  it('repeats the head of a table that runs over the page', () => {
    const pages = textOf(aDocument('en'))
      .split('\f')
      .filter((page) => /City \d+ /.test(page) && !page.includes('Table 1.'));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toMatch(/City\s+Assemblies\s+Share, %/);
  });
  it('explains the marks of a table that runs over the page on each of its pages, below rows of it', () => {
    // Every length from the one that fills the page to the one that begins the next.
    for (let length = 36; length <= 46; length += 1) {
      const pages = textOf(
        aDocument('en', { sections: [aSection({ blocks: [aTable('en', { length })] })] }),
      ).split('\f');
      const explained = pages.filter((page) => page.includes('A footnote in English.'));
      expect(explained.length).toBeGreaterThan(0);
      for (const page of explained) expect(page).toMatch(/City \d+ .*\n(.*\n)*.*A footnote in English/);
      for (const page of pages.filter((p) => /City \d+ /.test(p) && p.includes('Share, %')))
        expect(explained).toContain(page);
    }
  });
  it('puts two pictures on a page when each is just too high for half of it', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 479" width="720" height="479"/>';
    const picture = (number: string) => ({
      ...aFigure('en'),
      number,
      anchor: `figure-${number}`,
      svg,
      notes: ['One.', 'Two.', 'Three.'],
    });
    // Beside the heading of the chapter the first has no room for a second.
    const blocks = ['1', '2', '3'].map(picture);
    const pages = textOf(aDocument('en', { sections: [aSection({ blocks })] })).split('\f');
    const pageOf = (words: string): number => pages.findIndex((page) => page.includes(words));
    expect(pageOf('Figure 2.')).toBeGreaterThan(pageOf('Figure 1.'));
    expect(pageOf('Figure 3.')).toBe(pageOf('Figure 2.'));
  });
  it('prints the marks that must not be missed on every page but the cover, which has them in full', () => {
    const pages = textOf(aDocument('en'))
      .split('\f')
      .filter((page) => page.trim() !== '');
    for (const page of pages) expect(page).toContain('Internal mark');
  });
  it('lays a table on its side that upright would be too small to read', () => {
    const columns = 16;
    const wide = aTable('en', {
      number: 'A1',
      columns,
      header: [Array.from({ length: columns }, (_, i) => ({ text: `Assemblies ${i}`, span: 1 }))],
      rows: aTable('en').rows.map((row) => ({
        ...row,
        cells: Array.from({ length: columns }, (_, i) => ({
          ...aCell(),
          text: `${i}`,
        })),
      })),
    });
    const document = aDocument('en');
    const pages = read(
      'pdfinfo',
      pdf({ ...document, annex: { ...document.annex, blocks: [wide] } }),
      '-l',
      '99',
    );
    expect(pages).toMatch(/size:\s+841\.89 x 595/);
  });
  it('is the same bytes from the same document, whenever it is made', () => {
    expect(Buffer.from(pdf()).equals(Buffer.from(pdf()))).toBe(true);
  });
  it('differs when the time of the report differs', () => {
    const later = renderPdf(aDocument(), { messages, creationTime: new Date('2020-02-01T00:00:00Z') });
    expect(Buffer.from(later).equals(Buffer.from(pdf()))).toBe(false);
  });
});
