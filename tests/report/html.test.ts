import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type HtmlOptions, renderHtml } from '../../src/report/index.ts';
import { build, theMessages } from '../builders/report.ts';

const page = (body: string, options: HtmlOptions = {}): string => {
  const { document, problems } = build(body);
  if (document === undefined) throw new Error(JSON.stringify(problems));
  return renderHtml(document, theMessages, options);
};
const everything =
  'There were {% n cell="asm.count.by_city/_total/2018/n" noun="assembly" /%}.\n\n{% table "asm.count.by_city" /%}\n\n{% figure "asm.count.by_city" kind="bar" measure="n" /%}\n\n{% figure "asm.participants" kind="line" measure="total" /%}';

describe('the page of a report', () => {
  it('asks nothing of the network', () => {
    const found =
      page(everything).match(
        /(?:src|href|action)="(?!#)[^"]*"|url\((?!#|data:font\/otf;base64,)[^)]*\)|@import/g,
      ) ?? [];
    expect(found).toEqual([]);
  });
  it('lets only its own script run', () => {
    const html = page(everything);
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(`script-src &#39;sha256-${hash}&#39;`);
    expect(html.match(/<script/g)).toHaveLength(1);
  });
  it('escapes what a study or a text says', () => {
    const html = page('a <img src=x onerror=alert()> & [b](javascript:alert())');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('href="javascript:');
  });
  it('leads from every number to how it was made', () => {
    const html = page(everything);
    const targets = [...html.matchAll(/class="(?:n|claim)" href="#([^"]+)"/g)].map((m) => m[1]);
    expect(targets.length).toBeGreaterThan(20);
    for (const id of new Set(targets)) expect(html).toContain(`<tr id="${id}">`);
  });
  it('has no id twice, also with several pictures', () => {
    const ids = [...page(everything).matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
  it('links the records behind a number when it is served, and not when it stands alone', () => {
    const served = page(everything, { cellHref: (address) => `/cell/${address}` });
    expect(served).toContain('href="/cell/asm.count.by_city/_total/2018/n"');
    expect(page(everything)).not.toContain('/cell/');
  });
  it('says on the page and on each sheet of paper that it was not checked for disclosure', () => {
    expect(page('Text.').match(/Internal, not disclosure-checked/g)?.length).toBeGreaterThanOrEqual(3);
  });
  it('names the language of the text and of its siblings', () => {
    const html = page('Text.', {
      siblings: [
        { language: 'kk', href: 'report.kk.html' },
        { language: 'en', href: 'report.en.html' },
      ],
    });
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<a href="report.kk.html" lang="kk" hreflang="kk">Қазақша</a>');
    expect(html).toContain('<span aria-current="true" lang="en">English</span>');
  });
  it('gives each picture its words and its numbers', () => {
    expect(page(everything)).toMatch(
      /<svg role="img" aria-label="A bar chart of n"[\s\S]*?<details class="beside">[\s\S]*?<td>/,
    );
  });
});

describe('a picture', () => {
  const drawn = (svg: string) => () => ({ svg, width: 10, height: 10, alt: 'x', notes: [] });
  const body = '{% figure "asm.count.by_city" kind="bar" measure="n" /%}';
  it.each([
    '<svg viewBox="0 0 1 1"><script>alert()</script></svg>',
    '<svg viewBox="0 0 1 1"><image href="https://example.org/x.png"/></svg>',
    '<svg viewBox="0 0 1 1" onload="alert()"></svg>',
    '<svg viewBox="0 0 1 1"><rect fill="url(https://example.org/x)"/></svg>',
    '<svg viewBox="0 0 1 1"><foreignObject><p>x</p></foreignObject></svg>',
  ])('that carries a script or reaches outside is refused: %s', (svg) => {
    const { document, problems } = build(body, 'en', { figures: drawn(svg) });
    expect([document, problems[0]?.code, problems[0]?.details['reason']]).toEqual([
      undefined,
      'report_source_shape',
      'svg',
    ]);
  });
  it('that refers to its own parts is taken (the control)', () => {
    const svg =
      '<svg viewBox="0 0 1 1"><defs><path id="a"/></defs><use href="#a"/><rect fill="url(#a)"/></svg>';
    expect(build(body, 'en', { figures: drawn(svg) }).problems).toEqual([]);
  });
  it('that cannot be drawn is a problem of the report, where the tag stands', () => {
    const figures = () => ({ code: 'table_unknown', details: { table: 'x' } }) as const;
    expect(build(body, 'en', { figures }).problems).toEqual([
      { code: 'table_unknown', details: { table: 'x' }, at: { file: 'report.en.md', line: 7, column: 1 } },
    ]);
  });
});

describe('the face of the figures', () => {
  it('is embedded with exactly the letters they use, the same bytes every time', () => {
    const faces = (): readonly string[] => page(everything).match(/@font-face \{[^}]*\}/g) ?? [];
    expect(faces()).toHaveLength(2);
    expect(faces()).toEqual(faces());
  });
});
