import { Bookmark, Paragraph, SimpleField, TextRun } from 'docx';
import { bookmarkName, type Manuscript } from './page.ts';

const SEQUENCES = { table: ['Table', 'AnnexTable'], figure: ['Figure', 'AnnexFigure'] } as const;

const splitNumber = (number: string): readonly [letter: string, digits: string] => {
  const digits = /(?<!\d)\d+$/.exec(number)?.[0] ?? '';
  return [number.slice(0, number.length - digits.length), digits];
};

/** The sequence a number is counted in: that of the text, or that of the annex. */
export const sequenceOf = (kind: 'table' | 'figure', number: string): string =>
  SEQUENCES[kind][splitNumber(number)[0] === '' ? 0 : 1];

/**
 * A caption in its own style whose number is a SEQ field, so that the word processor can number anew and list the captions.
 * The numbers of the annex ("A2") are a sequence of their own after their letter.
 */
export const captionOf = (
  m: Manuscript,
  kind: 'table' | 'figure',
  { number, caption, anchor }: { readonly number: string; readonly caption: string; readonly anchor: string },
): Paragraph => {
  const [letter, digits] = splitNumber(number);
  const [before = '', after = ''] = m
    .say(`report.${kind}_caption`, { number: '\u0000', caption })
    .split('\u0000');
  return new Paragraph({
    style: kind === 'table' ? 'TableCaption' : 'FigureCaption',
    keepNext: true,
    children: [
      new Bookmark({
        id: bookmarkName(anchor),
        children: [
          new TextRun(before + letter),
          new SimpleField(`SEQ ${sequenceOf(kind, number)} \\* ARABIC`, digits),
        ],
      }),
      new TextRun(after),
    ],
  });
};
