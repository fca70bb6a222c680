import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanWord } from '../vocabulary/index.ts';
import { idTable } from './id-table.ts';
import { mixedScriptWord } from './mixed-script.ts';
import { dateReader } from './parse-date.ts';
import { plainNumber, withDecimals } from './parse-number.ts';

describe('a table of ids', () => {
  it('is a map, however many ids it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.uuid({ version: 8 }), fc.integer({ min: 1, max: 4e9 })), { maxLength: 3000 }),
        (pairs) => {
          const [table, map] = [idTable(), new Map<string, number>()];
          for (const [id, value] of pairs) {
            table.set(id, value);
            map.set(id, value);
          }
          expect([...map].filter(([id, value]) => table.get(id) !== value)).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
  it('has nothing for an id it was never given', () => {
    expect(idTable().get('79717b50-8c93-8dc3-a4b1-278361c7c1d7')).toBe(0);
  });
});

describe('a date reader', () => {
  const iso = (format: string | undefined, text: string) => dateReader(format)(text);
  it.each([
    ['DD.MM.YYYY', '01.02.2018', '2018-02-01'],
    ['D.M.YYYY', '1.2.2018', '2018-02-01'],
    ['MM/DD/YYYY', '02/01/2018', '2018-02-01'],
    ['YYYYMMDD', '20180201', '2018-02-01'],
    ['MM.YYYY', '02.2018', '2018-02'],
    [undefined, '2018-02~', '2018-02~'],
  ])('%s reads %s', (format, text, expected) => expect(iso(format, text)).toEqual({ iso: expected }));
  it('tells an impossible day from text of another form', () => {
    expect(iso('DD.MM.YYYY', '32.02.2018')).toEqual({ impossible: true });
    expect(iso('DD.MM.YYYY', '1.2.18')).toBeUndefined();
  });
  it('takes every real day and no other', () => {
    const read = dateReader('DD.MM.YYYY');
    const two = (n: number) => String(n).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 1900, max: 2100 }),
        (d, m, y) => {
          const date = new Date(Date.UTC(y, m - 1, d));
          const real = date.getUTCDate() === d && date.getUTCMonth() === m - 1;
          expect(read(`${two(d)}.${two(m)}.${y}`)).toEqual(
            real ? { iso: `${y}-${two(m)}-${two(d)}` } : { impossible: true },
          );
        },
      ),
    );
  });
});

describe('a number as written', () => {
  it.each([
    ['1079', {}, '1079'],
    ['007', {}, '7'],
    ['-3', {}, '-3'],
    ['1 079', { thousands: ' ' }, '1079'],
    ['1.234.567,8', { thousands: '.', decimal: ',' }, '1234567.8'],
    ['1 07', { thousands: ' ' }, undefined],
    ['1e3', {}, undefined],
    ['0x10', {}, undefined],
    ['', {}, undefined],
    ['1..2', {}, undefined],
  ] as const)('%s', (text, format, expected) => expect(plainNumber(text, format)).toBe(expected));
  it('keeps no more decimals than the field has', () => {
    expect(withDecimals('2.50', 1)).toBe('2.5');
    expect(withDecimals('2.55', 1)).toBeUndefined();
  });
});

describe('look-alike letters', () => {
  it('are found in a word of two alphabets', () => expect(mixedScriptWord('в Acтaне')).toBe('Acтaне'));
  it('are found in Kazakh words with a Latin i', () => expect(mixedScriptWord('пiкет')).toBe('пiкет'));
  it.each(['IT-отдел', 'Астана', 'rally', 'әкімдік ғимараты', 'Facebook и ВКонтакте'])(
    'are not seen in %s',
    (text) => expect(mixedScriptWord(text)).toBeUndefined(),
  );
});

it('a word is compared without invisible marks and double spaces', () => {
  expect(cleanWord('\u200B не \u00A0 согласовано\u00AD ')).toBe('не согласовано');
});
