import type { FastifyReply } from 'fastify';
import { breakNotes, countedOnceNotes } from '../report/index.ts';
import { writeCsv, writeXlsx } from '../sheets/index.ts';
import { displayCell, type Table, tableGrid, tableToRecords } from '../tables/index.ts';
import { isMissing, labelText, roundTo } from '../vocabulary/index.ts';
import { marksOf } from './marks.ts';
import { unitText, type Words } from './words.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const workbook = (table: Table, words: Words): Promise<Uint8Array> => {
  const { messages, language } = words;
  const grid = tableGrid(table);
  const title = labelText(table.title, language);
  return writeXlsx({
    title,
    sheets: [
      {
        name: table.id.slice(0, 31),
        title,
        columns: [
          ...grid.rowDimensions.map((d) => ({ header: labelText(d.label, language), type: 'text' as const })),
          ...grid.columns.map(({ column, measure }) => ({
            header: [
              column === undefined ? undefined : labelText(column.label, language),
              labelText(measure.label, language),
            ]
              .filter((part) => part !== undefined)
              .join(': '),
            type: 'number' as const,
            decimals: measure.decimals,
          })),
        ],
        lead: marksOf(table, words),
        rows: grid.rows.map((row) => [
          ...row.codes.map((c) => labelText(c.label, language)),
          ...row.cells.map((cell, i) => {
            const decimals = grid.columns[i]?.measure.decimals ?? 0;
            return isMissing(cell.value)
              ? { missing: displayCell(messages, language, cell, { decimals }) }
              : Number(roundTo(cell.value, Math.max(decimals, 6)));
          }),
        ]),
        notes: [
          `${messages(language, 'web.cell.unit')}: ${unitText(words, table.unit)}`,
          ...countedOnceNotes(words, table),
          ...breakNotes(words, table),
          `${table.id} · ${table.snapshot}`,
        ],
      },
    ],
  });
};

/** A counted table as a file to take away: CSV one line a cell with all its parts, XLSX as the printed grid. */
export const sendTableFile = async (
  reply: FastifyReply,
  table: Table,
  format: 'csv' | 'xlsx',
  words: Words,
): Promise<FastifyReply> => {
  const name = `${table.id.replaceAll(/[^a-z0-9._+-]/gi, '-')}.${format}`;
  void reply.type(TYPES[format]).header('content-disposition', `attachment; filename="${name}"`);
  return format === 'csv'
    ? reply.send(writeCsv(tableToRecords(table), { bom: true }))
    : reply.send(Buffer.from(await workbook(table, words)));
};
