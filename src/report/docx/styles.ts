import {
  AlignmentType,
  BorderStyle,
  type INumberingOptions,
  type IParagraphStyleOptions,
  type IStylesOptions,
  LevelFormat,
  LineRuleType,
} from 'docx';

/** Faces that every office suite has or replaces with one of equal widths, with all Kazakh letters: the file stays editable. */
export const SERIF = 'Times New Roman';
export const SANS = 'Arial';

export const INK = '1A1C1E';
export const QUIET = '5A6067';
export const ACCENT = '1F4E79';
export const WARN = '8A3B12';
export const RULE = 'B9BEC4';
const SHADE = 'F3F5F7';

/** A4 in twips (1/1440 inch). */
export const PAGE = { width: 11906, height: 16838, side: 1474, top: 1588, bottom: 1474 } as const;
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.side;
export const TEXT_WIDTH_SIDEWAYS = PAGE.height - 2 * PAGE.side;
export const TEXT_LENGTH = PAGE.height - 2 * PAGE.side;

const heading = (size: number, before: number, after: number, color: string) => ({
  run: { font: SANS, size, bold: true, color },
  paragraph: {
    spacing: { before, after, line: 252, lineRule: LineRuleType.AUTO },
    keepNext: true,
    keepLines: true,
    alignment: AlignmentType.LEFT,
  },
});

const caption = (id: string, name: string): IParagraphStyleOptions => ({
  id,
  name,
  basedOn: 'Caption',
  next: 'Normal',
  quickFormat: true,
});

const small = (id: string, name: string, size: number, after: number): IParagraphStyleOptions => ({
  id,
  name,
  basedOn: 'Normal',
  quickFormat: true,
  run: { font: SANS, size },
  paragraph: {
    spacing: { before: 0, after, line: 240, lineRule: LineRuleType.AUTO },
    alignment: AlignmentType.LEFT,
  },
});

const contents = (level: 1 | 2 | 3): IParagraphStyleOptions => ({
  id: `TOC${level}`,
  name: `toc ${level}`,
  basedOn: 'Normal',
  next: 'Normal',
  run: { font: SANS, size: 19, bold: level === 1 },
  paragraph: {
    spacing: { before: level === 1 ? 120 : 0, after: 40, line: 250, lineRule: LineRuleType.AUTO },
    indent: { left: (level - 1) * 340 },
    alignment: AlignmentType.LEFT,
  },
});

export const styles = (language: string): IStylesOptions => ({
  default: {
    document: {
      run: { font: SERIF, size: 22, color: INK, language: { value: language, eastAsia: language } },
      paragraph: { spacing: { after: 140, line: 288, lineRule: LineRuleType.AUTO } },
    },
    title: {
      run: { font: SANS, size: 60, bold: true, color: ACCENT },
      paragraph: {
        spacing: { before: 1200, after: 240, line: 252, lineRule: LineRuleType.AUTO },
        alignment: AlignmentType.LEFT,
      },
    },
    heading1: heading(36, 560, 260, ACCENT),
    heading2: heading(27, 360, 140, INK),
    heading3: heading(22, 280, 100, INK),
    caption: {
      run: { font: SANS, size: 19, bold: true, italics: false, color: INK },
      paragraph: {
        spacing: { before: 320, after: 100, line: 240, lineRule: LineRuleType.AUTO },
        keepNext: true,
        keepLines: true,
      },
    },
    hyperlink: { run: { color: ACCENT, underline: { type: 'none' } } },
    footnoteText: {
      run: { size: 18 },
      paragraph: {
        spacing: { after: 40, line: 240, lineRule: LineRuleType.AUTO },
        alignment: AlignmentType.LEFT,
      },
    },
  },
  paragraphStyles: [
    {
      id: 'Subtitle',
      name: 'Subtitle',
      basedOn: 'Normal',
      next: 'Normal',
      quickFormat: true,
      run: { font: SANS, size: 30 },
      paragraph: { spacing: { after: 480 } },
    },
    {
      id: 'Quote',
      name: 'Quote',
      basedOn: 'Normal',
      quickFormat: true,
      run: { italics: true },
      paragraph: { indent: { left: 567, right: 567 } },
    },
    {
      id: 'Callout',
      name: 'Callout',
      basedOn: 'Normal',
      quickFormat: true,
      paragraph: {
        shading: { fill: SHADE },
        indent: { left: 170, right: 170 },
        border: {
          left: { style: BorderStyle.SINGLE, size: 18, space: 8, color: ACCENT },
          top: { style: BorderStyle.SINGLE, size: 4, space: 4, color: SHADE },
          bottom: { style: BorderStyle.SINGLE, size: 4, space: 4, color: SHADE },
        },
      },
    },
    {
      id: 'Mark',
      name: 'Mark',
      basedOn: 'Normal',
      run: { font: SANS, size: 18, color: WARN },
      paragraph: {
        spacing: { after: 80, line: 250, lineRule: LineRuleType.AUTO },
        border: { left: { style: BorderStyle.SINGLE, size: 16, space: 8, color: WARN } },
        indent: { left: 170 },
      },
    },
    {
      id: 'ContentsHeading',
      name: 'Contents Heading',
      basedOn: 'Normal',
      next: 'Normal',
      run: { font: SANS, size: 30, bold: true, color: ACCENT },
      paragraph: { spacing: { before: 360, after: 160 }, keepNext: true },
    },
    caption('TableCaption', 'Table Caption'),
    caption('FigureCaption', 'Figure Caption'),
    {
      ...small('TableText', 'Table Text', 17, 0),
      paragraph: {
        spacing: { before: 24, after: 24, line: 228, lineRule: LineRuleType.AUTO },
        alignment: AlignmentType.LEFT,
      },
    },
    { ...small('TableNote', 'Table Note', 16, 30), run: { font: SANS, size: 16, color: QUIET } },
    { ...small('RunningHead', 'Running Head', 16, 0), run: { font: SANS, size: 16, color: QUIET } },
    small('Trace', 'Trace', 16, 20),
    contents(1),
    contents(2),
    contents(3),
    { ...contents(2), id: 'TableofFigures', name: 'table of figures' },
  ],
});

const indent = (level: number) => ({
  style: { paragraph: { indent: { left: 397 * (level + 1), hanging: 397 }, spacing: { after: 80 } } },
});

/** Lists are real lists of the word processor; each ordered list starts anew with its own instance. */
export const numbering: INumberingOptions = {
  config: [
    {
      reference: 'bullets',
      levels: [0, 1, 2].map((level) => ({
        level,
        format: LevelFormat.BULLET,
        text: '–',
        alignment: AlignmentType.LEFT,
        ...indent(level),
      })),
    },
    {
      reference: 'numbers',
      levels: [0, 1, 2].map((level) => ({
        level,
        format: LevelFormat.DECIMAL,
        text: `%${level + 1}.`,
        alignment: AlignmentType.LEFT,
        ...indent(level),
      })),
    },
  ],
};
