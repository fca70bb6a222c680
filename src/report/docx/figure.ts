import { Resvg } from '@resvg/resvg-js';
import { ImageRun, Paragraph } from 'docx';
import type { FigureBlock } from '../document.ts';
import { fontFiles } from '../fonts.ts';
import { captionOf } from './caption.ts';
import type { Manuscript } from './page.ts';
import { TEXT_LENGTH, TEXT_WIDTH } from './styles.ts';
import { notesUnder } from './table.ts';

/** Twips to pixels of 1/96 inch. */
const PIXEL = 15;
const PNG_WIDTH = 1600;

const pngOf = (svg: string): Uint8Array =>
  new Resvg(svg, {
    fitTo: { mode: 'width', value: PNG_WIDTH },
    background: '#ffffff',
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: 'Noto Sans' },
  })
    .render()
    .asPng();

/** The picture as SVG, sharp at any size, with a PNG for readers that do not draw SVG; its description as alternative text. */
export const figureParts = (m: Manuscript, figure: FigureBlock): Paragraph[] => {
  const { svg, alt, caption } = figure;
  const ratio = figure.height / figure.width;
  const width = Math.min(TEXT_WIDTH, (TEXT_LENGTH * 0.72) / ratio) / PIXEL;
  const number = m.next('picture');
  return [
    captionOf(m, 'figure', figure),
    new Paragraph({
      keepNext: true,
      spacing: { after: 60 },
      children: [
        new ImageRun({
          type: 'svg',
          data: Buffer.from(svg, 'utf8'),
          fallback: { type: 'png', data: pngOf(svg) },
          transformation: { width: Math.round(width), height: Math.round(width * ratio) },
          altText: { id: String(number), name: figure.anchor, title: caption, description: alt },
        }),
      ],
    }),
    ...notesUnder(figure.notes, figure.source),
  ];
};
