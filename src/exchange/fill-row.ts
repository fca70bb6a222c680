import type { EntryValue, EntryValues } from '../records/index.ts';
import type { SheetCell } from '../sheets/index.ts';
import { cleanWord, type Problem, problem } from '../vocabulary/index.ts';
import type { BoundMapping, BoundRule } from './bound-mapping.ts';
import type { Columns } from './header.ts';
import { cellReader, type ReadCell, type RecordIdOf } from './read-cell.ts';
import type { Reading } from './reading.ts';

/** What a row or a part of it states: in plain, and apart from it what identity fields state. */
export interface Stated {
  readonly values: EntryValues;
  readonly secrets: EntryValues;
}

const SHOWN = 60;
export const asText = (cell: SheetCell | undefined): string =>
  cell === undefined ? '' : typeof cell === 'object' ? Object.values(cell).join('') : String(cell);
/** A cell as it stands in the file, short enough for a message. */
export const shown = (cell: SheetCell | undefined): string => {
  const text = asText(cell);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};

export const isBlank = (cell: SheetCell | undefined): boolean =>
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

export interface Filled {
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

export type Binder = (bound: BoundRule) => Filled;

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

export const binder =
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

export interface Sink {
  readonly row: number;
  readonly problems: Problem[];
  readonly references: { id: string; column: string; value: string }[];
}

export const fill = (filled: readonly Filled[], cells: readonly SheetCell[], sink: Sink): Stated => {
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
