/** A file that a cell names: its path from the folder of the table, with `/`, and the id that it has as an attachment. */
export interface AttachedFile {
  readonly id: string;
  readonly path: string;
}

/** Why a file cannot be taken. */
export type FileFault = 'outside' | 'missing' | 'not_a_file' | 'empty' | 'too_large' | 'unreadable';

/** The files that lie beneath the folder of a table. */
export interface TableFiles {
  /** The size in bytes of a file that can be taken, or why it cannot. */
  look(path: string): { readonly bytes: number } | { readonly fault: FileFault };
}

/** Limits of what one row attaches: its files wait in memory together until they are in the log. */
export const ATTACHED = { files: 50, fileBytes: 50 * 1024 * 1024, rowBytes: 200 * 1024 * 1024 } as const;
