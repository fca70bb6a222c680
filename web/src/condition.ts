/** One condition that a person can choose from lists: a field equals a code. */
export interface Condition {
  readonly field: string;
  readonly code: string;
}

const PART = /^([\w.]+) = '([^']*)'$/;

/**
 * The conditions of an expression made of nothing else, or undefined when it says more than lists can (then it is edited as
 * text). `counted` is in every such expression: only records that count are counted.
 */
export const readConditions = (where: string): readonly Condition[] | undefined => {
  if (where === '') return [];
  const [first, ...rest] = where.split(' and ');
  const parts = rest.map((part) => PART.exec(part));
  if (first !== 'counted' || parts.includes(null)) return undefined;
  return parts.map((part) => ({ field: part?.[1] ?? '', code: part?.[2] ?? '' }));
};

/** The expression of some conditions; none of them is the rule of the study alone. */
export const printConditions = (conditions: readonly Condition[]): string =>
  conditions.length === 0
    ? ''
    : ['counted', ...conditions.map((c) => `${c.field} = '${c.code}'`)].join(' and ');
