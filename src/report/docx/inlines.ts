import {
  ExternalHyperlink,
  FootnoteReferenceRun,
  InternalHyperlink,
  type IRunOptions,
  type ParagraphChild,
  TextRun,
} from 'docx';
import type { Inline } from '../document.ts';
import { isWebLink } from '../web-link.ts';
import { bookmarkName, type Manuscript } from './page.ts';

type Face = Omit<IRunOptions, 'text' | 'children'>;

/** Text of the report as runs; a number leads to how it was made where that is printed. */
export const runs = (m: Manuscript, inlines: readonly Inline[], face: Face = {}): ParagraphChild[] =>
  inlines.flatMap((inline) => run(m, inline, face));

const run = (m: Manuscript, inline: Inline, face: Face): ParagraphChild[] => {
  switch (inline.kind) {
    case 'text':
    case 'literal':
      return [new TextRun({ ...face, text: inline.text })];
    case 'break':
      return [new TextRun({ ...face, break: 1 })];
    case 'emphasis':
      return runs(m, inline.inlines, { ...face, italics: true });
    case 'strong':
      return runs(m, inline.inlines, { ...face, bold: true });
    case 'link': {
      const children = runs(m, inline.inlines, { ...face, style: 'Hyperlink' });
      return isWebLink(inline.href) ? [new ExternalHyperlink({ link: inline.href, children })] : children;
    }
    case 'footnote':
      return [new FootnoteReferenceRun(inline.number)];
    case 'number': {
      const text = new TextRun({ ...face, text: inline.text });
      const trace = m.traced.has(inline.address) ? m.document.traces.get(inline.address) : undefined;
      return trace === undefined
        ? [text]
        : [new InternalHyperlink({ anchor: bookmarkName(trace.anchor), children: [text] })];
    }
    case 'claim':
      return runs(m, inline.inlines, face);
    case 'label':
      return inline.draft
        ? [
            new TextRun({ ...face, text: inline.text }),
            new TextRun({ ...face, text: '*', superScript: true }),
          ]
        : [new TextRun({ ...face, text: inline.text })];
    case 'reference':
      return [
        new InternalHyperlink({
          anchor: bookmarkName(inline.anchor),
          children: [new TextRun({ ...face, text: inline.text, style: 'Hyperlink' })],
        }),
      ];
  }
};
