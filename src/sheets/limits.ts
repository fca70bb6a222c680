/** What a file may cost to read (security plan 3.14). Whoever reads may state narrower ones, never none. */
export interface SheetLimits {
  /** Data rows; a streamed CSV may be long, a workbook is held in memory. */
  readonly rows: number;
  readonly columns: number;
  /** UTF-16 code units of one cell: the limit of Excel itself. */
  readonly cell: number;
  /** Bytes of one record; a file without line ends is refused here and not read on. */
  readonly record: number;
  /** Bytes of a workbook, packed. */
  readonly workbook: number;
}

export const SHEET_LIMITS: SheetLimits = {
  rows: 10_000_000,
  columns: 500,
  cell: 32_767,
  record: 1_048_576,
  workbook: 52_428_800,
};

/** A workbook is held in memory, at about a kilobyte a cell; a longer table is read as CSV, row by row. */
export const WORKBOOK = { rows: 200_000, cells: 1_000_000 } as const;

/** The zip guard: entries, bytes after unpacking, bytes out per byte in. */
export const ZIP_LIMITS = { entries: 1_000, bytes: 209_715_200, ratio: 100 } as const;

/** What the thread that parses a workbook may use before it is ended. */
export interface WorkerLimits {
  readonly milliseconds: number;
  readonly megabytes: number;
}
export const XLSX_WORKER: WorkerLimits = { milliseconds: 60_000, megabytes: 1_536 };
