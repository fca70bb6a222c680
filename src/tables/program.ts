import type { Column } from '../snapshot/index.ts';
import type { ExpressionNode } from '../study/index.ts';
import { codedColumn, magnitude, type CodedColumn } from './coded-column.ts';
import { columnScalar, conditionScalar, type ChildScope, type Scope } from './expression-scalar.ts';
import { AND, combineTruths, lookUpBytes, OR } from './kernels.ts';
import { UNKNOWN, type Scalar, type Truth } from './scalar.ts';
import type { TableView } from './table-view.ts';

/** Rows evaluated at a time: every vector of a block stays in the second-level cache. */
export const BLOCK = 4096;

/** Truths or statuses, one byte a row: a whole column (`whole`), or the current block only. */
export interface Bytes {
  /** Equal keys, equal bytes: what is counted by them is shared too. */
  readonly key: string;
  readonly data: Uint8Array;
  readonly whole: boolean;
}
/** Rows `start` to `start + n` of the table. */
export type Step = (start: number, n: number) => void;

/**
 * What is computed for each block of rows of one table, in order. Equal expressions are compiled once (`once`), whichever
 * table or measure asks: the point of counting all tables in one pass.
 */
export interface Program {
  readonly view: TableView;
  readonly block: number;
  readonly steps: Step[];
  once<T>(key: string, make: () => T): T;
}

export const newProgram = (view: TableView, block: number = BLOCK): Program => {
  const made = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    if (made.has(key)) return made.get(key) as T;
    const value = make();
    made.set(key, value);
    return value;
  };
  return { view, block, steps: [], once };
};

export const runProgram = ({ view, block, steps }: Program): void => {
  for (let start = 0; start < view.table.rows; start += block) {
    const n = Math.min(block, view.table.rows - start);
    for (const step of steps) step(start, n);
  }
};

/** A stable name of an expression, offsets left out. */
export const expressionKey = (node: ExpressionNode): string =>
  JSON.stringify(node, (key, value: unknown) => (key === 'at' || key === 'type' ? undefined : value));

const firstChildRows = new WeakMap<Uint32Array, Uint32Array>();

/** For each row above, where its child rows begin; one more at the end. */
const childOffsets = (parentRows: Uint32Array, rowsAbove: number): Uint32Array => {
  const known = firstChildRows.get(parentRows);
  if (known !== undefined) return known;
  const offsets = new Uint32Array(rowsAbove + 1);
  for (const row of parentRows) (offsets[row + 1] as number)++;
  for (let row = 0; row < rowsAbove; row++) (offsets[row + 1] as number) += offsets[row] as number;
  firstChildRows.set(parentRows, offsets);
  return offsets;
};

const childScope = (view: TableView, above: TableView, name: string): ChildScope => {
  const offsets = childOffsets(view.table.parent?.rows ?? new Uint32Array(), above.table.rows);
  const own = (path: string): Column | undefined => {
    const inside = path.startsWith(`${name}.`) ? path.slice(name.length + 1) : undefined;
    return inside === undefined ? undefined : view.table.columns.get(inside);
  };
  const rowsAbove = view.table.parent?.rows ?? new Uint32Array();
  const outer = tableScope(above);
  return {
    first: (row) => offsets[row] as number,
    end: (row) => offsets[row + 1] as number,
    scope: {
      table: view.table.id,
      field: (path) => {
        const column = own(path);
        if (column !== undefined) return columnScalar(column);
        const scalar = outer.field(path);
        return scalar === undefined
          ? undefined
          : ({ ...scalar, at: (row: number) => scalar.at(rowsAbove[row] as number) } as Scalar);
      },
      child: () => undefined,
    },
  };
};

/** Names in an expression over a table: its columns, those of the rows above, and its child tables. */
export const tableScope = (view: TableView): Scope => ({
  table: view.table.id,
  field: (path) => {
    const column = view.column(path);
    return column === undefined ? undefined : columnScalar(column);
  },
  child: (name) => {
    const child = view.child(name);
    return child === undefined ? undefined : childScope(child, view, name);
  },
});

/** Columns an expression reads, or undefined when it looks into child rows. */
const columnsRead = (node: ExpressionNode, view: TableView): ReadonlySet<string> | undefined => {
  const paths = new Set<string>();
  const visit = (n: ExpressionNode): boolean => {
    if (n.kind === 'counted') paths.add('counted');
    if (n.kind === 'field') {
      if (view.column(n.path) === undefined || view.child(n.path) !== undefined) return false;
      paths.add(n.path);
    }
    if (n.kind === 'binary') return visit(n.left) && visit(n.right);
    if (n.kind === 'negate') return visit(n.operand);
    return n.kind !== 'call' || n.args.every(visit);
  };
  return visit(node) ? paths : undefined;
};

/** Numbers and days are coded only when few values are possible; codes and booleans are coded anyway. */
const fewValues = (column: Column): boolean =>
  column.kind === 'code' ||
  column.kind === 'boolean' ||
  (column.kind === 'number' && magnitude(column) <= 0xffff);

const entryScalar = (column: Column, { entries, values }: CodedColumn): Scalar => {
  const number = (slot: number): number | undefined => (slot < values ? entries[slot]?.number : undefined);
  switch (column.kind) {
    case 'boolean':
      return { kind: 'boolean', at: (slot) => (slot < values ? (slot as Truth) : UNKNOWN) };
    case 'number':
      return { kind: 'number', decimals: column.decimals, at: number };
    case 'day':
      return { kind: 'date', at: number };
    default:
      return { kind: 'text', at: (slot) => (slot < values ? entries[slot]?.code : undefined) };
  }
};

/**
 * A condition that reads one coded column is decided once for each of its entries, gaps included; its rows are then one
 * look-up. That is most of them.
 */
const byEntries = (
  program: Program,
  key: string,
  node: ExpressionNode,
  path: string,
  column: Column,
): Bytes => {
  const coded = codedColumn(column);
  const scope: Scope = {
    table: program.view.table.id,
    field: (name) => (name === path ? entryScalar(column, coded) : undefined),
    child: () => undefined,
  };
  const truth = conditionScalar(node, scope);
  const lut = Uint8Array.from(coded.entries, (_, slot) => truth.at(slot));
  // A boolean column without gaps is its own truth vector.
  if (column.kind === 'boolean' && column.missing === undefined && lut[0] === 0 && lut[1] === 1)
    return { key, data: column.values, whole: true };
  return lookUp(program, key, coded.slots, lut);
};

/** A byte for each row by the entry it holds. */
export const lookUp = (program: Program, key: string, slots: CodedColumn['slots'], lut: Uint8Array): Bytes =>
  program.once(key, () => {
    const data = new Uint8Array(program.block);
    program.steps.push((start, n) => lookUpBytes(data, slots, start, n, lut));
    return { key, data, whole: false };
  });

/** Two truth vectors through a truth table of `kernels.ts`. */
export const combine = (
  program: Program,
  name: string,
  a: Bytes,
  b: Bytes,
  truthTable: Uint8Array,
): Bytes => {
  const key = `${name}(${a.key}; ${b.key})`;
  return program.once(key, () => {
    const data = new Uint8Array(program.block);
    program.steps.push((start, n) =>
      combineTruths(data, a.data, a.whole ? start : 0, b.data, b.whole ? start : 0, n, truthTable),
    );
    return { key, data, whole: false };
  });
};

/** Every row is in. */
export const everyRow = (program: Program): Bytes =>
  program.once('every row', () => ({
    key: 'every row',
    data: new Uint8Array(program.block).fill(1),
    whole: false,
  }));

const NOT = Uint8Array.of(1, 0, 2);

const negated = (program: Program, key: string, a: Bytes): Bytes => {
  const data = new Uint8Array(program.block);
  program.steps.push((start, n) => lookUpBytes(data, a.data, a.whole ? start : 0, n, NOT));
  return { key, data, whole: false };
};

/** Anything else, child rows and arithmetic among them, is evaluated row by row. */
const byRows = (program: Program, key: string, node: ExpressionNode): Bytes => {
  const scalar = conditionScalar(node, tableScope(program.view));
  const data = new Uint8Array(program.block);
  program.steps.push((start, n) => {
    for (let i = 0; i < n; i++) data[i] = scalar.at(start + i);
  });
  return { key, data, whole: false };
};

/** The truth of a condition for every row. Compiled once a program for equal conditions. */
export const truthOf = (program: Program, node: ExpressionNode): Bytes => {
  const key = `truth ${expressionKey(node)}`;
  return program.once(key, () => {
    const read = columnsRead(node, program.view);
    if (read?.size === 1) {
      const [path = ''] = read;
      const column = program.view.column(path);
      if (column !== undefined && fewValues(column))
        return byEntries(program, `entries ${key}`, node, path, column);
    }
    if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
      const [left, right] = [truthOf(program, node.left), truthOf(program, node.right)];
      return combine(program, node.operator, left, right, node.operator === 'and' ? AND : OR);
    }
    if (node.kind === 'call' && node.name === 'not' && node.args[0] !== undefined)
      return negated(program, key, truthOf(program, node.args[0]));
    return byRows(program, key, node);
  });
};
