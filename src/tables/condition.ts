import type { Column } from '../snapshot/index.ts';
import type { Call, ExpressionNode } from '../study/index.ts';
import { childCounts } from './child-counts.ts';
import { codeSets } from './code-sets.ts';
import { type CodedColumn, codedColumn, magnitude } from './coded-column.ts';
import { conditionScalar, type Scope } from './expression-scalar.ts';
import type { Program } from './program.ts';
import { type Scalar, type Truth, UNKNOWN } from './scalar.ts';
import { type Coding, coded as codedStatus, combine, negated, type Status } from './status.ts';
import { tableScope } from './table-scope.ts';
import type { TableView } from './table-view.ts';
import { AND, OR } from './truth-tables.ts';

/** A coding and the names of an expression that it answers, read by entry instead of by row. */
interface Readable {
  readonly coding: Coding;
  readonly scope: Scope;
  /** A boolean column without gaps: its bytes are truths already. */
  readonly truths?: Uint8Array;
}

/** Calls that look at the set of answers of a select_multiple, and at nothing else of its rows. */
const ON_SETS: ReadonlySet<string> = new Set(['selected', 'count-selected', 'present', 'missing']);
const SET = '[]';
const COUNT = '#';

/** A child table, and the column of it that has to be true. */
interface Counted {
  readonly list: string;
  readonly flag?: string;
}

const countedAt = (path: string, view: TableView): Counted | undefined => {
  if (view.column(path) !== undefined) return undefined;
  if (view.child(path) !== undefined) return { list: path };
  const at = path.lastIndexOf('.');
  const [list, flag] = [path.slice(0, at), path.slice(at + 1)];
  const child = at < 0 || view.column(list) !== undefined ? undefined : view.child(list);
  return child?.table.columns.get(flag)?.kind === 'boolean' ? { list, flag } : undefined;
};

/** `count(materials)`, `count(materials.its_counted)`: child rows of their own, not the answers of a question. */
const countsChildren = ({ name, args: [first, ...rest] }: Call, view: TableView): string | undefined =>
  name === 'count' &&
  first?.kind === 'field' &&
  rest.length === 0 &&
  countedAt(first.path, view) !== undefined
    ? first.path
    : undefined;

/** What an expression reads: columns, sets of answers marked `[]`, numbers of child rows marked `#`; undefined when it looks into other child rows. */
const namesRead = (node: ExpressionNode, view: TableView): ReadonlySet<string> | undefined => {
  const names = new Set<string>();
  const visit = (n: ExpressionNode): boolean => {
    switch (n.kind) {
      case 'counted':
        names.add('counted');
        return true;
      case 'field':
        names.add(n.path);
        return view.column(n.path) !== undefined && view.child(n.path) === undefined;
      case 'binary':
        return visit(n.left) && visit(n.right);
      case 'negate':
        return visit(n.operand);
      case 'call': {
        const counted = countsChildren(n, view);
        if (counted !== undefined) {
          names.add(counted + COUNT);
          return true;
        }
        const [first, ...rest] = n.args;
        const onSet = first?.kind === 'field' && ON_SETS.has(n.name) && view.child(first.path) !== undefined;
        if (!onSet) return n.args.every(visit);
        names.add(first.path + SET);
        return rest.every(visit);
      }
      default:
        return true;
    }
  };
  return visit(node) ? names : undefined;
};

/** Numbers are coded only when few values are possible; codes and booleans are coded anyway. */
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

/** A column as a vocabulary; undefined when it has too many values for one. */
export const readableColumn = (view: TableView, path: string): Readable | undefined => {
  const column = view.column(path);
  if (column === undefined || !fewValues(column)) return undefined;
  const coded = codedColumn(column);
  const scalar = entryScalar(column, coded);
  return {
    coding: { kind: 'whole', key: path, slots: coded.slots, count: coded.entries.length },
    scope: {
      table: view.table.id,
      field: (name) => (name === path ? scalar : undefined),
      child: () => undefined,
    },
    ...(column.kind === 'boolean' && column.missing === undefined ? { truths: column.values } : {}),
  };
};

const setCoding = (view: TableView, path: string): Readable | undefined => {
  const child = view.child(path);
  const own = view.column(path);
  const sets = child === undefined ? undefined : codeSets(child.table, view.table.rows, own);
  if (sets === undefined) return undefined;
  const answers: Scalar = {
    kind: 'number',
    decimals: 0,
    at: (set) => (sets.answered(set) ? 1 : undefined),
  };
  const scope: Scope = {
    table: view.table.id,
    field: (name) => (name === path && own !== undefined ? answers : undefined),
    child: (name) => (name === path ? sets.scope(name) : undefined),
  };
  return { coding: { kind: 'whole', key: path + SET, slots: sets.slots, count: sets.count }, scope };
};

const countCoding = (view: TableView, path: string): Readable | undefined => {
  const counted = countedAt(path, view);
  const child = counted === undefined ? undefined : view.child(counted.list);
  if (counted === undefined || child === undefined) return undefined;
  const { slots, count, scope } = childCounts(child.table, view.table.rows, counted.flag);
  return {
    coding: { kind: 'whole', key: path + COUNT, slots, count },
    scope: {
      table: view.table.id,
      field: () => undefined,
      child: (name) => (name === counted.list ? scope : undefined),
    },
  };
};

/**
 * A condition that reads one small vocabulary is decided once for each of its entries, gaps included; its rows are then
 * one look-up. That is most of them.
 */
const byEntries = (node: ExpressionNode, { coding, scope, truths }: Readable): Status => {
  const truth = conditionScalar(node, scope);
  const lut = Uint8Array.from({ length: coding.count }, (_, entry) => truth.at(entry));
  if (truths !== undefined && lut[0] === 0 && lut[1] === 1)
    return { kind: 'byte', key: `truths ${coding.key}`, data: truths };
  return codedStatus(coding, lut);
};

/** Anything else, child rows and arithmetic among them, is evaluated row by row. */
const byRows = (program: Program, key: string, node: ExpressionNode): Status => {
  const { at } = conditionScalar(node, tableScope(program.view));
  return { kind: 'rows', key, at };
};

/** A condition on one text is decided once a row and kept with the table: texts are too many for a vocabulary, and slow. */
const byTexts = (program: Program, key: string, node: ExpressionNode): Status => {
  const { at } = conditionScalar(node, tableScope(program.view));
  const data = new Uint8Array(program.view.table.rows);
  for (let row = 0; row < data.length; row++) data[row] = at(row);
  return { kind: 'byte', key, data };
};

const readableOf = (view: TableView, name: string): Readable | undefined => {
  if (name.endsWith(SET)) return setCoding(view, name.slice(0, -SET.length));
  return name.endsWith(COUNT) ? countCoding(view, name.slice(0, -COUNT.length)) : readableColumn(view, name);
};

type Junction = 'and' | 'or';
/** Operands of a chain of the same operator: and, or are associative and commutative in three-valued logic too. */
const operands = (node: ExpressionNode, operator: Junction): readonly ExpressionNode[] =>
  node.kind === 'binary' && node.operator === operator
    ? [...operands(node.left, operator), ...operands(node.right, operator)]
    : [node];

/** Operands that read the same column are joined first: `form = 'a' or … or form = 'b'` is one look-up. */
const joinOperands = (
  view: TableView,
  node: ExpressionNode,
  operator: Junction,
): readonly ExpressionNode[] => {
  const joined = new Map<string, ExpressionNode>();
  for (const [i, operand] of operands(node, operator).entries()) {
    const read = namesRead(operand, view);
    const key = read?.size === 1 ? [...read].join('') : `${i} alone`;
    const before = joined.get(key);
    joined.set(
      key,
      before === undefined
        ? operand
        : { kind: 'binary', at: 0, type: 'boolean', operator, left: before, right: operand },
    );
  }
  return [...joined.values()];
};

const keys = new WeakMap<ExpressionNode, string>();
/** A stable name of an expression, offsets left out. */
const expressionKey = (node: ExpressionNode): string => {
  let key = keys.get(node);
  if (key === undefined) {
    key = JSON.stringify(node, (name, value: unknown) =>
      name === 'at' || name === 'type' ? undefined : value,
    );
    keys.set(node, key);
  }
  return key;
};

/** The truth of a condition for every row. Compiled once a program for equal conditions. */
export const truthOf = (program: Program, node: ExpressionNode): Status => {
  const key = `truth ${expressionKey(node)}`;
  return program.view.remember(key, () => {
    const read = namesRead(node, program.view);
    if (read?.size === 1) {
      const name = [...read].join('');
      const readable = readableOf(program.view, name);
      if (readable !== undefined) return byEntries(node, readable);
      if (program.view.column(name)?.kind === 'text') return byTexts(program, key, node);
    }
    if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
      const { operator } = node;
      const joined = joinOperands(program.view, node, operator);
      if (joined.length === 1) return byRows(program, key, node);
      const table = operator === 'and' ? AND : OR;
      return joined.map((n) => truthOf(program, n)).reduce((a, b) => combine(a, b, table));
    }
    if (node.kind === 'call' && node.name === 'not' && node.args[0] !== undefined)
      return negated(truthOf(program, node.args[0]));
    return byRows(program, key, node);
  });
};
