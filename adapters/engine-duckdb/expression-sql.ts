import type { ExpressionNode } from '../../src/tables/index.ts';
import { parsePartialDate } from '../../src/vocabulary/index.ts';
import { literal } from './names.ts';
import type { SqlChild, SqlColumn, SqlScope } from './sources.ts';

/** A compiled expression. SQL's NULL is its gap: three-valued logic is SQL's own. Numbers are integers of 10^-decimals. */
export type Sql =
  | { readonly kind: 'boolean' | 'text' | 'date'; readonly sql: string }
  | { readonly kind: 'number'; readonly sql: string; readonly decimals: number | 'real' };
type SqlNumber = Sql & { kind: 'number' };

/** An expression that has no SQL; the columnar engine refuses the same ones with a message for people. */
export class NoSql extends Error {}

const boolean = (sql: string): Sql => ({ kind: 'boolean', sql });
const number = (sql: string, decimals: number | 'real'): SqlNumber => ({ kind: 'number', sql, decimals });

export const columnSql = ({ column, value }: SqlColumn): Sql => {
  if (column.kind === 'number') return number(value, column.decimals);
  return {
    kind: column.kind === 'boolean' ? 'boolean' : column.kind === 'day' ? 'date' : 'text',
    sql: value,
  };
};

const asNumber = (sql: Sql): SqlNumber => {
  if (sql.kind !== 'number') throw new NoSql(`${sql.kind} is not a number`);
  return sql;
};

const scaled = ({ sql, decimals }: SqlNumber, to: number | 'real'): string => {
  if (decimals === to) return sql;
  const from = decimals === 'real' ? 0 : decimals;
  return to === 'real'
    ? `(CAST(${sql} AS DOUBLE) / 1e${from})`
    : `(${sql} * CAST(${10n ** BigInt(to - from)} AS HUGEINT))`;
};
const common = (a: SqlNumber, b: SqlNumber): number | 'real' =>
  a.decimals === 'real' || b.decimals === 'real' ? 'real' : Math.max(a.decimals, b.decimals);

/** A date, or the text of one: a partial date stands for its first day. Text that is no date is a gap. */
const asDate = (sql: Sql, node: ExpressionNode): string => {
  if (sql.kind === 'date') return sql.sql;
  const day = node.kind === 'text' ? parsePartialDate(node.value)?.firstDay : undefined;
  return day === undefined ? 'CAST(NULL AS DATE)' : `(DATE '1970-01-01' + ${day})`;
};

const compare = (operator: string, left: ExpressionNode, right: ExpressionNode, scope: SqlScope): Sql => {
  const [a, b] = [toSql(left, scope), toSql(right, scope)];
  const sign = operator === '!=' ? '<>' : operator;
  if (a.kind === 'number' && b.kind === 'number') {
    const scale = common(a, b);
    return boolean(`(${scaled(a, scale)} ${sign} ${scaled(b, scale)})`);
  }
  if (a.kind === 'date' || b.kind === 'date')
    return boolean(`(${asDate(a, left)} ${sign} ${asDate(b, right)})`);
  return boolean(`(CAST(${a.sql} AS VARCHAR) ${sign} CAST(${b.sql} AS VARCHAR))`);
};

const arithmetic = (operator: string, a: SqlNumber, b: SqlNumber): Sql => {
  if (operator === 'div') return number(`(${scaled(a, 'real')} / NULLIF(${scaled(b, 'real')}, 0))`, 'real');
  const scale = common(a, b);
  if (operator === '*' && a.decimals !== 'real' && b.decimals !== 'real')
    return number(`(CAST(${a.sql} AS HUGEINT) * ${b.sql})`, a.decimals + b.decimals);
  const [x, y] = [scaled(a, scale), scaled(b, scale)];
  return number(operator === 'mod' ? `(${x} % NULLIF(${y}, 0))` : `(${x} ${operator} ${y})`, scale);
};

/** The child table named by the first field of a node, longer names first. */
const childIn = (node: ExpressionNode, scope: SqlScope): SqlChild | undefined => {
  if (node.kind === 'field') {
    const parts = node.path.split('.');
    return parts
      .map((_, i) => scope.child(parts.slice(0, parts.length - i).join('.')))
      .find((child) => child !== undefined);
  }
  const inner =
    node.kind === 'binary'
      ? [node.left, node.right]
      : node.kind === 'negate'
        ? [node.operand]
        : node.kind === 'call'
          ? node.args
          : [];
  return inner.map((part) => childIn(part, scope)).find((child) => child !== undefined);
};

const any = (child: SqlChild, test: string): string =>
  `(SELECT CASE WHEN bool_or(${test}) THEN TRUE WHEN bool_or((${test}) IS NULL) THEN NULL ELSE FALSE END FROM ${child.from})`;

const overRows = (name: string, node: ExpressionNode, child: SqlChild): Sql => {
  if (name === 'count' && node.kind === 'field' && child.scope.column(node.path) === undefined)
    return number(`(SELECT count(*) FROM ${child.from})`, 0);
  const inner = toSql(node, child.scope);
  if (name === 'any') return boolean(any(child, inner.sql));
  if (name === 'count') {
    const test = inner.kind === 'boolean' ? inner.sql : `${inner.sql} IS NOT NULL`;
    return number(`(SELECT count(*) FILTER (WHERE ${test}) FROM ${child.from})`, 0);
  }
  const { sql, decimals } = asNumber(inner);
  const empty = name === 'sum' ? `CASE WHEN count(*) = 0 THEN 0 ELSE sum(${sql}) END` : `${name}(${sql})`;
  return number(`(SELECT ${empty} FROM ${child.from})`, decimals);
};

/** Nothing is known of the answers where the question has none. */
const whereAnswered = (field: ExpressionNode, scope: SqlScope, sql: string): string => {
  const own = field.kind === 'field' ? scope.column(field.path) : undefined;
  return own === undefined ? sql : `(CASE WHEN ${own.value} IS NULL THEN NULL ELSE ${sql} END)`;
};

const selected = (field: ExpressionNode, code: Sql, scope: SqlScope): Sql => {
  if (field.kind !== 'field') throw new NoSql('selected needs a field');
  const child = scope.child(field.path);
  if (child === undefined) {
    const own = scope.column(field.path);
    if (own === undefined) throw new NoSql(field.path);
    return boolean(`(CAST(${own.value} AS VARCHAR) = ${code.sql})`);
  }
  const value = child.scope.column(`${field.path}.value`);
  if (value === undefined) throw new NoSql(field.path);
  const found = any(child, `${value.value} = ${code.sql}`);
  return boolean(whereAnswered(field, scope, found));
};

const present = (node: ExpressionNode, scope: SqlScope): string => {
  const child =
    node.kind === 'field' && scope.column(node.path) === undefined ? scope.child(node.path) : undefined;
  return child === undefined
    ? `(${toSql(node, scope).sql} IS NOT NULL)`
    : `(SELECT count(*) > 0 FROM ${child.from})`;
};

/** Brings two values to one scale and picks with `pick`. */
const choose = (a: Sql, b: Sql, pick: (a: string, b: string) => string): Sql => {
  if (a.kind !== 'number' || b.kind !== 'number')
    return { kind: a.kind === 'number' ? 'text' : a.kind, sql: pick(a.sql, b.sql) };
  const scale = common(a, b);
  return number(pick(scaled(a, scale), scaled(b, scale)), scale);
};

const round = (a: SqlNumber, digits: number): Sql => {
  const from = a.decimals === 'real' ? 0 : a.decimals;
  const value = `CAST(${a.sql} AS DOUBLE)`;
  const shifted = digits >= from ? `${value} * 1e${digits - from}` : `${value} / 1e${from - digits}`;
  return number(`CAST(sign(${shifted}) * floor(abs(${shifted}) + 0.5) AS HUGEINT)`, digits);
};

const call = (node: ExpressionNode & { kind: 'call' }, scope: SqlScope): Sql => {
  const arg = (i: number): ExpressionNode => {
    const found = node.args[i];
    if (found === undefined) throw new NoSql(`${node.name} needs ${i + 1} arguments`);
    return found;
  };
  const value = (i: number): Sql => toSql(arg(i), scope);
  const child = node.args.length === 1 ? childIn(arg(0), scope) : undefined;
  if (child !== undefined && ['any', 'count', 'sum', 'min', 'max'].includes(node.name))
    return overRows(node.name, arg(0), child);
  switch (node.name) {
    case 'true':
    case 'false':
      return boolean(node.name.toUpperCase());
    case 'not':
      return boolean(`(NOT ${value(0).sql})`);
    case 'if': {
      const test = value(0).sql;
      return choose(
        value(1),
        value(2),
        (a, b) => `(CASE WHEN ${test} IS NULL THEN NULL WHEN ${test} THEN ${a} ELSE ${b} END)`,
      );
    }
    case 'coalesce':
      return node.args
        .map((_, i) => value(i))
        .reduce((a, b) => choose(a, b, (x, y) => `COALESCE(${x}, ${y})`));
    case 'selected':
      return selected(arg(0), value(1), scope);
    case 'count-selected':
      if (child === undefined) throw new NoSql('count-selected needs a field with several answers');
      return number(whereAnswered(arg(0), scope, `(SELECT count(*) FROM ${child.from})`), 0);
    case 'present':
      return boolean(present(arg(0), scope));
    case 'missing':
      return boolean(`(NOT ${present(arg(0), scope)})`);
    case 'min':
    case 'max': {
      const pick = node.name === 'min' ? '<' : '>';
      return node.args
        .map((_, i) => value(i))
        .reduce((a, b) =>
          choose(
            a,
            b,
            (x, y) =>
              `(CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL WHEN ${x} ${pick} ${y} THEN ${x} ELSE ${y} END)`,
          ),
        );
    }
    case 'round': {
      const digits = node.args[1];
      return round(asNumber(value(0)), digits?.kind === 'number' ? Number(digits.value) : 0);
    }
    case 'int': {
      const a = asNumber(value(0));
      return number(`CAST(trunc(${scaled(a, 'real')}) AS HUGEINT)`, 0);
    }
    case 'year':
    case 'month':
      return number(`CAST(date_part('${node.name}', ${value(0).sql}) AS BIGINT)`, 0);
    case 'days':
      return number(`CAST(date_diff('day', ${value(0).sql}, ${value(1).sql}) AS BIGINT)`, 0);
    case 'string-length':
      return number(`length(${value(0).sql})`, 0);
    case 'regex':
      return boolean(`regexp_full_match(${value(0).sql}, ${value(1).sql})`);
    default:
      throw new NoSql(node.name);
  }
};

/** Compiles a typed expression tree to SQL. Throws NoSql for what has none. */
export const toSql = (node: ExpressionNode, scope: SqlScope): Sql => {
  switch (node.kind) {
    case 'number': {
      const decimals = node.value.split('.')[1]?.length ?? 0;
      return number(`CAST(${node.value.replace('.', '')} AS HUGEINT)`, decimals);
    }
    case 'text':
      return { kind: 'text', sql: literal(node.value) };
    case 'self':
      throw new NoSql('.');
    case 'counted':
    case 'field': {
      const path = node.kind === 'counted' ? 'counted' : node.path;
      const found = scope.column(path);
      if (found === undefined) throw new NoSql(path);
      return columnSql(found);
    }
    case 'negate': {
      const a = asNumber(toSql(node.operand, scope));
      return number(`(- ${a.sql})`, a.decimals);
    }
    case 'call':
      return call(node, scope);
    case 'binary': {
      const { operator, left, right } = node;
      if (operator === 'and' || operator === 'or')
        return boolean(`(${toSql(left, scope).sql} ${operator.toUpperCase()} ${toSql(right, scope).sql})`);
      if (
        operator === '+' ||
        operator === '-' ||
        operator === '*' ||
        operator === 'div' ||
        operator === 'mod'
      )
        return arithmetic(operator, asNumber(toSql(left, scope)), asNumber(toSql(right, scope)));
      return compare(operator, left, right, scope);
    }
  }
};
