import type { Messages } from '../../vocabulary/index.ts';
import {
  allSections,
  type Block,
  contents,
  figuresOf,
  type Inline,
  type ReportDocument,
  type Section,
  type TableBlock,
  tablesOf,
} from '../document.ts';
import { headingText, shownLabels, tableLayout } from '../table-layout.ts';
import { textNumbers } from '../text-numbers.ts';
import { traceGroups } from '../trace-groups.ts';
import { isWebLink } from '../web-link.ts';

/** The document as the printed template reads it: plain JSON, absent values as null, figures as files beside it. */
export interface PrintModel {
  readonly document: unknown;
  readonly words: Readonly<Record<string, string>>;
  /** File name -> SVG. */
  readonly files: ReadonlyMap<string, string>;
}

/** Anchor of the annex of traces, in the template too. */
const HOW = 'how-the-numbers-were-made';

/** Everything the template needs, with the fixed words of the document's language. */
export const printModel = (document: ReportDocument, messages: Messages): PrintModel => {
  const say = (id: string, args?: Readonly<Record<string, string | number>>): string =>
    messages(document.language, id, args);
  const word = (id: string, args?: Readonly<Record<string, string | number>>): string =>
    say(`report.${id}`, args);
  const files = new Map<string, string>();
  const traced = textNumbers(document);

  const inline = (part: Inline): unknown => {
    if (part.kind === 'number')
      return {
        ...part,
        anchor: traced.has(part.address) ? (document.traces.get(part.address)?.anchor ?? null) : null,
      };
    if (part.kind === 'link' && !isWebLink(part.href))
      return { kind: 'plain', inlines: part.inlines.map(inline) };
    return 'inlines' in part ? { ...part, inlines: part.inlines.map(inline) } : part;
  };
  /** Numbers of an earlier publication stand in italics; the table says so. */
  const publishedNote = (table: TableBlock): readonly string[] =>
    table.rows.some((r) => r.cells.some((c) => c.value !== undefined && c.origin === 'published'))
      ? [word('published_mark')]
      : [];
  const tableOf = (table: TableBlock): unknown => ({
    ...table,
    captionLine: word('table_caption', { number: table.number, caption: table.caption }),
    notes: [...table.notes, ...publishedNote(table)],
    layout: tableLayout(table),
    stub: table.stub.map(headingText),
    header: table.header.map((row) => row.map((cell) => ({ ...cell, text: headingText(cell.text) }))),
    // A short table is kept on one page.
    whole: table.rows.length <= 20,
    definition: table.definition ?? null,
    rows: table.rows.map((row, i) => ({
      ...row,
      labels: shownLabels(table.rows, i),
      cells: row.cells.map(({ text, missing, origin, marks }) => ({
        text,
        missing: missing !== undefined,
        origin,
        marks,
      })),
    })),
  });
  const block = (b: Block): unknown => {
    switch (b.kind) {
      case 'paragraph':
        return { ...b, inlines: b.inlines.map(inline) };
      case 'list':
        return { ...b, items: b.items.map((item) => item.map(block)) };
      case 'quote':
        return { ...b, blocks: b.blocks.map(block) };
      case 'callout':
        return { ...b, title: b.title?.map(inline) ?? null, blocks: b.blocks.map(block) };
      case 'grid':
        return {
          ...b,
          header: b.header.map((cell) => cell.map(inline)),
          rows: b.rows.map((row) => row.map((cell) => ({ parts: cell.map(inline) }))),
        };
      case 'table':
        return tableOf(b);
      case 'figure': {
        const file = `${b.anchor}.svg`;
        files.set(file, b.svg);
        const { svg: _svg, narrow: _narrow, tables: _tables, ...rest } = b;
        const captionLine = word('figure_caption', { number: b.number, caption: b.caption });
        return { ...rest, file, captionLine };
      }
    }
  };
  /** Neighbouring wide tables share pages laid on their side. */
  const sideways = (blocks: readonly Block[]): unknown[] => {
    const out: unknown[] = [];
    let open: unknown[] | undefined;
    for (const b of blocks) {
      if (b.kind === 'table' && tableLayout(b).wide) {
        if (open === undefined) {
          open = [];
          out.push({ kind: 'wide', tables: open });
        }
        open.push(block(b));
      } else {
        open = undefined;
        out.push(block(b));
      }
    }
    return out;
  };
  const section = (s: Section): unknown => ({
    ...s,
    number: s.number ?? null,
    title: s.title.map(inline),
    blocks: sideways(s.blocks),
    sections: s.sections.map(section),
  });
  const listed = (
    entries: readonly { readonly anchor: string; readonly number: string; readonly caption: string }[],
  ) =>
    entries.map(({ anchor, number, caption }) => ({
      level: 2,
      anchor,
      number,
      title: [{ kind: 'text', text: caption }],
    }));
  const traces = traceGroups(document, traced, say);
  const organisation = document.cover[0]?.text ?? '';
  return {
    files,
    words: {
      contents: word('contents'),
      list_of_tables: word('list_of_tables'),
      list_of_figures: word('list_of_figures'),
      how_title: word('how.title'),
      how_intro: say('report_file.how_intro'),
    },
    document: {
      language: document.language,
      title: document.title,
      subtitle: document.subtitle ?? null,
      organisation,
      study: document.study.title,
      period: document.period.id,
      marks: document.marks,
      cover: document.cover,
      contents: [
        ...contents(document).map((e) => ({ ...e, number: e.number ?? null, title: e.title.map(inline) })),
        ...(traces.length === 0
          ? []
          : [{ level: 1, number: null, anchor: HOW, title: [{ kind: 'text', text: word('how.title') }] }]),
      ],
      tables: listed(tablesOf(document)),
      figures: listed(figuresOf(document)),
      footnotes: document.footnotes.map((f) => ({ ...f, blocks: f.blocks.map(block) })),
      sections: allSections(document).map(section),
      traces: traces.map((group) => ({ ...group, definition: group.definition ?? null })),
    },
  };
};
