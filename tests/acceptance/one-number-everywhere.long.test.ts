import { readFileSync } from 'node:fs';
import { Workbook } from '@cj-tech-master/excelts';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CellJson, displayNumber, type TableJson } from '../../src/tables/index.ts';
import { fraction, roundTo } from '../../src/vocabulary/index.ts';
import { aTerminalWithSample, messages, type Terminal } from '../cli/a-terminal.ts';

/**
 * The first promise: a number that is printed cannot contradict another. From the demo to the report through the commands
 * that a person types, every number of the report is the same number in the JSON and CSV of the tables, in the workbook
 * and, for some, in the explanation of its cell.
 */
let terminal: Terminal;
let cells: ReadonlyMap<string, CellJson & { readonly decimals: number }>;
let csv: ReadonlyMap<string, Record<string, string>>;
/** What the page prints: the text of a number and the address it leads to. */
let printed: readonly { readonly text: string; readonly address: string }[];
/** Address -> the number of the workbook. */
let workbook: ReadonlyMap<string, number>;

const ask = async (command: string): Promise<string> => {
  const { code, out, note } = await terminal.run(...command.split(' '), '--data', terminal.path('data'));
  if (code !== 0) throw new Error(note);
  return out;
};

const decoded = (html: string): string => html.replaceAll('&amp;', '&').replaceAll('&#39;', "'");
const numbersOfPage = (page: string): typeof printed => {
  const rows = [...page.matchAll(/<tr id="([^"]+)">(.*?)<\/tr>/gs)];
  const addressOf = new Map(
    rows.map(([, anchor, row]) => [anchor, /<code>(asm[^<]+)<\/code>/.exec(row ?? '')?.[1]]),
  );
  return [...page.matchAll(/<a class="n" href="#([^"]+)">([^<]+)<\/a>/g)].map(([, anchor, text]) => ({
    text: decoded(text ?? ''),
    address: decoded(addressOf.get(anchor ?? '') ?? `no row for ${anchor}`),
  }));
};

const numbersOfWorkbook = async (file: string): Promise<typeof workbook> => {
  const book = new Workbook();
  await book.xlsx.load(readFileSync(file));
  const sheet = book.getWorksheet(messages('en', 'report_file.numbers'));
  const found = new Map<string, number>();
  let [address, value] = [0, 0];
  sheet?.eachRow((row) => {
    const texts = Array.from({ length: row.cellCount }, (_, i) => row.getCell(i + 1).value);
    if (address === 0) {
      address = texts.indexOf(messages('en', 'report.how.address')) + 1;
      value = texts.lastIndexOf(messages('en', 'report_file.value')) + 1;
      return;
    }
    const number = row.getCell(value).value;
    if (typeof number === 'number') found.set(String(row.getCell(address).value), number);
  });
  return found;
};

beforeAll(async () => {
  terminal = await aTerminalWithSample();
  const tables = JSON.parse(
    await ask('table --all --study assemblies --format json'),
  ) as readonly TableJson[];
  cells = new Map(
    tables.flatMap((t) =>
      t.cells.map((c) => {
        const own = t.measures.find((m) => m.id === c.measure)?.decimals ?? 0;
        const decimals = c.printed === undefined ? own : (/[.,](\d+)/.exec(c.printed)?.[1]?.length ?? 0);
        return [c.address, { ...c, decimals }] as const;
      }),
    ),
  );
  const lines = parse(await ask('table --all --study assemblies --format csv'), { columns: true }) as Record<
    string,
    string
  >[];
  csv = new Map(lines.map((line) => [line['address'] ?? '', line]));
  await ask(`report assemblies --period 2018 --lang en --to html,xlsx --out ${terminal.path('report')}`);
  printed = numbersOfPage(terminal.read('report/report.en.html'));
  workbook = await numbersOfWorkbook(terminal.path('report/report.en.xlsx'));
}, 120_000);
afterAll(() => terminal.close());

/** The number as the page must print it, from the exact value in the JSON. */
const asPrinted = ({ exact = '', decimals }: CellJson & { readonly decimals: number }): string => {
  const [num = '0', den = '1'] = exact.split('/');
  return displayNumber('en', roundTo(fraction(BigInt(num), BigInt(den)), decimals));
};

describe('every number of the report', () => {
  test('leads to a cell of a table', () => {
    expect(printed.length).toBeGreaterThan(500);
    expect(printed.filter(({ address }) => !cells.has(address))).toEqual([]);
  });

  test('is printed as the JSON of the tables has it', () => {
    const wrong = printed.filter(({ text, address }) => {
      const cell = cells.get(address);
      const number = cell === undefined ? 'none' : asPrinted(cell);
      // A number of the prose carries its noun: "32 assemblies".
      return !text.startsWith(number) || /^[\d.,]/.test(text.slice(number.length));
    });
    expect(wrong).toEqual([]);
  });

  test('is the same number in the workbook, typed', () => {
    const addresses = new Set(printed.map((p) => p.address));
    const wrong = [...addresses].filter((a) => workbook.has(a) && workbook.get(a) !== cells.get(a)?.value);
    expect(wrong).toEqual([]);
    expect(workbook.size).toBeGreaterThan(500);
  });

  test('is the same number in the CSV of the tables', () => {
    const wrong = printed.filter(({ address }) => {
      const [line, cell] = [csv.get(address), cells.get(address)];
      return line === undefined || Math.abs(Number(line['value']) - Number(cell?.value)) > 1e-9;
    });
    expect(wrong).toEqual([]);
  });

  test('is explained by its cell with the same text (a dozen, spread over the report)', async () => {
    const spread = printed.filter((_, i) => i % Math.ceil(printed.length / 12) === 0);
    for (const { address } of spread) {
      const cell = cells.get(address);
      const out = await ask(`cell ${address} --study assemblies`);
      expect(out.startsWith(`${address} = ${cell === undefined ? '' : asPrinted(cell)} (`), out).toBe(true);
    }
  }, 60_000);
});
