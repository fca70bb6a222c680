import { beforeAll, describe, expect, it } from 'vitest';
import { readMessages } from '../../src/cli/message-files.ts';
import type { ReportDocument } from '../../src/report/document.ts';
import { renderDocx } from '../../src/report/docx/render-docx.ts';
import { readZip } from '../../src/sheets/index.ts';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aCell, aDocument, aSection, aTable, TIME } from './a-document.ts';

const messages = readMessages();
const docx = (document: ReportDocument): Promise<Uint8Array> =>
  renderDocx(document, { messages, creationTime: TIME });
const partsOf = async (document: ReportDocument): Promise<ReadonlyMap<string, Buffer>> =>
  new Map([...(await readZip(await docx(document)))].map(([name, part]) => [name, Buffer.from(part)]));

describe('the Word file of a report', () => {
  let parts: ReadonlyMap<string, Buffer>;
  beforeAll(async () => {
    parts = await partsOf(aDocument('en'));
  });
  const part = (name: string): string => parts.get(name)?.toString('utf8') ?? '';
  const body = (): string => part('word/document.xml');

  it.each(['Title', 'Heading1', 'Heading2', 'Caption', 'TableCaption', 'TableText', 'TOC1', 'FootnoteText'])(
    'has the style %s',
    (style) => {
      expect(part('word/styles.xml')).toContain(`w:styleId="${style}"`);
    },
  );
  it('numbers captions by fields, the annex in a sequence of its own', () => {
    expect(body().match(/SEQ Table /g)).toHaveLength(2);
    expect(body().match(/SEQ AnnexTable /g)).toHaveLength(1);
    expect(body().match(/SEQ Figure /g)).toHaveLength(1);
  });
  it('has contents as fields, filled in with titles and pages', () => {
    expect(body()).toContain('TOC \\h \\o &quot;1-2&quot;');
    expect(body()).toContain('TOC \\h \\c &quot;Table&quot;');
    expect(body()).toMatch(/PAGEREF b_table_2[\s\S]{0,120}<w:t[^>]*>\d+<\/w:t>/);
  });
  it('turns the headings of a table that has too many for the widest page', async () => {
    const columns = 18;
    const many = aTable('en', {
      columns,
      header: [Array.from({ length: columns }, () => ({ text: 'Petropavl', span: 1 }))],
      rows: aTable('en').rows.map((row) => ({
        ...row,
        cells: Array.from({ length: columns }, () => aCell({ text: '12' })),
      })),
    });
    const document = aDocument('en');
    const turned = await partsOf({ ...document, annex: { ...document.annex, blocks: [many] } });
    expect(
      turned
        .get('word/document.xml')
        ?.toString('utf8')
        .match(/<w:textDirection w:val="btLr"/g),
    ).toHaveLength(columns);
  });
  it('opens and closes each field', () => {
    const count = (type: string): number =>
      body().match(new RegExp(`w:fldCharType="${type}"`, 'g'))?.length ?? 0;
    expect(count('begin')).toBe(count('end'));
    expect(count('begin')).toBeGreaterThan(3);
  });
  it('has native tables whose header repeats on each page', () => {
    expect(body().match(/<w:tbl>/g)).toHaveLength(3);
    expect(body().match(/<w:tblHeader\/>/g)?.length).toBeGreaterThanOrEqual(3);
  });
  it('begins a page with an unnumbered chapter, while numbered ones share pages', async () => {
    const breaksOf = async (...numbers: readonly (string | undefined)[]): Promise<number> => {
      const sections = numbers.map((number, i) => {
        const { number: _number, ...unnumbered } = aSection({ id: `chapter-${i}` });
        return number === undefined ? unnumbered : { ...unnumbered, number };
      });
      const parts = await partsOf(aDocument('en', { sections, footnotes: [] }));
      const xml = parts.get('word/document.xml')?.toString('utf8') ?? '';
      return xml.match(/<w:pageBreakBefore\/>/g)?.length ?? 0;
    };
    const without = await breaksOf();
    expect(await breaksOf('1', '2')).toBe(without);
    expect(await breaksOf(undefined, '1')).toBe(without + 1);
  });
  it('has footnotes of its own', () => {
    expect(body()).toContain('<w:footnoteReference w:id="1"/>');
    expect(part('word/footnotes.xml')).toContain('A footnote in English.');
  });
  it('draws figures as SVG with a PNG beside and a description', () => {
    const media = [...parts.keys()].filter((name) => name.startsWith('word/media/'));
    expect(media.some((name) => name.endsWith('.svg'))).toBe(true);
    expect(media.some((name) => name.endsWith('.png'))).toBe(true);
    expect(body()).toMatch(/descr="Assemblies: 12 (?:&gt;|>) 3 &amp; (?:&quot;|")4/);
  });
  it.each(LANGUAGES)('tells the language to the spelling checker: %s', async (language) => {
    const styles = (await partsOf(aDocument(language))).get('word/styles.xml')?.toString('utf8');
    expect(styles).toContain(`<w:lang w:val="${language}"`);
  });
  it('prints the page number and the marks on each page', () => {
    const feet = [...parts]
      .filter(([name]) => name.startsWith('word/footer'))
      .map(([, xml]) => xml.toString('utf8'));
    expect(feet.join('')).toContain('Internal mark');
    expect(feet.join('')).toContain('PAGE');
  });
  it('leads nowhere but to the web, to mail and into itself', () => {
    expect(part('word/_rels/document.xml.rels')).not.toContain('javascript:');
  });
  it('has every bookmark once and every inner link a bookmark', () => {
    const names = [...body().matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map((m) => m[1] ?? '');
    const anchors = [...body().matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(new Set(names).size).toBe(names.length);
    for (const anchor of anchors) expect(names).toContain(anchor);
  });
  it('has the same parts from the same document, whenever it is made', async () => {
    const link = {
      kind: 'link',
      href: 'https://example.org/',
      inlines: [{ kind: 'text', text: 'web' }],
    } as const;
    const document = aDocument('kk');
    const linked: ReportDocument = {
      ...document,
      sections: document.sections.map((s) => ({
        ...s,
        blocks: [{ kind: 'paragraph', inlines: [link] }, ...s.blocks],
      })),
    };
    const once = await partsOf(linked);
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // zip dates have steps of two seconds
    const again = await partsOf(linked);
    expect([...again.keys()]).toEqual([...once.keys()]);
    for (const [name, bytes] of once) expect(again.get(name)?.equals(bytes), name).toBe(true);
  });
});
