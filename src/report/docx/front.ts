import { Paragraph, TableOfContents, TextRun } from 'docx';
import { figuresOf, tablesOf } from '../document.ts';
import { bookmarkName, type Manuscript } from './page.ts';
import { QUIET } from './styles.ts';

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

const captionList = (
  m: Manuscript,
  kind: 'table' | 'figure',
  title: string,
  entries: readonly { readonly anchor: string; readonly number: string; readonly caption: string }[],
): (Paragraph | TableOfContents)[] =>
  entries.length === 0
    ? []
    : [
        new Paragraph({ style: 'ContentsHeading', text: title }),
        new TableOfContents(title, {
          hyperlink: true,
          stylesWithLevels: [{ styleName: kind === 'table' ? 'Table Caption' : 'Figure Caption', level: 2 }],
          cachedEntries: entries.map(({ anchor, number, caption }) => ({
            level: 2,
            title: m.say(`report.${kind}_caption`, { number, caption }),
            href: bookmarkName(anchor),
          })),
        }),
      ];

/** Contents, tables and figures as fields of the word processor, filled in so that no reader sees them empty. */
export const contentsParts = (m: Manuscript): (Paragraph | TableOfContents)[] => [
  new Paragraph({ style: 'ContentsHeading', pageBreakBefore: true, text: m.say('report.contents') }),
  new TableOfContents(m.say('report.contents'), { hyperlink: true, headingStyleRange: '1-2' }),
  ...captionList(m, 'table', m.say('report.list_of_tables'), tablesOf(m.document)),
  ...captionList(m, 'figure', m.say('report.list_of_figures'), figuresOf(m.document)),
];
