import type { Binary } from '../study/index.ts';
import {
  add,
  compare,
  dayText,
  divide,
  type Fraction,
  fraction,
  isMissing,
  multiply,
  parseDecimal,
  roundTo,
  subtract,
} from '../vocabulary/index.ts';
import { type Evaluated, gap, gapOf, isFraction } from './evaluated.ts';

/** Arithmetic and comparison of two numbers, exact; dividing by zero is a gap. */
export const numeric = (operator: Binary['operator'], a: Fraction, b: Fraction): Evaluated => {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case 'div':
      return b.num === 0n ? gap() : divide(a, b);
    case 'mod':
      // XPath 1.0: the sign of the dividend.
      return b.num === 0n ? gap() : subtract(a, multiply(b, whole(divide(a, b))));
    default:
      return compared(operator, compare(a, b));
  }
};
const whole = (f: Fraction): Fraction => fraction(f.num / f.den);

/** A comparison whose order is known; NaN: different, and neither is the greater. */
export const compared = (operator: Binary['operator'], order: number): Evaluated => {
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      throw new RangeError(`${operator} does not compare`);
  }
};

/** Functions that look only at their values: a gap in one is a gap in the result. */
export const ofValues = (name: string, values: readonly Evaluated[]): Evaluated => {
  if (values.some((v) => isMissing(v))) return gapOf(...values);
  const [first, second] = values;
  const numbers = values.filter(isFraction);
  const [number = fraction(0), digits = fraction(0)] = numbers;
  switch (name) {
    case 'selected':
      return Array.isArray(first) && first.includes(String(second));
    case 'count-selected':
      return fraction(Array.isArray(first) ? first.length : 0);
    case 'min':
      return numbers.reduce((a, b) => (compare(b, a) < 0 ? b : a));
    case 'max':
      return numbers.reduce((a, b) => (compare(b, a) > 0 ? b : a));
    case 'round':
      return parseDecimal(roundTo(number, Number(whole(digits).num)));
    case 'int':
      return whole(number);
    case 'string-length':
      return fraction(String(first).length);
    case 'regex':
      // The whole text must match, as in ODK; patterns come from the study, checked there.
      return new RegExp(`^(?:${String(second)})$`, 'u').test(String(first));
    case 'year':
      return fraction(Number(dayText(Number(first)).slice(0, 4)));
    case 'month':
      return fraction(Number(dayText(Number(first)).slice(5, 7)));
    case 'days':
      return fraction(Number(second) - Number(first));
    default:
      throw new RangeError(`no function ${name}`);
  }
};
