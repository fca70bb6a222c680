import type { Messages } from '../../vocabulary/index.ts';
import {
  allSections,
  type Block,
  contents,
  figuresOf,
  type Inline,
  type NumberTrace,
  type ReportDocument,
  type Section,
  type TableBlock,
  tablesOf,
} from '../document.ts';

/** The document as the printed template reads it: plain JSON, absent values as null, figures as files beside it. */
export interface PrintModel {
  readonly document: unknown;
  readonly words: Readonly<Record<string, string>>;
  /** File name -> SVG. */
  readonly files: ReadonlyMap<string, string>;
}

/** Anchors of the traces that are printed: numbers of the text. Numbers of tables are traced on screen and in XLSX. */
const inlineNumbers = (document: ReportDocument): ReadonlySet<string> => {
  const found = new Set<string>();
  const inText = (parts: readonly Inline[]): void => {
    for (const part of parts) {
      if (part.kind === 'number') found.add(part.address);
      if (part.kind === 'claim') for (const address of part.addresses) found.add(address);
      if ('inlines' in part) inText(part.inlines);
    }
  };
  const inBlock = (block: Block): void => {
    if (block.kind === 'paragraph') inText(block.inlines);
    else if (block.kind === 'list') block.items.flat().forEach(inBlock);
    else if (block.kind === 'quote' || block.kind === 'callout') block.blocks.forEach(inBlock);
    else if (block.kind === 'grid') [...block.header, ...block.rows.flat()].forEach(inText);
  };
  const inSection = (section: Section): void => {
    inText(section.title);
    section.blocks.forEach(inBlock);
    section.sections.forEach(inSection);
  };
  allSections(document).forEach(inSection);
  for (const note of document.footnotes) note.blocks.forEach(inBlock);
  return found;
};

/** Everything the template needs, with the fixed words of the document's language. */
export const printModel = (document: ReportDocument, messages: Messages): PrintModel => {
  const word = (id: string, args?: Readonly<Record<string, string | number>>): string =>
    messages(document.language, `report.${id}`, args);
  const files = new Map<string, string>();
  const traced = inlineNumbers(document);

  const inline = (part: Inline): unknown => {
    if (part.kind === 'number')
      return {
        ...part,
        anchor: traced.has(part.address) ? (document.traces.get(part.address)?.anchor ?? null) : null,
      };
    return 'inlines' in part ? { ...part, inlines: part.inlines.map(inline) } : part;
  };
  const tableOf = (table: TableBlock): unknown => ({
    ...table,
    captionLine: word('table_caption', { number: table.number, caption: table.caption }),
    source: word('source', { text: table.source }),
    rows: table.rows.map((row) => ({
      ...row,
      cells: row.cells.map(({ text, missing, origin }) => ({ text, missing: missing !== undefined, origin })),
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
        const { svg: _svg, table: _table, ...rest } = b;
        const captionLine = word('figure_caption', { number: b.number, caption: b.caption });
        return { ...rest, file, captionLine, source: word('source', { text: b.source }) };
      }
    }
  };
  const section = (s: Section): unknown => ({
    ...s,
    number: s.number ?? null,
    title: s.title.map(inline),
    blocks: s.blocks.map(block),
    sections: s.sections.map(section),
  });
  const trace = (t: NumberTrace): unknown => ({
    anchor: t.anchor,
    text: t.text,
    address: t.address,
    definition: t.definition ?? null,
    what: [`${t.tableTitle}: ${t.measure}`, ...t.where.map((w) => `${w.label} ${w.text}`)].join(', '),
    facts: traceFacts(t, word),
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
  const organisation = document.cover[0]?.text ?? '';
  return {
    files,
    words: {
      contents: word('contents'),
      list_of_tables: word('list_of_tables'),
      list_of_figures: word('list_of_figures'),
      how_title: word('how.title'),
      how_intro: word('how.intro'),
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
      contents: contents(document).map((e) => ({
        ...e,
        number: e.number ?? null,
        title: e.title.map(inline),
      })),
      tables: listed(tablesOf(document)),
      figures: listed(figuresOf(document)),
      footnotes: document.footnotes.map((f) => ({ ...f, blocks: f.blocks.map(block) })),
      sections: allSections(document).map(section),
      traces: [...document.traces.values()].filter((t) => traced.has(t.address)).map(trace),
    },
  };
};

const traceFacts = (
  t: NumberTrace,
  word: (id: string, args?: Readonly<Record<string, string | number>>) => string,
): string => {
  const facts: string[] = [];
  if (t.numerator !== undefined) facts.push(`${word('how.numerator')}: ${t.numerator}`);
  if (t.denominator !== undefined)
    facts.push(`${word('how.denominator')}: ${t.denominator}${t.base === undefined ? '' : ` (${t.base})`}`);
  if (t.origin === 'published')
    facts.push(`${word('how.origin_published')}${t.source === undefined ? '' : `: ${t.source}`}`);
  else {
    facts.push(`${word('how.records')}: ${t.n}`);
    if (t.missing > 0) facts.push(`${word('how.left_out')}: ${t.missing}`);
  }
  return facts.join(' · ');
};
