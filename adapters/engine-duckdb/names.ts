/** SQL identifiers and literals, quoted. */
export const name = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Columns that every loaded table has beside its own: the row's index, and on a child the index of its parent's row. */
export const ROW = '__row';
export const PARENT = '__parent';
/** The reason beside a nullable column, as in the Parquet files of a snapshot. */
export const missingOf = (column: string): string => `${column}__missing`;
