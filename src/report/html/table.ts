import type { HeaderCell, TableBlock, TableCell } from '../document.ts';
import type { Page } from './context.ts';
import { numberHtml } from './inlines.ts';
import { html, type Markup } from './markup.ts';

const headerCell = (cell: HeaderCell): Markup =>
  html`<th scope="${cell.span > 1 ? 'colgroup' : 'col'}"${cell.span > 1 && html` colspan="${cell.span}"`}${
    cell.breakBefore !== undefined && html` class="break" title="${cell.breakBefore}"`
  }>${cell.text}</th>`;

const bodyCell = (page: Page, cell: TableCell): Markup => {
  if (cell.missing !== undefined)
    return html`<td class="gap"><span aria-hidden="true">${cell.text}</span><span class="unseen">${cell.missing}</span></td>`;
  return html`<td${cell.origin === 'published' && html` class="published"`}>${
    cell.address === '' ? cell.text : numberHtml(page, cell.text, cell.address)
  }${cell.marks !== '' && html`<sup>${cell.marks}</sup>`}</td>`;
};

/** The grid of a table with scopes; wide ones scroll inside their own frame, the first column stays in sight. */
export const gridHtml = (page: Page, table: TableBlock, labelledBy: string): Markup => html`
<div class="scroll" tabindex="0" role="region" aria-labelledby="${labelledBy}">
<table aria-labelledby="${labelledBy}">
<thead>
${table.header.map(
  (row, i) =>
    html`<tr>${
      i === 0 &&
      table.stub.map((text) =>
        table.header.length > 1
          ? html`<th scope="col" rowspan="${table.header.length}">${text}</th>`
          : html`<th scope="col">${text}</th>`,
      )
    }${row.map(headerCell)}</tr>
`,
)}</thead>
<tbody>
${table.rows.map(
  (row) =>
    html`<tr${row.total && html` class="total"`}>${row.labels.map((text) => html`<th scope="row">${text}</th>`)}${row.cells.map(
      (c) => bodyCell(page, c),
    )}</tr>
`,
)}</tbody>
</table>
</div>`;

/** Numbers of an earlier publication stand in italics where a table has both kinds; the page says so. */
export const italics = (page: Page, table: TableBlock): readonly string[] => {
  const origins = new Set(
    table.rows.flatMap((r) => r.cells.flatMap((c) => (c.value === undefined ? [] : [c.origin]))),
  );
  return origins.has('published') ? [page.say('report.published_mark')] : [];
};

export const notesHtml = (notes: readonly string[], source: string): Markup =>
  html`<div class="notes">${notes.map((note) => html`<p>${note}</p>`)}<p>${source}</p></div>`;

export const tableHtml = (page: Page, table: TableBlock): Markup => html`
<figure class="table" id="${table.anchor}">
<figcaption id="${table.anchor}-caption">${page.say('report.table_caption', { number: table.number, caption: table.caption })}</figcaption>${
  table.definition !== undefined && html`\n<p class="definition">${table.definition}</p>`
}${gridHtml(page, table, `${table.anchor}-caption`)}
${notesHtml([...table.notes, ...italics(page, table)], table.source)}
</figure>`;
