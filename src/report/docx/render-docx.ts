import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  PageNumber,
  Packer,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx';
import type { Messages } from '../../vocabulary/index.ts';
import { allSections, type Footnote, type ReportDocument } from '../document.ts';
import { textNumbers } from '../text-numbers.ts';
import { sectionParts } from './blocks.ts';
import { contentsParts, coverParts } from './front.ts';
import { runs } from './inlines.ts';
import { type Manuscript, manuscriptOf } from './page.ts';
import { stableParts } from './stable-parts.ts';
import { numbering, PAGE, RULE, styles, TEXT_WIDTH, WARN } from './styles.ts';
import { traceParts } from './traces.ts';

const runningHead = ({ document }: Manuscript): Header =>
  new Header({
    children: [
      new Paragraph({
        style: 'RunningHead',
        text: document.title,
        border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 4, color: RULE } },
      }),
    ],
  });

const runningFoot = ({ document }: Manuscript): Footer => {
  const marks = document.marks.filter((m) => m.everyPage).map((m) => m.text);
  return new Footer({
    children: [
      new Paragraph({
        style: 'RunningHead',
        tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
        children: [
          new TextRun({ text: marks.join(' · '), color: WARN }),
          new TextRun({ children: ['\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });
};

const footnoteBody = (m: Manuscript, note: Footnote): { readonly children: readonly Paragraph[] } => ({
  children: note.blocks.flatMap((block) =>
    block.kind === 'paragraph'
      ? [
          new Paragraph({
            style: 'FootnoteText',
            alignment: AlignmentType.LEFT,
            children: runs(m, block.inlines),
          }),
        ]
      : [],
  ),
});

/**
 * The report as an editable Word file: real styles, native tables, captions with SEQ fields, contents as fields, footnotes.
 * `creationTime` is the only time in the file; its unpacked parts are the same for the same document and time.
 */
export const renderDocx = async (
  document: ReportDocument,
  { messages, creationTime }: { readonly messages: Messages; readonly creationTime: Date },
): Promise<Uint8Array> => {
  const m = manuscriptOf(document, messages, textNumbers(document));
  const file = new Document({
    title: document.title,
    subject: document.study.title,
    creator: document.cover[0]?.text ?? document.study.title,
    lastModifiedBy: 'Baqylau',
    styles: styles(document.language),
    numbering,
    footnotes: Object.fromEntries(document.footnotes.map((note) => [note.number, footnoteBody(m, note)])),
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.side, right: PAGE.side },
          },
        },
        headers: { default: runningHead(m), first: new Header({ children: [new Paragraph({})] }) },
        footers: { default: runningFoot(m), first: new Footer({ children: [new Paragraph({})] }) },
        children: [
          ...coverParts(m),
          ...contentsParts(m),
          ...allSections(document).flatMap((section) => sectionParts(m, section)),
          ...traceParts(m),
        ],
      },
    ],
  });
  return stableParts(await Packer.toBuffer(file), creationTime);
};
