import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../src/tables/index.ts';
import { countFile, printed } from './street-actions.ts';

const reference = process.env.BAQYLAU_REFERENCE ?? join(import.meta.dirname, '../../../shared/reference');
const realFile = join(reference, 'ovd-info-2012', 'actions.csv');

describe('a study that somebody else wrote, over a small file with the quirks of a real one', () => {
  let tables: readonly Table[];
  let rows: number;
  beforeAll(async () => {
    ({ rows, tables } = await countFile(join(import.meta.dirname, 'synthetic.csv')));
  });

  it('imports every row, also two that differ only in their key', () => {
    expect(rows).toBe(8);
    expect(printed(tables, 'act.total', '2011-2012', 'n')).toBe('8');
  });
  it('leaves an empty number out of the sum instead of adding zero', () => {
    expect(printed(tables, 'act.total', '2011-2012', 'detained')).toBe('85');
    const total = tables.find((t) => t.id === 'act.total')?.cells.find((c) => c.measure === 'detained');
    expect(total?.nMissing).toBe(1);
  });
  it('counts spellings with more spaces as one code', () => {
    expect(printed(tables, 'act.by_agreement', 'not_agreed', 'n')).toBe('6');
    expect(printed(tables, 'act.by_agreement', 'agreed', 'detained')).toBe('6');
  });
  it('gathers spelling variants under one code', () => {
    expect(printed(tables, 'act.by_type', 'camp', 'n')).toBe('2');
    expect(printed(tables, 'act.by_type', 'camp', 'detained')).toBe('65');
  });
  it('adds rows up to their total', () => {
    expect(printed(tables, 'act.by_type', '_total', 'n')).toBe('8');
    expect(printed(tables, 'act.by_agreement', '_total', 'detained')).toBe('85');
  });
});

const isThere = existsSync(realFile);
const absent = `the published file is absent (${realFile}): set BAQYLAU_REFERENCE to the folder of references`;
if (!isThere) console.warn(absent);

/** What the publication's own readme says: actions and detentions. */
const SUMS: readonly (readonly [string, string, string, string])[] = [
  ['act.total', '2011-2012', '228', '5169'],
  ['act.by_agreement', 'agreed', '20', '1079'],
  ['act.by_agreement', 'not_agreed', '208', '4090'],
  ['act.by_type', 'picket', '65', '682'],
  ['act.by_type', 'single_picket', '15', '47'],
  ['act.by_type', '_total', '228', '5169'],
];

describe('the same study over the published file', () => {
  // Nobody may copy the file into the project: where it is promised its absence is a failure, elsewhere a notice.
  it('has its file wherever all references are promised', () => {
    expect(isThere || process.env.CI !== 'true', absent).toBe(true);
  });
  const counted = isThere ? countFile(realFile) : undefined;
  it.each(isThere ? SUMS : [])('%s, %s: %s actions, %s detentions', async (table, code, n, detained) => {
    const { tables } = (await counted) ?? { tables: [] };
    expect([printed(tables, table, code, 'n'), printed(tables, table, code, 'detained')]).toEqual([
      n,
      detained,
    ]);
  });
  it.each(isThere ? [228] : [])('has %i records, one a row', async (rows) => {
    expect((await counted)?.rows).toBe(rows);
  });
});
