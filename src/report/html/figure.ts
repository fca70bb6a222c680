import type { FigureBlock } from '../document.ts';
import type { Page } from './context.ts';
import { html, type Markup, trusted } from './markup.ts';
import { gridHtml, italics, notesHtml } from './table.ts';

/** Ids inside a picture made unique in the page: several pictures stand in one document. */
const withOwnIds = (svg: string, prefix: string): string =>
  svg
    .replace(/\bid="([^"]+)"/g, `id="${prefix}-$1"`)
    .replace(/url\(\s*(["']?)#([^"')]+)\1\s*\)/g, `url(#${prefix}-$2)`)
    .replace(/((?:xlink:)?href)="#([^"]+)"/g, `$1="#${prefix}-$2"`);

export const figureHtml = (page: Page, figure: FigureBlock): Markup => {
  const { anchor } = figure;
  const svg = withOwnIds(figure.svg.slice(figure.svg.indexOf('<svg')), anchor);
  const [, inner = ''] = /^<svg\b([\s\S]*)$/.exec(svg) ?? [];
  const plain = inner.replace(/^([^>]*?)\s(?:role|aria-[a-z]+)="[^"]*"/, '$1');
  return html`
<figure class="figure" id="${anchor}">
<figcaption id="${anchor}-caption">${page.say('report.figure_caption', { number: figure.number, caption: figure.caption })}</figcaption>
<div class="scroll picture" tabindex="0" role="region" aria-labelledby="${anchor}-caption"><svg role="img" aria-label="${figure.alt}"${trusted(plain)}</div>
<details class="beside"><summary id="${anchor}-summary">${page.say('report.figure_numbers')}</summary>${gridHtml(page, figure.table, `${anchor}-summary`)}</details>
${notesHtml([...figure.notes, ...italics(page, figure.table)], figure.source)}
</figure>`;
};
