import { displayNumber, tableGrid } from '../tables/index.ts';
import type { Problem } from '../vocabulary/index.ts';
import { type Binding, labelled, type ReportInput, say, startBinding, withPeriod } from './bind/binding.ts';
import { bindBlocks } from './bind/blocks.ts';
import { cutTable } from './bind/cut-table.ts';
import { bindInlines } from './bind/inlines.ts';
import { numberSource } from './bind/numbering.ts';
import { periodText } from './bind/period-text.ts';
import { shortId } from './bind/source-text.ts';
import { tableBlock } from './bind/table-block.ts';
import type { Block, Inline, Mark, ReportDocument, Section, SnapshotFacts } from './document.ts';
import { bareNumbers } from './lint/bare-numbers.ts';
import type { SourceSection } from './source/read-source.ts';

export interface BuiltReport {
  /** Absent when there is any problem: a report with a broken binding or a false claim is never printed. */
  readonly document?: ReportDocument;
  readonly problems: readonly Problem[];
}

/**
 * Binds the text of a report to counted cells and makes the document of one language. Returns all problems found (bare
 * numbers, broken bindings, false claims), not the first; with a problem there is no document.
 */
export const buildReport = (input: ReportInput): BuiltReport => {
  const binding = startBinding(input, numberSource(input.source));
  binding.problems.push(...input.source.problems, ...bareNumbers(input.source));
  const sections = input.source.sections.map((section) => bindSection(binding, section));
  // The text is bound before the tables of the annex, so that traces of the text come first.
  const annex = annexOf(binding, sections);
  if (binding.problems.length > 0) return { problems: binding.problems };
  const { frontMatter } = input.source;
  const { subtitle } = frontMatter;
  const { id, start, end } = binding.period;
  const document: ReportDocument = {
    id: frontMatter.covers === 'study' ? id : `${input.study.id}-${id}`,
    language: input.language,
    title: withPeriod(binding, frontMatter.title),
    ...(subtitle === undefined ? {} : { subtitle: withPeriod(binding, subtitle) }),
    study: { id: input.study.id, version: input.study.version, title: labelled(binding, input.study.title) },
    period: { id, ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) },
    snapshot: snapshotFacts(input),
    cover: coverFacts(binding),
    sections,
    annex,
    footnotes: binding.footnotes,
    traces: binding.traces,
    // Last: by now every label that the document prints has been met.
    marks: marksOf(binding),
  };
  return { document, problems: [] };
};

const bindSection = (binding: Binding, section: SourceSection): Section => {
  const number = binding.numbering.sections.get(section.id)?.number;
  const title = trimmed(bindInlines(binding, section.title.children));
  const blocks = bindBlocks(binding, section.blocks);
  return {
    id: section.id,
    level: section.level,
    ...(number === undefined ? {} : { number }),
    title,
    blocks,
    sections: section.sections.map((inner) => bindSection(binding, inner)),
  };
};

/** A heading without the space that stands before its id in the source. */
const trimmed = (inlines: readonly Inline[]): readonly Inline[] =>
  inlines.flatMap((inline, i) => {
    if (inline.kind !== 'text' || i < inlines.length - 1) return [inline];
    const text = inline.text.trimEnd();
    return text === '' ? [] : [{ ...inline, text }];
  });

/** More value columns than this do not fit a printed page; the annex then prints one table a measure. */
const WIDE = 10;

const annexOf = (binding: Binding, sections: readonly Section[]): Section => {
  const { annex } = binding.source.frontMatter;
  const title = [{ kind: 'text', text: say(binding, 'report.annex') } as const];
  const empty: Section = { id: 'annex-tables', level: 1, title, blocks: [], sections: [] };
  if (annex === 'none') return empty;
  const shown = new Set(annex === 'all' ? [] : tableIds(sections));
  const tables = binding.tables.filter((t) => !shown.has(t.id) && t.cells.length > 0);
  let n = 0;
  const blocks = tables.flatMap((table) => {
    const tooWide = tableGrid(table).columns.length > WIDE && table.measures.length > 1;
    const parts = tooWide ? table.measures.map((m) => cutTable(table, { measures: [m.id] })) : [table];
    return parts.map((part) => {
      const number = say(binding, 'report.annex_number', { number: ++n });
      return tableBlock(binding, part, { number, anchor: `table-a${n}` });
    });
  });
  const intro: Block = {
    kind: 'paragraph',
    inlines: [{ kind: 'text', text: say(binding, 'report.annex_intro') }],
  };
  return { ...empty, blocks: blocks.length === 0 ? [] : [intro, ...blocks] };
};

const tableIds = (sections: readonly Section[]): readonly string[] =>
  sections.flatMap((s) => [
    ...s.blocks.flatMap((b) => (b.kind === 'table' ? [b.id] : [])),
    ...tableIds(s.sections),
  ]);

const snapshotFacts = ({ snapshot }: ReportInput): SnapshotFacts => ({
  id: snapshot.id,
  logSize: snapshot.logSize,
  logRoot: snapshot.logRoot,
  counted: snapshot.counted,
  rows: snapshot.rows,
  exclusions: snapshot.exclusions.length,
  conflicts: snapshot.conflicts.length,
  engine: snapshot.engine,
  synthetic: snapshot.synthetic,
});

const coverFacts = (binding: Binding): ReportDocument['cover'] => {
  const { study, snapshot, period } = binding;
  const fact = (id: string, text: string): { label: string; text: string } => ({
    label: say(binding, `report.cover.${id}`),
    text,
  });
  // What most tables count stands first.
  const uses = (id: string): number => study.tables.filter((t) => t.of.split('.')[0] === id).length;
  const instruments = [...study.instruments.values()]
    .filter((i) => (snapshot.rows[i.id] ?? 0) > 0)
    .sort((a, b) => uses(b.id) - uses(a.id));
  const dates =
    period.start === undefined || period.end === undefined ? period.id : periodText(binding, true);
  return [
    fact('organisation', binding.organisation),
    fact(
      'study',
      say(binding, 'report.cover.study_version', {
        title: labelled(binding, study.title),
        version: study.version,
      }),
    ),
    fact('period', dates),
    fact(
      'records',
      instruments
        .map(
          (i) =>
            `${labelled(binding, i.title)}: ${displayNumber(binding.language, String(snapshot.rows[i.id] ?? 0))}`,
        )
        .join('; '),
    ),
    fact(
      'records_left_out',
      say(binding, 'report.cover.exclusions', {
        n: snapshot.exclusions.length,
        conflicts: snapshot.conflicts.length,
      }),
    ),
    fact('snapshot', shortId(snapshot.id)),
    fact(
      'log',
      say(binding, 'report.cover.log_position', { size: snapshot.logSize, root: shortId(snapshot.logRoot) }),
    ),
    fact('engine', snapshot.engine),
  ];
};

/** Until disclosure control exists every page says that it was not checked (architecture, "Report"). */
const marksOf = (binding: Binding): readonly Mark[] => {
  const mark = (kind: Mark['kind'], everyPage: boolean): Mark => ({
    kind,
    text: say(binding, `report.mark.${kind}`),
    everyPage,
  });
  return [
    ...(binding.snapshot.synthetic ? [mark('synthetic', false)] : []),
    ...(binding.source.frontMatter.review || binding.drafts.size > 0 ? [mark('translation', false)] : []),
    mark('internal', true),
  ];
};
