import { createHash } from 'node:crypto';
import type { Messages } from '../../vocabulary/index.ts';
import { plainText } from '../bind/inlines.ts';
import { allSections, contents, figuresOf, type ReportDocument, tablesOf } from '../document.ts';
import { figureFace } from '../figure-face.ts';
import { blocksHtml, sectionHtml } from './blocks.ts';
import { type HtmlOptions, type Page, pageOf } from './context.ts';
import { html, type Markup, trusted } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE, sheetStyle } from './style.ts';
import { tracesHtml } from './traces.ts';

/** No request leaves the page; its one script is named by its hash, so nothing else can run. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const markBand = (page: Page): Markup =>
  html`<aside class="marks" aria-label="${page.say('report.marks')}">${page.document.marks.map((m) => html`<p class="${m.kind}">${m.text}</p>`)}</aside>`;

const bar = (page: Page): Markup => {
  const { siblings = [], downloads = [] } = page.options;
  const languages = siblings.map((s) =>
    s.language === page.document.language
      ? html`<span aria-current="true" lang="${s.language}">${LANGUAGE_NAMES[s.language]}</span>`
      : html`<a href="${s.href}" lang="${s.language}" hreflang="${s.language}">${LANGUAGE_NAMES[s.language]}</a>`,
  );
  return html`<nav class="bar" aria-label="${page.say('report.languages')}">${languages}${downloads.map(
    (d) => html`<a href="${d.href}">${d.label}</a>`,
  )}</nav>`;
};
/** Each language under its own name, whatever the page's language. */
const LANGUAGE_NAMES = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const;

const cover = ({ document }: Page): Markup => html`
<header class="cover">
<h1>${document.title}</h1>${document.subtitle !== undefined && html`\n<p class="subtitle">${document.subtitle}</p>`}
<dl class="facts">${document.cover.map((f) => html`<div><dt>${f.label}</dt><dd>${f.text}</dd></div>`)}</dl>
</header>`;

const contentsHtml = (page: Page): Markup => {
  const captions = (heading: string, items: readonly { anchor: string; text: string }[]): Markup | false =>
    items.length > 0 &&
    html`\n<details><summary>${heading}</summary><ol>${items.map((i) => html`<li><a href="#${i.anchor}">${i.text}</a></li>`)}</ol></details>`;
  const tables = tablesOf(page.document).map(({ anchor, number, caption }) => ({
    anchor,
    text: page.say('report.table_caption', { number, caption }),
  }));
  const figures = figuresOf(page.document).map(({ anchor, number, caption }) => ({
    anchor,
    text: page.say('report.figure_caption', { number, caption }),
  }));
  return html`
<nav class="contents" id="contents" aria-labelledby="contents-title">
<h2 id="contents-title">${page.say('report.contents')}</h2>
<ol>${contents(page.document).map(
    (entry) =>
      html`\n<li class="level-${entry.level}"><a href="#${entry.anchor}">${
        entry.number !== undefined && html`<span class="number">${entry.number}</span>`
      }${plainText(entry.title)}</a></li>`,
  )}
<li><a href="#how">${page.say('report.how.title')}</a></li></ol>${captions(page.say('report.list_of_tables'), tables)}${captions(
    page.say('report.list_of_figures'),
    figures,
  )}
</nav>`;
};

const footnotesHtml = (page: Page): Markup | false =>
  page.document.footnotes.length > 0 &&
  html`
<section id="notes" class="level-1">
<h2>${page.say('report.notes')}</h2>
<ol>${page.document.footnotes.map(
    (note) =>
      html`\n<li id="note-${note.number}">${blocksHtml(page, note.blocks)}<a href="#note-${note.number}-back" aria-label="${page.say('report.how.back')}">↩</a></li>`,
  )}</ol>
</section>`;

/**
 * The report as one self-contained page: no outside request, readable on a phone and on paper, and with every number leading
 * to how it was made, with or without a script. The same document gives the same bytes.
 */
export const renderHtml = (
  document: ReportDocument,
  messages: Messages,
  options: HtmlOptions = {},
): string => {
  const page = pageOf(document, messages, options);
  const everyPage = document.marks.filter((m) => m.everyPage).map((m) => m.text);
  return html`<!doctype html>
<html lang="${document.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${document.title}</title>
<style>${trusted(STYLE)}
${trusted(figureFace(figuresOf(document).flatMap((f) => [f.svg, f.narrow.svg])))}</style>
<style media="print">${trusted(sheetStyle(everyPage.join(', ')))}</style>
</head>
<body>
<a class="skip" href="#text">${page.say('report.skip')}</a>
${markBand(page)}
<div class="page">
${bar(page)}${cover(page)}
<div class="body">${contentsHtml(page)}
<main id="text">${allSections(document).map((s) => sectionHtml(page, s))}${footnotesHtml(page)}${tracesHtml(page)}
</main>
</div>
<footer class="end"><p>${everyPage.join(' · ')}</p></footer>
</div>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup;
};
