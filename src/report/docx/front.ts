import {
  BuilderElement,
  InternalHyperlink,
  LeaderType,
  PageReference,
  Paragraph,
  StringContainer,
  Tab,
  TableOfContents,
  TabStopType,
  TextRun,
} from 'docx';
import { figuresOf, tablesOf } from '../document.ts';
import { sequenceOf } from './caption.ts';
import { bookmarkName, type Manuscript } from './page.ts';
import { QUIET, TEXT_WIDTH } from './styles.ts';

/** The first page: title, marks that nobody may miss, and the facts of the count. */
export const coverParts = ({ document }: Manuscript): Paragraph[] => [
  new Paragraph({ style: 'Title', text: document.title }),
  ...(document.subtitle === undefined ? [] : [new Paragraph({ style: 'Subtitle', text: document.subtitle })]),
  ...document.marks.map((mark) => new Paragraph({ style: 'Mark', text: mark.text })),
  ...document.cover.map(
    (fact, i) =>
      new Paragraph({
        style: 'Trace',
        spacing: { before: i === 0 ? 720 : 0, after: 60 },
        children: [new TextRun({ text: `${fact.label}: `, color: QUIET }), new TextRun(fact.text)],
      }),
  ),
];

interface Entry {
  readonly anchor: string;
  readonly number: string;
  readonly caption: string;
}

const fieldMark = (type: 'begin' | 'separate' | 'end'): BuilderElement<{ type: string }> =>
  new BuilderElement({ name: 'w:fldChar', attributes: { type: { key: 'w:fldCharType', value: type } } });

/**
 * A TOC field over one sequence of captions, written out by hand: the library's own stands between two empty paragraphs. The
 * field begins in the first line and ends in the last (ECMA-376 part 1, 17.16.18).
 */
const captionField = (
  m: Manuscript,
  kind: 'table' | 'figure',
  sequence: string,
  entries: readonly Entry[],
): Paragraph[] =>
  entries.map(
    ({ anchor, number, caption }, i) =>
      new Paragraph({
        style: 'TableofFigures',
        tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH, leader: LeaderType.DOT }],
        children: [
          ...(i > 0
            ? []
            : [
                new TextRun({
                  children: [
                    fieldMark('begin'),
                    new StringContainer('w:instrText', `TOC \\h \\c "${sequence}"`),
                    fieldMark('separate'),
                  ],
                }),
              ]),
          new InternalHyperlink({
            anchor: bookmarkName(anchor),
            children: [
              new TextRun(m.say(`report.${kind}_caption`, { number, caption })),
              new TextRun({ children: [new Tab()] }),
              new PageReference(bookmarkName(anchor)),
            ],
          }),
          ...(i < entries.length - 1 ? [] : [new TextRun({ children: [fieldMark('end')] })]),
        ],
      }),
  );

/** A list of captions: those of the text, then those of the annex. */
const captionList = (
  m: Manuscript,
  kind: 'table' | 'figure',
  title: string,
  entries: readonly Entry[],
): Paragraph[] => {
  const sequences = [...new Set(entries.map(({ number }) => sequenceOf(kind, number)))];
  if (sequences.length === 0) return [];
  return [
    new Paragraph({ style: 'ContentsHeading', text: title }),
    ...sequences.flatMap((sequence) =>
      captionField(
        m,
        kind,
        sequence,
        entries.filter(({ number }) => sequenceOf(kind, number) === sequence),
      ),
    ),
  ];
};

/** Contents, tables and figures as fields of the word processor, filled in so that no reader sees them empty. */
export const contentsParts = (m: Manuscript): (Paragraph | TableOfContents)[] => [
  new Paragraph({ style: 'ContentsHeading', pageBreakBefore: true, text: m.say('report.contents') }),
  new TableOfContents(m.say('report.contents'), { hyperlink: true, headingStyleRange: '1-2' }),
  ...captionList(m, 'table', m.say('report.list_of_tables'), tablesOf(m.document)),
  ...captionList(m, 'figure', m.say('report.list_of_figures'), figuresOf(m.document)),
];
