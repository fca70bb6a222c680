import { type EntryValue, type EntryValues, type Hmac, recordIdForImport } from '../records/index.ts';
import type { SheetCell, SheetRow } from '../sheets/index.ts';
import { type Problem, problem } from '../vocabulary/index.ts';
import type { BoundMapping, BoundRepeat, BoundRule } from './bound-mapping.ts';
import { columnsRead, hasSecret } from './columns-read.ts';
import type { Columns } from './header.ts';
import { cleanWord } from './normalise.ts';
import { cellReader, type ReadCell, type RecordIdOf } from './read-cell.ts';
import { type ReadReview, type RowReview, reviewReader } from './read-review.ts';
import type { Reading } from './reading.ts';

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

interface Stated {
  readonly values: EntryValues;
  readonly secrets: EntryValues;
}
export interface RepeatRow extends Stated {
  readonly place: number;
}

const SHOWN = 60;
const asText = (cell: SheetCell | undefined): string =>
  cell === undefined ? '' : typeof cell === 'object' ? Object.values(cell).join('') : String(cell);
/** A cell as it stands in the file, short enough for a message. */
const shown = (cell: SheetCell | undefined): string => {
  const text = asText(cell);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};

const isBlank = (cell: SheetCell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** Where a rule takes its cell from: the row, or the parts of a split cell. */
interface Fetch {
  readonly column: string;
  readonly cell: (cells: readonly SheetCell[]) => SheetCell;
}

const fetchOf = ({ rule }: BoundRule, columns: Columns): Fetch => {
  if (rule.constant !== undefined) return { column: '', cell: () => rule.constant ?? '' };
  if (rule.part !== undefined) return { column: '', cell: (parts) => parts[(rule.part ?? 1) - 1] ?? '' };
  const column = typeof rule.from === 'string' ? cleanWord(rule.from) : '';
  const index = columns.get(column) ?? -1;
  return { column, cell: (cells) => cells[index] ?? '' };
};

interface Filled {
  readonly path: string;
  readonly column: string;
  readonly fromFile: boolean;
  readonly fetch: (cells: readonly SheetCell[]) => SheetCell;
  readonly read: (cells: readonly SheetCell[]) => Reading;
  readonly checkReference: boolean;
  readonly isSecret: boolean;
  /** Whether a problem of the cell may show what stands in it. */
  readonly mayShow: boolean;
}

type Binder = (bound: BoundRule) => Filled;

const flagged = ({ rule }: BoundRule, columns: Columns): ((cells: readonly SheetCell[]) => Reading) => {
  const yes = new Set((rule.yes ?? ['1']).map(cleanWord));
  const flags = Object.entries(rule.flags ?? {}).map(
    ([name, code]) => [columns.get(cleanWord(name)) ?? -1, code] as const,
  );
  return (cells) => {
    if (flags.every(([i]) => isBlank(cells[i]))) return { empty: true };
    return {
      value: flags.filter(([i]) => yes.has(cleanWord(String(cells[i] ?? '')))).map(([, code]) => code),
    };
  };
};

const compound = (from: readonly string[], columns: Columns, to: string, recordIdOf: RecordIdOf) => {
  const at = from.map((name) => columns.get(cleanWord(name)) ?? -1);
  return (cells: readonly SheetCell[]): Reading => {
    const key = at.map((i) => cleanWord(asText(cells[i])));
    return key.every((k) => k === '') ? { empty: true } : { value: recordIdOf(to, key) };
  };
};

const binder =
  (bound: BoundMapping, columns: Columns, recordIdOf: RecordIdOf): Binder =>
  (one) => {
    const { target, rule } = one;
    const { column, cell } = fetchOf(one, columns);
    const readCell: ReadCell = cellReader(bound.study, target, rule, recordIdOf, bound.mapping.missing ?? {});
    const constant = rule.constant === undefined ? undefined : readCell(rule.constant);
    const read =
      constant !== undefined
        ? () => constant
        : rule.flags !== undefined
          ? flagged(one, columns)
          : Array.isArray(rule.from)
            ? compound(rule.from, columns, target.field.reference?.to ?? '', recordIdOf)
            : (cells: readonly SheetCell[]) => readCell(cell(cells));
    const shownColumn =
      column !== '' ? column : Array.isArray(rule.from) ? rule.from.join(' + ') : target.path;
    return {
      path: target.path,
      column: shownColumn,
      fromFile: rule.constant === undefined,
      fetch: cell,
      read,
      checkReference: target.kind === 'reference' && rule.must_exist !== false,
      isSecret: target.sensitivity === 'identity',
      mayShow: target.sensitivity !== 'identity',
    };
  };

interface Sink {
  readonly row: number;
  readonly problems: Problem[];
  readonly references: { id: string; column: string; value: string }[];
}

const fill = (filled: readonly Filled[], cells: readonly SheetCell[], sink: Sink): Stated => {
  const values: Record<string, EntryValue> = {};
  const secrets: Record<string, EntryValue> = {};
  for (const { path, column, read, fetch, checkReference, isSecret, mayShow } of filled) {
    const reading = read(cells);
    if ('value' in reading) {
      (isSecret ? secrets : values)[path] = reading.value;
      if (checkReference && mayShow)
        for (const id of [reading.value].flat())
          if (typeof id === 'string') sink.references.push({ id, column, value: shown(fetch(cells)) });
    } else if ('bad' in reading) {
      const at = { row: sink.row, field: column };
      sink.problems.push(
        mayShow
          ? problem(reading.bad, { ...reading.details, column, value: shown(fetch(cells)) }, at)
          : // Nothing of the reading's details: they may quote the cell.
            problem('import_identity_cell', { column, why: reading.bad }, at),
      );
    }
  }
  return { values, secrets };
};

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
