import type { ExpressionNode } from './expression.ts';
import { PRECEDENCE } from './parse-expression.ts';
import type { SyntaxNode } from './syntax.ts';

const TIGHTEST = PRECEDENCE.length;

const quoted = (value: string): string => (value.includes("'") ? `"${value}"` : `'${value}'`);

const print = (node: SyntaxNode | ExpressionNode, outer: number): string => {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'text':
      return quoted(node.value);
    case 'name':
    case 'field':
      return node.path;
    case 'counted':
      return 'counted';
    case 'self':
      return '.';
    case 'call':
      return `${node.name}(${node.args.map((arg) => print(arg, 0)).join(', ')})`;
    case 'negate':
      return `-${print(node.operand, TIGHTEST)}`;
    case 'binary': {
      const level = PRECEDENCE.findIndex((operators) => operators.includes(node.operator));
      const text = `${print(node.left, level)} ${node.operator} ${print(node.right, level + 1)}`;
      return level < outer ? `(${text})` : text;
    }
  }
};

/**
 * Source text of a tree with as few brackets as it needs: parsing it gives the tree again. Named conditions print
 * as what they stand for.
 */
export const printExpression = (node: SyntaxNode | ExpressionNode): string => print(node, 0);
