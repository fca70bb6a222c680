import { Bookmark, Paragraph, TextRun } from 'docx';
import { type TracedNumber, type TraceGroup, traceGroups } from '../trace-groups.ts';
import { heading } from './blocks.ts';
import { bookmarkName, type Manuscript } from './page.ts';
import { QUIET } from './styles.ts';

const groupHead = ({ table, definition }: TraceGroup): Paragraph =>
  new Paragraph({
    style: 'Trace',
    keepNext: true,
    keepLines: true,
    spacing: { before: 200, after: 40 },
    children: [
      new TextRun({ text: table, bold: true, size: 18 }),
      ...(definition === undefined ? [] : [new TextRun({ break: 1, text: definition, color: QUIET })]),
    ],
  });

const numberLine = (number: TracedNumber): Paragraph =>
  new Paragraph({
    style: 'Trace',
    keepLines: true,
    indent: { left: 1021, hanging: 1021 },
    tabStops: [{ type: 'left', position: 1021 }],
    spacing: { before: 40, after: 20 },
    children: [
      new Bookmark({
        id: bookmarkName(number.anchor),
        children: [new TextRun({ text: number.text, bold: true })],
      }),
      new TextRun({ text: `\t${number.what}. ` }),
      new TextRun({ text: `${number.facts} · ${number.address}`, color: QUIET }),
    ],
  });

/** How each number of the text was made. Numbers of tables are traced on screen and in the workbook. */
export const traceParts = (m: Manuscript): Paragraph[] => {
  const groups = traceGroups(m.document, m.traced, m.say);
  if (groups.length === 0) return [];
  const title = [{ kind: 'text', text: m.say('report.how.title') }] as const;
  return [
    heading(m, { id: 'how', level: 1, title }),
    new Paragraph({ text: m.say('report_file.how_intro') }),
    ...groups.flatMap((group) => [groupHead(group), ...group.numbers.map(numberLine)]),
  ];
};
