import { type EntryValues, type Hmac, recordIdForImport } from '../records/index.ts';
import type { SheetCell, SheetRow } from '../sheets/index.ts';
import { cleanWord, type Problem, problem } from '../vocabulary/index.ts';
import type { BoundMapping, BoundRepeat, BoundRule } from './bound-mapping.ts';
import { columnsRead, hasSecret } from './columns-read.ts';
import {
  asText,
  type Binder,
  binder,
  type Filled,
  fill,
  isBlank,
  type Sink,
  type Stated,
  shown,
} from './fill-row.ts';
import type { Columns } from './header.ts';
import type { RecordIdOf } from './read-cell.ts';
import { type ReadReview, type RowReview, reviewReader } from './read-review.ts';

/** A row of the file as far as the row alone can tell. */
export interface ReadRow {
  readonly row: number;
  /** Text of the key columns; empty where the mapping names none. */
  readonly key: readonly string[];
  readonly values: EntryValues;
  /** What identity fields state, apart: it goes sealed into the entry, and nowhere else. */
  readonly secrets: EntryValues;
  /** Rows of repeats with the place each came from: a row id must not move when another row is filled. */
  readonly repeats: ReadonlyMap<string, readonly RepeatRow[]>;
  readonly review: RowReview;
  /** Record ids that references name, with the column they stand in. */
  readonly references: readonly { readonly id: string; readonly column: string; readonly value: string }[];
  readonly problems: readonly Problem[];
}
export type ReadRowOf = (row: SheetRow) => ReadRow;

export interface RepeatRow extends Stated {
  readonly place: number;
}

const repeatReader = (repeat: BoundRepeat, bind: Binder, columns: Columns) => {
  // A split cell that holds a name may hold it in the wrong part.
  const mayShow = repeat.split === undefined || !hasSecret(repeat.rows);
  const bound = (one: BoundRule): Filled => {
    const filled = bind(one);
    return { ...filled, mayShow: filled.mayShow && mayShow };
  };
  const rows = repeat.rows.map((rules) => rules.map(bound));
  const splitAt = columns.get(cleanWord(repeat.split?.from ?? '')) ?? -1;
  const isSkipped = (cell: SheetCell): boolean => isBlank(cell) || repeat.skip.has(cleanWord(shown(cell)));
  const within = repeat.split?.within;
  const partsOf = (part: string): readonly string[] =>
    (within === undefined ? [part] : part.split(within)).map((p) => p.trim());
  const written = (filled: readonly Filled[], cells: readonly SheetCell[]): boolean =>
    filled.some((f) => f.fromFile && !isSkipped(f.fetch(cells)));
  return (cells: readonly SheetCell[], sink: Sink): readonly RepeatRow[] => {
    const sources: (readonly [readonly Filled[], readonly SheetCell[]])[] =
      repeat.split === undefined
        ? rows.map((filled) => [filled, cells])
        : asText(cells[splitAt])
            .split(repeat.split.by)
            .map((part) => [rows[0] ?? [], partsOf(part)]);
    return sources.flatMap(([filled, from], place) =>
      written(filled, from) ? [{ place, ...fill(filled, from, sink) }] : [],
    );
  };
};

/** Reads rows of a file whose header was bound: values, key, review, and every problem that the row alone shows. */
export const rowReader = (bound: BoundMapping, columns: Columns, hmac: Hmac): ReadRowOf => {
  const { mapping, study } = bound;
  const recordIdOf: RecordIdOf = (reference, key) => {
    const [inStudy, to] = reference.includes('/') ? reference.split('/') : [study.id, reference];
    return recordIdForImport(hmac, inStudy ?? study.id, to ?? '', key);
  };
  const bind = binder(bound, columns, recordIdOf);
  const filled = bound.rules.map(bind);
  const repeats = bound.repeats.map((r) => ({ path: r.field.path, read: repeatReader(r, bind, columns) }));
  const keyAt = (mapping.key ?? []).map((name) => [name, columns.get(cleanWord(name)) ?? -1] as const);
  const readReview: ReadReview = reviewReader(bound, columns);
  const isExact = mapping.file.format === 'csv';
  const fillsSecrets = columnsRead(bound).some((read) => read.isSecret);
  return ({ row, cells: written }) => {
    const sink: Sink = { row, problems: [], references: [] };
    const fits = isExact ? written.length === columns.size : written.length <= columns.size;
    if (!fits)
      sink.problems.push(
        problem('import_row_width', { cells: written.length, columns: columns.size }, { row }),
      );
    // In a row of the wrong width a name may stand in any column, and a problem would show it.
    const cells = fits || !fillsSecrets ? written : [];
    const key = keyAt.map(([, i]) => cleanWord(asText(cells[i])));
    keyAt.forEach(([column, i]) => {
      const cell = cells[i];
      if (isBlank(cell))
        sink.problems.push(problem('import_key_missing', { column }, { row, field: column }));
      else if (typeof cell === 'object' && 'formula' in cell)
        sink.problems.push(
          problem('import_formula', { column, value: '', cell: cell.formula }, { row, field: column }),
        );
    });
    const { values, secrets } = fill(filled, cells, sink);
    const filledRepeats = new Map(repeats.map(({ path, read }) => [path, read(cells, sink)]));
    const review = readReview(cells, row, sink.problems);
    return {
      row,
      key,
      values,
      secrets,
      repeats: filledRepeats,
      review,
      references: sink.references,
      problems: fits || !fillsSecrets ? sink.problems : sink.problems.slice(0, 1),
    };
  };
};
