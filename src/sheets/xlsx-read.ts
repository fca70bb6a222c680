import { Worker } from 'node:worker_threads';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { SheetRow, SheetTable } from './cell.ts';
import { type SheetLimits, WORKBOOK, type WorkerLimits, XLSX_WORKER } from './limits.ts';
import type { XlsxReply, XlsxRequest } from './xlsx-parse.ts';

export interface XlsxOptions {
  /** Name, or number from 1. */
  readonly sheet: string | number;
  readonly headerRow: number;
  readonly limits: SheetLimits;
}

const collect = async (chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw new ProblemError(problem('import_file_too_large', { limit }));
    parts.push(chunk);
  }
  return Buffer.concat(parts);
};

/** Source files run as they are; a published package carries compiled JavaScript beside itself. */
const workerFile = (): URL =>
  new URL(`./xlsx-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

const inWorker = (
  request: XlsxRequest,
  { milliseconds, megabytes }: WorkerLimits,
): Promise<readonly SheetRow[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), {
      workerData: request,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      void worker.terminate();
      act();
    };
    const refuse = (what: string, limit: number): void =>
      settle(() => reject(new ProblemError(problem('import_limit', { what, limit, row: 1 }))));
    const timer = setTimeout(() => refuse('time', milliseconds / 1000), milliseconds);
    worker.once('message', (reply: XlsxReply) =>
      settle(() => ('rows' in reply ? resolve(reply.rows) : reject(new ProblemError(reply.problems)))),
    );
    worker.once('error', (error: Error & { code?: string }) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refuse('memory', megabytes) : settle(() => reject(error)),
    );
  });

async function* stream(rows: readonly SheetRow[]): AsyncGenerator<SheetRow> {
  yield* rows;
}

/**
 * A sheet of an XLSX file as a table. The file passes the zip guard and is parsed in a worker with limits of time and
 * memory. Formulas and errors come as such, dates as ISO text, numbers typed. Throws `import_zip_unsafe`,
 * `import_merged_cells`, `import_sheet_unknown`, `import_limit`, `import_file_too_large`, `import_not_a_table`.
 */
export const readXlsx = async (
  bytes: AsyncIterable<Uint8Array>,
  options: XlsxOptions,
  worker: WorkerLimits = XLSX_WORKER,
): Promise<SheetTable> => {
  const limits = { ...options.limits, rows: Math.min(options.limits.rows, WORKBOOK.rows) };
  const all = await inWorker({ ...options, limits, bytes: await collect(bytes, limits.workbook) }, worker);
  const [first, ...rows] = all;
  if (first === undefined || first.row !== options.headerRow)
    throw new ProblemError(problem('import_not_a_table', { reason: 'empty', row: options.headerRow }));
  return {
    header: first.cells.map((cell) => (typeof cell === 'object' ? '' : String(cell))),
    rows: stream(rows),
  };
};
