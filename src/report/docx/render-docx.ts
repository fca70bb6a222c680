import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx';
import { estimatePageNumbers } from 'docx/layout';
import type { Messages } from '../../vocabulary/index.ts';
import { allSections, type Footnote, type ReportDocument } from '../document.ts';
import { textNumbers } from '../text-numbers.ts';
import { type Piece, sectionPieces } from './blocks.ts';
import { contentsParts, coverParts } from './front.ts';
import { runs } from './inlines.ts';
import { type Manuscript, manuscriptOf } from './page.ts';
import { stableParts } from './stable-parts.ts';
import { numbering, PAGE, RULE, styles, TEXT_WIDTH, TEXT_WIDTH_SIDEWAYS, WARN } from './styles.ts';
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

const runningFoot = ({ document }: Manuscript, width: number): Footer => {
  const marks = document.marks.filter((m) => m.everyPage).map((m) => m.text);
  return new Footer({
    children: [
      new Paragraph({
        style: 'RunningHead',
        tabStops: [{ type: TabStopType.RIGHT, position: width }],
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

/** Neighbouring pieces that lie the same way share a section of the file; the cover, its first page, has no running head. */
const pagesOf = (m: Manuscript, pieces: readonly Piece[]): readonly ISectionOptions[] => {
  const runs: { readonly sideways: boolean; readonly parts: FileChild[] }[] = [];
  for (const { sideways, parts } of pieces) {
    const last = runs.at(-1);
    if (last?.sideways === sideways) last.parts.push(...parts);
    else runs.push({ sideways, parts: [...parts] });
  }
  const blank = [new Paragraph({})];
  return runs.map(({ sideways, parts }, i) => ({
    properties: {
      titlePage: i === 0,
      page: {
        size: {
          width: PAGE.width,
          height: PAGE.height,
          orientation: sideways ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.side, right: PAGE.side },
      },
    },
    headers: { default: runningHead(m), ...(i === 0 ? { first: new Header({ children: blank }) } : {}) },
    footers: {
      default: runningFoot(m, sideways ? TEXT_WIDTH_SIDEWAYS : TEXT_WIDTH),
      ...(i === 0 ? { first: new Footer({ children: blank }) } : {}),
    },
    children: parts,
  }));
};

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
    pageNumbers: estimatePageNumbers,
    styles: styles(document.language),
    numbering,
    footnotes: Object.fromEntries(document.footnotes.map((note) => [note.number, footnoteBody(m, note)])),
    sections: pagesOf(m, [
      { parts: [...coverParts(m), ...contentsParts(m)], sideways: false },
      ...allSections(document).flatMap((section) => sectionPieces(m, section)),
      { parts: traceParts(m), sideways: false },
    ]),
  });
  return stableParts(await Packer.toBuffer(file), creationTime);
};
