/** A text as a CSS string: letters and digits stay, the rest is escaped by code point. */
const cssString = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} ,.-]/gu, (c) => `\\${c.codePointAt(0)?.toString(16)} `)}"`;

/** What stands at the foot of every printed sheet: the marks and the page number. */
export const sheetStyle = (marks: string): string =>
  `@page { @bottom-left { content: ${cssString(marks)}; font: 7.5pt sans-serif; } @bottom-right { content: counter(page); font: 7.5pt sans-serif; } }`;

/** The look of a report page: dark on white, one serif for reading and one sans for tables, one colour for what can be followed. */
export const STYLE = `
:root { --ink: #1b2430; --quiet: #4d5866; --line: #cfd6de; --soft: #f4f6f8; --link: #12507a; --warn: #fff4d6; --warn-line: #b98900;
  --serif: "Noto Serif", "PT Serif", Cambria, "Times New Roman", serif;
  --sans: "Noto Sans", "Segoe UI", system-ui, -apple-system, Roboto, Arial, sans-serif; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: #fff; font: 1.0625rem/1.6 var(--serif); overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, button:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem 1rem; z-index: 2; }
.marks { font: 600 .875rem/1.45 var(--sans); }
.marks p { margin: 0; padding: .5rem 1.25rem; background: var(--warn); border-bottom: 1px solid var(--warn-line); }
.marks p.internal { background: var(--ink); color: #fff; border: 0; }
.page { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
.bar { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 1rem 0; font: .9375rem var(--sans); }
.bar [aria-current] { font-weight: 600; color: var(--ink); }
.cover { padding: 3rem 0 2rem; border-bottom: 3px solid var(--ink); }
h1 { font: 600 clamp(1.75rem, 1.2rem + 2.6vw, 3rem)/1.15 var(--serif); margin: 0; max-width: 24ch; text-wrap: balance; }
.subtitle { font: 1.25rem/1.4 var(--sans); color: var(--quiet); margin: 1rem 0 0; }
.facts { margin: 2rem 0 0; font: .875rem/1.45 var(--sans); display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .75rem 2rem; }
.facts dt, dialog dt { color: var(--quiet); }
.facts dd, dialog dd { margin: 0; }
nav.contents { font: .9375rem/1.45 var(--sans); padding: 1.5rem 0; }
nav.contents h2 { font: 600 1.0625rem var(--sans); margin: 0 0 .5rem; }
nav.contents ol { list-style: none; margin: 0; padding: 0; }
nav.contents li { padding: .2rem 0; }
nav.contents .level-2 { padding-left: 1.25rem; }
nav.contents .number { color: var(--quiet); margin-right: .35em; }
nav.contents a { text-decoration: none; }
nav.contents a:hover { text-decoration: underline; }
nav.contents details { margin-top: .75rem; }
main > section, .end { border-top: 1px solid var(--line); margin-top: 2.5rem; }
main > section:first-child { border: 0; margin-top: 0; }
main p, main ul, main ol, main blockquote, .callout { max-width: 70ch; }
h2, h3, h4 { font-family: var(--sans); line-height: 1.25; text-wrap: balance; max-width: 40ch; }
h2 { font-size: 1.625rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h4 { font-size: 1.0625rem; margin: 1.5rem 0 .5rem; }
h2 .number, h3 .number, h4 .number { color: var(--quiet); font-weight: 400; margin-right: .2em; }
p { margin: 0 0 1rem; }
li { margin-bottom: .35rem; }
blockquote { margin: 1rem 0; padding-left: 1.25rem; border-left: 3px solid var(--line); }
.callout { margin: 1.5rem 0; padding: 1rem 1.25rem; background: var(--soft); border-left: 3px solid var(--link); }
.callout > :last-child { margin-bottom: 0; }
.callout-title { font: 600 1rem var(--sans); margin-bottom: .5rem; }
a.n, a.claim { color: inherit; text-decoration: underline dotted 1px var(--link); }
a.n { white-space: nowrap; }
a.n:hover, a.claim:hover { color: var(--link); text-decoration-style: solid; }
.draft { border-bottom: 1px dashed var(--warn-line); }
.mark { text-decoration: none; padding: 0 .15em; font-family: var(--sans); }
figure { margin: 2rem 0; }
figcaption { font: 600 1rem/1.4 var(--sans); margin-bottom: .5rem; max-width: 70ch; }
.definition { font: .875rem/1.5 var(--sans); color: var(--quiet); margin-bottom: .75rem; }
.notes { font: .8125rem/1.5 var(--sans); color: var(--quiet); margin-top: .6rem; }
.notes p { margin: 0 0 .2rem; }
.scroll { overflow-x: auto; max-width: 100%; position: relative; }
table { border-collapse: separate; border-spacing: 0; font: .9375rem/1.35 var(--sans); font-variant-numeric: tabular-nums lining-nums; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); min-width: min(100%, 32rem); }
th, td { padding: .4rem .75rem; text-align: right; vertical-align: bottom; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; color: var(--quiet); border-bottom-color: var(--ink); }
thead th[colspan] { text-align: center; }
th:first-child, .grid th, .grid td, .how th, .how td { text-align: left; }
.grid td, .how td { vertical-align: top; }
tbody th { font-weight: 400; text-align: left; }
tbody th:first-child, thead tr:first-child th:first-child { position: sticky; left: 0; background: #fff; }
.total th, .total td { font-weight: 600; border-top: 1px solid var(--ink); }
td.published a { font-style: italic; }
td.gap { color: var(--quiet); }
th.break { border-left: 2px dashed var(--quiet); }
tbody tr:last-child > * { border-bottom: 0; }
.framed { margin: 1.25rem 0 1.75rem; }
.picture { padding: 0 1rem; margin: 0 -1rem; max-width: none; }
.picture svg { display: block; width: 100%; height: auto; overflow: visible; }
.picture.desk svg { max-width: 56rem; }
.picture.phone { display: none; }
.picture.phone svg { max-width: 26rem; }
.beside { margin-top: .5rem; font: .9375rem var(--sans); }
summary { cursor: pointer; color: var(--link); padding: .35rem 0; font-family: var(--sans); }
.how table { font-size: .8125rem; }
.how tr:target > td { background: var(--warn); }
.shared { font: .8125rem/1.5 var(--sans); margin: .25rem 0 .75rem; }
.shared dt { color: var(--quiet); float: left; margin-right: .5em; }
.shared dd { margin: 0; }
code { font-size: .9em; overflow-wrap: anywhere; }
dialog { border: 1px solid var(--quiet); border-top: 4px solid var(--link); padding: 1.25rem 1.5rem; width: min(36rem, calc(100vw - 2rem)); max-height: 85vh; color: var(--ink); font: .9375rem/1.45 var(--sans); }
dialog::backdrop { background: rgb(27 36 48 / .45); }
dialog h2 { font-size: 1.125rem; margin: 0 0 .75rem; }
dialog h2:focus { outline: 0; }
dialog h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
dialog dl { margin: 0 0 1rem; }
dialog dl > div { padding: .4rem 0; border-bottom: 1px solid var(--line); }
dialog dt { font-size: .8125rem; float: none; }
button { font: 600 .9375rem var(--sans); padding: .5rem 1.25rem; border: 1px solid var(--link); background: #fff; color: var(--link); cursor: pointer; }
.end { font: .875rem/1.5 var(--sans); color: var(--quiet); padding-top: 1rem; }
@media (min-width: 70rem) {
  .body { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 3.5rem; }
  nav.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 2rem .5rem 2rem 2px; }
}
@media (max-width: 40rem) {
  .picture.desk { display: none; }
  .picture.phone { display: block; }
}
@media print {
  @page { size: A4; margin: 20mm 18mm 22mm; }
  body { font-size: 10.5pt; line-height: 1.45; }
  .bar, .skip, dialog, summary { display: none; }
  .page { padding: 0; }
  .cover { break-after: page; padding-top: 30mm; }
  nav.contents { break-after: page; }
  main > section.level-1 { break-before: page; border: 0; margin: 0; }
  main > section.level-1:first-child { break-before: auto; }
  h2, h3, h4, figcaption { break-after: avoid; }
  figure, tr, .callout { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: 8.5pt; }
  .scroll { overflow: visible; }
  .picture.phone { display: none !important; }
  .picture.desk { display: block !important; }
  a, a.n, a.claim { color: inherit; text-decoration: none; }
  .marks p, .marks p.internal { color: var(--ink); background: none; border: 1px solid var(--ink); margin-bottom: 4pt; }
}
`;
