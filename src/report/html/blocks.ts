import type { Block, Section } from '../document.ts';
import type { Page } from './context.ts';
import { figureHtml } from './figure.ts';
import { inlinesHtml } from './inlines.ts';
import { html, type Markup } from './markup.ts';
import { tableHtml } from './table.ts';

export const blocksHtml = (page: Page, blocks: readonly Block[]): readonly Markup[] =>
  blocks.map((b) => blockHtml(page, b));

/** A list item of one paragraph needs no paragraph mark. */
const itemHtml = (page: Page, blocks: readonly Block[]): Markup => {
  const [only] = blocks;
  return blocks.length === 1 && only?.kind === 'paragraph'
    ? html`<li>${inlinesHtml(page, only.inlines)}</li>`
    : html`<li>${blocksHtml(page, blocks)}</li>`;
};

const blockHtml = (page: Page, block: Block): Markup => {
  switch (block.kind) {
    case 'paragraph':
      return html`\n<p>${inlinesHtml(page, block.inlines)}</p>`;
    case 'list': {
      const items = block.items.map((item) => itemHtml(page, item));
      return block.ordered ? html`\n<ol>${items}</ol>` : html`\n<ul>${items}</ul>`;
    }
    case 'quote':
      return html`\n<blockquote>${blocksHtml(page, block.blocks)}\n</blockquote>`;
    case 'callout':
      return html`\n<aside class="callout">${
        block.title !== undefined && html`<p class="callout-title">${inlinesHtml(page, block.title)}</p>`
      }${blocksHtml(page, block.blocks)}\n</aside>`;
    case 'grid':
      return html`\n<div class="scroll framed" tabindex="0"><table class="grid"><thead><tr>${block.header.map(
        (cell) => html`<th scope="col">${inlinesHtml(page, cell)}</th>`,
      )}</tr></thead><tbody>${block.rows.map(
        (row) => html`\n<tr>${row.map((cell) => html`<td>${inlinesHtml(page, cell)}</td>`)}</tr>`,
      )}</tbody></table></div>`;
    case 'table':
      return tableHtml(page, block);
    case 'figure':
      return figureHtml(page, block);
  }
};

export const headingHtml = (page: Page, section: Section): Markup => {
  const text = html`${section.number !== undefined && html`<span class="number">${section.number}</span> `}${inlinesHtml(page, section.title)}`;
  if (section.level === 1) return html`<h2>${text}</h2>`;
  return section.level === 2 ? html`<h3>${text}</h3>` : html`<h4>${text}</h4>`;
};

export const sectionHtml = (page: Page, section: Section): Markup => html`
<section id="${section.id}" class="level-${section.level}">
${headingHtml(page, section)}${blocksHtml(page, section.blocks)}${section.sections.map((s) => sectionHtml(page, s))}
</section>`;
