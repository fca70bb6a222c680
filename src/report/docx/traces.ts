import { Bookmark, Paragraph, TextRun } from 'docx';
import { traceFacts, traceTitle } from '../trace-facts.ts';
import { heading } from './blocks.ts';
import { bookmarkName, type Manuscript } from './page.ts';
import { QUIET } from './styles.ts';

/** How each number of the text was made. Numbers of tables are traced on screen and in the workbook. */
export const traceParts = (m: Manuscript): Paragraph[] => {
  const traces = [...m.document.traces.values()].filter((t) => m.traced.has(t.address));
  if (traces.length === 0) return [];
  const title = [{ kind: 'text', text: m.say('report.how.title') }] as const;
  return [
    heading(m, { id: 'how', level: 1, title }),
    new Paragraph({ text: m.say('report_file.how_intro') }),
    ...traces.map(
      (t) =>
        new Paragraph({
          style: 'Trace',
          keepLines: true,
          spacing: { before: 80, after: 40 },
          children: [
            new Bookmark({
              id: bookmarkName(t.anchor),
              children: [new TextRun({ text: t.text, bold: true, size: 18 })],
            }),
            new TextRun({ text: `\u2003${traceTitle(t)}`, bold: true }),
            new TextRun({ break: 1, text: traceFacts(t, m.say), color: QUIET }),
            new TextRun({ break: 1, text: t.address, color: QUIET, size: 14 }),
          ],
        }),
    ),
  ];
};
