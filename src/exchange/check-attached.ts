import { type Problem, problem } from '../vocabulary/index.ts';
import { ATTACHED, type FileFault, type TableFiles } from './attached-files.ts';
import type { BoundMapping } from './bound-mapping.ts';
import { columnsRead } from './columns-read.ts';
import type { Secret } from './seal.ts';

/**
 * What is wrong with the files that a row is to attach. A problem names the column and which file of its cell it is, never the
 * file: its name can name a person.
 */
export const fileProblems = (
  bound: BoundMapping,
  secrets: readonly Secret[],
  files: TableFiles | undefined,
  row: number,
): readonly Problem[] => {
  let [count, bytes] = [0, 0];
  const told = (field: string, what: FileFault | 'row_files' | 'row_bytes', n: number): Problem => {
    const column = columnOf(bound, field);
    const limit =
      what === 'row_files' ? ATTACHED.files : what === 'row_bytes' ? ATTACHED.rowBytes : ATTACHED.fileBytes;
    return problem('import_attachment', { column, what, n, limit }, { row, field: column });
  };
  for (const { field, files: named = [] } of secrets)
    for (const [i, { path }] of named.entries()) {
      const looked = files?.look(path) ?? { fault: 'missing' };
      if ('fault' in looked) return [told(field, looked.fault, i + 1)];
      count += 1;
      bytes += looked.bytes;
      if (count > ATTACHED.files) return [told(field, 'row_files', i + 1)];
      if (bytes > ATTACHED.rowBytes) return [told(field, 'row_bytes', i + 1)];
    }
  return [];
};

/** The columns that fill a field; a constant has none. */
const columnOf = (bound: BoundMapping, field: string): string => {
  const columns = columnsRead(bound)
    .filter(({ fills }) => field === fills || field.endsWith(`.${fills}`))
    .flatMap((read) => read.columns);
  return columns.length > 0 ? [...new Set(columns)].join(' / ') : field;
};
