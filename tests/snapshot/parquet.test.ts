import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, test } from 'vitest';
import { type Snapshot, tableToParquet } from '../../src/snapshot/index.ts';
import { aGathering, freeze, inConflict, type Read, read } from './freezing.ts';

const snapshot = await freeze([
  aGathering(1, { values: { 'participants.best': 120, minutes: 45, tools: ['rally'] } }),
  aGathering(2, { values: { date: '2018-02', form: { missing: 'refused' }, place: 'unit:south' } }),
  inConflict(3, 'form', 'picket', 'rally'),
  aGathering(4, { values: { sanctions: [{ row_id: 'a', values: { kind: 'fine' } }] } }),
]);

const folder = mkdtempSync(join(tmpdir(), 'baqylau-parquet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a column holds, with gaps as Parquet has them: a null, and the reason beside it. */
const expected = (of: Snapshot, table: string) =>
  Object.fromEntries(
    [...(of.tables.get(table)?.columns.keys() ?? [])].map((name) => [name, read(of, table, name)]),
  );
const isGap = (value: Read): value is Exclude<Read, string | number | boolean> => typeof value === 'object';

const asRead = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'bigint' ? Number(value) : value;
};

const expectSame = (rows: readonly Record<string, unknown>[], table: string): void => {
  for (const [name, values] of Object.entries(expected(snapshot, table))) {
    const stored = rows.map((row) => asRead(row[name]));
    expect(stored, name).toEqual(values.map((value) => (isGap(value) ? null : value)));
    if (values.some(isGap))
      expect(
        rows.map((row) => row[`${name}__missing`]),
        name,
      ).toEqual(values.map((v) => (isGap(v) ? v.missing : null)));
    else
      expect(
        rows.every((row) => !(`${name}__missing` in row)),
        name,
      ).toBe(true);
  }
};

const TABLES = ['gathering', 'gathering.sanctions', 'gathering.tools'];
const parquet = (table: string): Uint8Array => {
  const found = snapshot.tables.get(table);
  if (found === undefined) throw new Error(`no table ${table}`);
  return tableToParquet(found);
};

describe('Parquet, read again', () => {
  test.each(TABLES)('%s has the same values and reasons by another reader (hyparquet)', async (table) => {
    const bytes = parquet(table);
    const rows = await parquetReadObjects({ file: bytes.buffer as ArrayBuffer, utf8: true });
    expectSame(rows, table);
  });

  test.each(TABLES)('%s has the same values and reasons by DuckDB', async (table) => {
    const file = join(folder, `${table}.parquet`);
    writeFileSync(file, parquet(table));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const result = await connection.runAndReadAll(`SELECT * FROM '${file}'`);
    const rows = result.getRowObjectsJson() as readonly Record<string, unknown>[];
    expectSame(rows, table);
    connection.closeSync();
  });
});
