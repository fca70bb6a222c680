import { describe, expect, it } from 'vitest';
import { headingText, tableLayout } from '../../src/report/table-layout.ts';
import { aCell, aTable } from './a-document.ts';

/** A table of `columns` counts under headings of one word. */
const aTableUnder = (word: string, columns: number) =>
  aTable('en', {
    columns,
    header: [Array.from({ length: columns }, () => ({ text: word, span: 1 }))],
    rows: [
      {
        labels: ['Police'],
        total: false,
        cells: Array.from({ length: columns }, () => aCell({ text: '12' })),
      },
    ],
  });

describe('the words of a header', () => {
  it('keep a sign of percent on the line of a short word', () => {
    expect(headingText('1, төмен, %')).toBe('1, төмен,\u00a0%');
  });
  it('let a sign of percent go to the next line after a long word', () => {
    expect(headingText('Информационные, %')).toBe('Информационные, %');
  });
  it('keep the Kazakh word for "year" with its number', () => {
    expect(headingText('2015 ж. қазан')).toBe('2015\u00a0ж. қазан');
  });
});

describe('the header of a table', () => {
  it('stands upright on a page that has room for its words', () => {
    expect(tableLayout(aTableUnder('Петропавл', 8)).turned).toBe(false);
  });
  it('is turned where its words would run into each other on a page laid on its side', () => {
    expect(tableLayout(aTableUnder('Петропавл', 18))).toMatchObject({ wide: true, turned: true });
  });
  it('that is turned leaves the type large enough to read', () => {
    expect(tableLayout(aTableUnder('Петропавл', 18)).size).toBeGreaterThanOrEqual(7.5);
  });
  it('leaves a long word the room that its bold letters take', () => {
    const { columns, width, size } = tableLayout(aTableUnder('Қанағаттандырылмады', 4));
    // 158 mm are 448 points; a bold letter of the widest kind takes 0.72 of its size.
    expect((columns[1] ?? 0) * width * 448).toBeGreaterThan('Қанағаттандырылмады'.length * 0.72 * size);
  });
});
