import type { Column } from '../snapshot/index.ts';
import type { Call, ExpressionNode } from '../study/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import {
  and,
  arithmetic,
  type BooleanScalar,
  calendarPart,
  commonScale,
  compareScalars,
  FALSE,
  type NumberScalar,
  not,
  or,
  roundScalar,
  type Scalar,
  scaledTo,
  TRUE,
  type Truth,
  truncateScalar,
  UNKNOWN,
} from './scalar.ts';

/** What the names in an expression mean where it is evaluated. */
export interface Scope {
  /** Named in problems. */
  readonly table: string;
  field(path: string): Scalar | undefined;
  child(name: string): ChildScope | undefined;
}
/** The child rows under a row: `first(row)` up to, not including, `end(row)`. */
export interface ChildScope {
  readonly first: (row: number) => number;
  readonly end: (row: number) => number;
  /** Names inside any(), count(), sum(): `child.path` of the child row, any other name of the row above. */
  readonly scope: Scope;
}

const refuse = (scope: Scope, reason: string, name: string): ProblemError =>
  new ProblemError(problem('table_definition', { table: scope.table, reason, name }));

const constant =
  <T>(value: T) =>
  () =>
    value;
const boolean = (at: (row: number) => Truth): BooleanScalar => ({ kind: 'boolean', at });

/** A column read row by row; a gap is undefined (unknown for a boolean). */
export const columnScalar = (column: Column): Scalar => {
  const { missing } = column;
  const gap = missing === undefined ? constant(false) : (row: number): boolean => (missing[row] ?? 0) > 0;
  switch (column.kind) {
    case 'boolean':
      return boolean((row) => (gap(row) ? UNKNOWN : column.values[row] === 1 ? TRUE : FALSE));
    case 'number':
      return {
        kind: 'number',
        decimals: column.decimals,
        at: (row) => (gap(row) ? undefined : column.values[row]),
      };
    case 'day':
      return { kind: 'date', at: (row) => (gap(row) ? undefined : column.values[row]) };
    case 'code':
      return {
        kind: 'text',
        at: (row) => (gap(row) ? undefined : column.dictionary[column.values[row] ?? 0]),
      };
    case 'text':
      return { kind: 'text', at: (row) => (gap(row) ? undefined : column.values[row]) };
  }
};

const decimalLiteral = (text: string): NumberScalar => {
  const decimals = text.split('.')[1]?.length ?? 0;
  return { kind: 'number', decimals, at: constant(Number(text.replace('.', ''))) };
};

const asBoolean = (scope: Scope, scalar: Scalar): BooleanScalar => {
  if (scalar.kind !== 'boolean') throw refuse(scope, 'not_boolean', scalar.kind);
  return scalar;
};
const asNumber = (scope: Scope, scalar: Scalar): NumberScalar => {
  if (scalar.kind !== 'number') throw refuse(scope, 'not_a_number', scalar.kind);
  return scalar;
};

const known = (scalar: Scalar): ((row: number) => boolean) =>
  scalar.kind === 'boolean' ? (row) => scalar.at(row) !== UNKNOWN : (row) => scalar.at(row) !== undefined;

/** The child named by the first field in a node, trying longer names first: `sanctions.kind` -> `sanctions`. */
const childOf = (scope: Scope, node: ExpressionNode): ChildScope | undefined => {
  if (node.kind === 'field') {
    const parts = node.path.split('.');
    for (let length = parts.length; length > 0; length--) {
      const child = scope.child(parts.slice(0, length).join('.'));
      if (child !== undefined) return child;
    }
    return undefined;
  }
  const inner =
    node.kind === 'binary'
      ? [node.left, node.right]
      : node.kind === 'negate'
        ? [node.operand]
        : node.kind === 'call'
          ? node.args
          : [];
  for (const part of inner) {
    const found = childOf(scope, part);
    if (found !== undefined) return found;
  }
  return undefined;
};

const anyOf = (child: ChildScope, test: BooleanScalar): BooleanScalar =>
  boolean((row) => {
    let result: Truth = FALSE;
    for (let at = child.first(row); at < child.end(row); at++) result = or(result, test.at(at));
    return result;
  });

const countOf = (child: ChildScope, test: (row: number) => boolean): NumberScalar => ({
  kind: 'number',
  decimals: 0,
  at: (row) => {
    let n = 0;
    for (let at = child.first(row); at < child.end(row); at++) if (test(at)) n++;
    return n;
  },
});

/** Sum, least or greatest of the recorded values below a row; a gap when there are rows but no recorded value. */
const foldOf = (
  child: ChildScope,
  value: NumberScalar,
  fold: (a: number, b: number) => number,
  empty?: number,
): NumberScalar => ({
  kind: 'number',
  decimals: value.decimals,
  at: (row) => {
    let result: number | undefined;
    for (let at = child.first(row); at < child.end(row); at++) {
      const next = value.at(at);
      if (next !== undefined) result = result === undefined ? next : fold(result, next);
    }
    return result ?? (child.first(row) === child.end(row) ? empty : undefined);
  },
});

const overChildren = (scope: Scope, name: string, arg: ExpressionNode, child: ChildScope): Scalar => {
  if (name === 'count' && arg.kind === 'field' && child.scope.field(arg.path) === undefined)
    return countOf(child, constant(true));
  const inner = compileScalar(arg, child.scope);
  if (name === 'any') return anyOf(child, asBoolean(scope, inner));
  if (name === 'count')
    return countOf(child, inner.kind === 'boolean' ? (at) => inner.at(at) === TRUE : known(inner));
  const value = asNumber(scope, inner);
  if (name === 'sum') return foldOf(child, value, (a, b) => a + b, 0);
  return foldOf(child, value, name === 'min' ? Math.min : Math.max);
};

const least = (scope: Scope, args: readonly Scalar[], pick: (a: number, b: number) => number): NumberScalar =>
  args
    .map((a) => asNumber(scope, a))
    .reduce((a, b) => {
      const decimals = commonScale(a, b);
      const [x, y] = [scaledTo(a, decimals), scaledTo(b, decimals)];
      return {
        kind: 'number',
        decimals,
        at: (row) => {
          const [p, q] = [x(row), y(row)];
          return p === undefined || q === undefined ? undefined : pick(p, q);
        },
      };
    });

/** Two values brought to one kind and scale, for if() and coalesce(). */
const choose = (a: Scalar, b: Scalar, pick: (row: number) => 'a' | 'b' | 'gap'): Scalar => {
  if (a.kind === 'number' && b.kind === 'number') {
    const decimals = commonScale(a, b);
    const [x, y] = [scaledTo(a, decimals), scaledTo(b, decimals)];
    const side = { a: x, b: y, gap: constant(undefined) };
    return { kind: 'number', decimals, at: (row) => side[pick(row)](row) };
  }
  if (a.kind === 'boolean' && b.kind === 'boolean') {
    const side = { a: a.at, b: b.at, gap: constant<Truth>(UNKNOWN) };
    return boolean((row) => side[pick(row)](row));
  }
  const side: Record<'a' | 'b' | 'gap', (row: number) => unknown> = {
    a: a.at,
    b: b.at,
    gap: constant(undefined),
  };
  return { kind: a.kind, at: (row: number) => side[pick(row)](row) } as Scalar;
};

const selected = (scope: Scope, field: ExpressionNode, code: Scalar): BooleanScalar => {
  if (field.kind !== 'field') throw refuse(scope, 'not_field', field.kind);
  const child = scope.child(field.path);
  const own = scope.field(field.path);
  const test = (s: Scope, path: string): BooleanScalar | undefined => {
    const value = s.field(path);
    return value === undefined ? undefined : compareScalars('=', value, code);
  };
  if (child === undefined) {
    const direct = test(scope, field.path);
    if (direct === undefined) throw unknownField(scope, field.path);
    return direct;
  }
  const below = test(child.scope, `${field.path}.value`);
  if (below === undefined) throw unknownField(scope, `${field.path}.value`);
  const any = anyOf(child, below);
  if (own === undefined) return any;
  const answered = known(own);
  return boolean((row) => (answered(row) ? any.at(row) : UNKNOWN));
};

/** A count of answers is no number where the question has none. */
const whereAnswered = (scope: Scope, field: ExpressionNode, count: NumberScalar): NumberScalar => {
  const own = field.kind === 'field' ? scope.field(field.path) : undefined;
  if (own === undefined) return count;
  const answered = known(own);
  return { ...count, at: (row) => (answered(row) ? count.at(row) : undefined) };
};

const unknownField = (scope: Scope, path: string): ProblemError =>
  new ProblemError(
    problem('table_field_unknown', { table: scope.table, field: path, of: scope.table, nearest: 'none' }),
  );

const presence = (scope: Scope, node: ExpressionNode): ((row: number) => boolean) => {
  if (node.kind === 'field' && scope.field(node.path) === undefined) {
    const child = scope.child(node.path);
    if (child !== undefined) return (row) => child.end(row) > child.first(row);
  }
  return known(compileScalar(node, scope));
};

const textOf = (scope: Scope, scalar: Scalar): ((row: number) => string | undefined) => {
  if (scalar.kind !== 'text') throw refuse(scope, 'not_text', scalar.kind);
  return scalar.at;
};

const compileCall = (node: Call, scope: Scope): Scalar => {
  const arg = (i: number): ExpressionNode => {
    const found = node.args[i];
    if (found === undefined) throw refuse(scope, 'argument_missing', node.name);
    return found;
  };
  const value = (i: number): Scalar => compileScalar(arg(i), scope);
  const number = (i: number): NumberScalar => asNumber(scope, value(i));
  switch (node.name) {
    case 'true':
      return boolean(constant(TRUE));
    case 'false':
      return boolean(constant(FALSE));
    case 'not': {
      const a = asBoolean(scope, value(0));
      return boolean((row) => not(a.at(row)));
    }
    case 'if': {
      const test = asBoolean(scope, value(0));
      return choose(value(1), value(2), (row) => (['b', 'a', 'gap'] as const)[test.at(row)]);
    }
    case 'coalesce':
      return node.args
        .map((_, i) => value(i))
        .reduce((first, next) => {
          const has = known(first);
          return choose(first, next, (row) => (has(row) ? 'a' : 'b'));
        });
    case 'selected':
      return selected(scope, arg(0), value(1));
    case 'count-selected': {
      const child = childOf(scope, arg(0));
      if (child === undefined) throw refuse(scope, 'not_child', node.name);
      return whereAnswered(scope, arg(0), countOf(child, constant(true)));
    }
    case 'present': {
      const has = presence(scope, arg(0));
      return boolean((row) => (has(row) ? TRUE : FALSE));
    }
    case 'missing': {
      const has = presence(scope, arg(0));
      return boolean((row) => (has(row) ? FALSE : TRUE));
    }
    case 'any':
    case 'count':
    case 'sum':
    case 'min':
    case 'max': {
      const child = node.args.length === 1 ? childOf(scope, arg(0)) : undefined;
      if (child !== undefined) return overChildren(scope, node.name, arg(0), child);
      if (node.name !== 'min' && node.name !== 'max') throw refuse(scope, 'not_child', node.name);
      return least(
        scope,
        node.args.map((_, i) => value(i)),
        node.name === 'min' ? Math.min : Math.max,
      );
    }
    case 'round':
      return roundScalar(number(0), node.args.length < 2 ? 0 : (number(1).at(0) ?? 0));
    case 'int':
      return truncateScalar(number(0));
    case 'year':
    case 'month': {
      const [part, date] = [node.name, value(0)];
      if (date.kind !== 'date') throw refuse(scope, 'not_date', part);
      const at = (row: number) => {
        const day = date.at(row);
        return day === undefined ? undefined : calendarPart(part, day);
      };
      return { kind: 'number', decimals: 0, at };
    }
    case 'days': {
      const [from, to] = [value(0), value(1)];
      if (from.kind !== 'date' || to.kind !== 'date') throw refuse(scope, 'not_date', node.name);
      const at = (row: number) => {
        const [first, last] = [from.at(row), to.at(row)];
        return first === undefined || last === undefined ? undefined : last - first;
      };
      return { kind: 'number', decimals: 0, at };
    }
    case 'string-length': {
      const text = textOf(scope, value(0));
      return { kind: 'number', decimals: 0, at: (row) => text(row)?.length };
    }
    case 'regex': {
      const [text, pattern] = [textOf(scope, value(0)), textOf(scope, value(1))];
      // The whole text must match, as in XForms (ODK): compiled once, patterns come from the study.
      const test = new RegExp(`^(?:${pattern(0) ?? ''})$`, 'u');
      return boolean((row) => {
        const found = text(row);
        return found === undefined ? UNKNOWN : test.test(found) ? TRUE : FALSE;
      });
    }
    default:
      // today() among them: a table must give the same numbers tomorrow.
      throw refuse(scope, 'function', node.name);
  }
};

/** Compiles a checked expression to closures over rows. Throws ProblemError when it does not fit the table. */
export const compileScalar = (node: ExpressionNode, scope: Scope): Scalar => {
  switch (node.kind) {
    case 'number':
      return decimalLiteral(node.value);
    case 'text':
      return { kind: 'text', at: constant(node.value) };
    case 'self':
      throw refuse(scope, 'function', '.');
    case 'counted':
    case 'field': {
      const path = node.kind === 'counted' ? 'counted' : node.path;
      const found = scope.field(path);
      if (found === undefined) throw unknownField(scope, path);
      return found;
    }
    case 'negate': {
      const a = asNumber(scope, compileScalar(node.operand, scope));
      return {
        ...a,
        at: (row) => {
          const value = a.at(row);
          return value === undefined ? undefined : -value;
        },
      };
    }
    case 'call':
      return compileCall(node, scope);
    case 'binary': {
      const [left, right] = [compileScalar(node.left, scope), compileScalar(node.right, scope)];
      switch (node.operator) {
        case 'and':
        case 'or': {
          const [a, b] = [asBoolean(scope, left), asBoolean(scope, right)];
          const combine = node.operator === 'and' ? and : or;
          return boolean((row) => combine(a.at(row), b.at(row)));
        }
        case '+':
        case '-':
        case '*':
        case 'div':
        case 'mod':
          return arithmetic(node.operator, asNumber(scope, left), asNumber(scope, right));
        default:
          return compareScalars(node.operator, left, right);
      }
    }
  }
};

/** An expression that must be true or false, such as `where`. */
export const conditionScalar = (node: ExpressionNode, scope: Scope): BooleanScalar =>
  asBoolean(scope, compileScalar(node, scope));
