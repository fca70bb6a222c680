import type { Inline } from '../document.ts';
import type { Page } from './context.ts';
import { html, type Markup } from './markup.ts';

/** Links of a report lead to the web or inside the page; anything else (javascript:, data:) becomes plain text. */
const safeHref = (href: string): string | undefined =>
  /^(https?:|mailto:|#)/i.test(href) ? href : undefined;

export const inlinesHtml = (page: Page, inlines: readonly Inline[]): readonly Markup[] =>
  inlines.map((inline) => inlineHtml(page, inline));

/** A number with the link to how it was made: a plain link, so that it works without a script. */
export const numberHtml = (page: Page, text: string, address: string): Markup => {
  const trace = page.document.traces.get(address);
  return trace === undefined ? html`${text}` : html`<a class="n" href="#${trace.anchor}">${text}</a>`;
};

const inlineHtml = (page: Page, inline: Inline): Markup => {
  switch (inline.kind) {
    case 'text':
    case 'literal':
      return html`${inline.text}`;
    case 'break':
      return html`<br>`;
    case 'emphasis':
      return html`<em>${inlinesHtml(page, inline.inlines)}</em>`;
    case 'strong':
      return html`<strong>${inlinesHtml(page, inline.inlines)}</strong>`;
    case 'link': {
      const href = safeHref(inline.href);
      const inner = inlinesHtml(page, inline.inlines);
      return href === undefined ? html`${inner}` : html`<a href="${href}" rel="noreferrer">${inner}</a>`;
    }
    case 'footnote':
      return html`<sup><a class="mark" id="note-${inline.number}-back" href="#note-${inline.number}">${inline.number}</a></sup>`;
    case 'number':
      return numberHtml(page, inline.text, inline.address);
    case 'claim': {
      const [first, ...others] = inline.addresses.flatMap((a) => page.document.traces.get(a)?.anchor ?? []);
      const inner = inlinesHtml(page, inline.inlines);
      // A claim that holds a link already leads somewhere; links do not nest.
      const holdsLink = inline.inlines.some((i) =>
        ['number', 'link', 'reference', 'footnote'].includes(i.kind),
      );
      if (first === undefined || holdsLink) return html`${inner}`;
      const also = others.filter((anchor) => anchor !== first).join(' ');
      return html`<a class="claim" href="#${first}"${also !== '' && html` data-also="${also}"`}>${inner}</a>`;
    }
    case 'label':
      return inline.draft
        ? html`<span class="draft" title="${page.say('report.translation')}">${inline.text}</span>`
        : html`${inline.text}`;
    case 'reference':
      return html`<a href="#${inline.anchor}">${inline.text}</a>`;
  }
};
