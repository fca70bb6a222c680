import type { FigureBlock, TableBlock } from '../document.ts';
import type { Page } from './context.ts';
import { html, type Markup, trusted } from './markup.ts';
import { gridHtml, italics, notesHtml } from './table.ts';

/** Ids inside a picture made unique in the page: several pictures stand in one document. */
const withOwnIds = (svg: string, prefix: string): string =>
  svg
    .replace(/\bid="([^"]+)"/g, `id="${prefix}-$1"`)
    .replace(/url\(\s*(["']?)#([^"')]+)\1\s*\)/g, `url(#${prefix}-$2)`)
    .replace(/((?:xlink:)?href)="#([^"]+)"/g, `$1="#${prefix}-$2"`);

/** One picture of the two; the style shows that of the reader's screen. */
const pictureHtml = (svg: string, prefix: string, alt: string, screen: 'desk' | 'phone'): Markup => {
  const own = withOwnIds(svg.slice(svg.indexOf('<svg')), prefix);
  const [, inner = ''] = /^<svg\b([\s\S]*)$/.exec(own) ?? [];
  const plain = inner.replace(/^([^>]*?)\s(?:role|aria-[a-z]+)="[^"]*"/, '$1');
  return html`<div class="picture ${screen}"><svg role="img" aria-label="${alt}"${trusted(plain)}</div>`;
};

/** The numbers of a picture; of several tables each has its caption. */
const numbersHtml = (page: Page, { anchor, tables }: FigureBlock, table: TableBlock): Markup =>
  tables.length === 1
    ? gridHtml(page, table, `${anchor}-summary`)
    : html`<p class="definition" id="${table.anchor}">${table.caption}</p>${gridHtml(page, table, table.anchor)}`;

export const figureHtml = (page: Page, figure: FigureBlock): Markup => {
  const { anchor, alt } = figure;
  return html`
<figure class="figure" id="${anchor}">
<figcaption id="${anchor}-caption">${page.say('report.figure_caption', { number: figure.number, caption: figure.caption })}</figcaption>
${pictureHtml(figure.svg, anchor, alt, 'desk')}
${pictureHtml(figure.narrow.svg, `${anchor}-narrow`, alt, 'phone')}
<details class="beside"><summary id="${anchor}-summary">${page.say('report.figure_numbers')}</summary>${figure.tables.map((table) => numbersHtml(page, figure, table))}</details>
${notesHtml([...figure.notes, ...new Set(figure.tables.flatMap((table) => italics(page, table)))], figure.source)}
</figure>`;
};
