/**
 * The special functions behind exact intervals, by the classical expansions of the Digital Library of Mathematical Functions
 * (dlmf.nist.gov). Ready-made ones were measured and put aside: the incomplete gamma of stdlib is wrong in the second digit
 * from a = 1,000 on (docs/adr/0013-own-tail-areas.md). Tested against R to 1e-8.
 */
const TINY = 1e-300;
const CLOSE = 1e-16;
const TERMS = 100_000;

/** Stirling's series (DLMF 5.11.1), from 15 on exact to the last digits; below, by Γ(x + 1) = x Γ(x). For x > 0. */
export const lnGamma = (x: number): number => {
  let [at, product] = [x, 1];
  while (at < 15) {
    product *= at;
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series =
    (1 / 12 -
      inverse *
        (1 / 360 -
          inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188 - (inverse * 691) / 360360))))) /
    at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
};

/**
 * A continued fraction b0 + a1 / (b1 + a2 / (b2 + …)) by the modified algorithm of Lentz. `term(i)` gives [a_i, b_i], i >= 1.
 */
const continuedFraction = (first: number, term: (i: number) => readonly [number, number]): number => {
  let [value, above, below] = [first === 0 ? TINY : first, first === 0 ? TINY : first, 0];
  for (let i = 1; i < TERMS; i++) {
    const [a, b] = term(i);
    below = 1 / (b + a * below || TINY);
    above = b + a / above || TINY;
    const step = above * below;
    value *= step;
    if (Math.abs(step - 1) < CLOSE) break;
  }
  return value;
};

/** Regularised incomplete gamma functions: P(a, x) and Q(a, x) = 1 - P(a, x), both without cancellation. a > 0, x >= 0. */
export const gammaTails = (a: number, x: number): { readonly lower: number; readonly upper: number } => {
  if (x === 0) return { lower: 0, upper: 1 };
  const front = Math.exp(a * Math.log(x) - x - lnGamma(a + 1));
  if (x < a + 1) {
    // DLMF 8.11.4
    let [sum, part] = [1, 1];
    for (let i = 1; i < TERMS && part > sum * CLOSE; i++) {
      part *= x / (a + i);
      sum += part;
    }
    const lower = front * sum;
    return { lower, upper: 1 - lower };
  }
  // DLMF 8.9.2
  const fraction = continuedFraction(x + 1 - a, (i) => [i * (a - i), x + 2 * i + 1 - a]);
  const upper = (front * a) / fraction;
  return { lower: 1 - upper, upper };
};

/** Regularised incomplete beta function I_x(a, b) and its complement I_{1-x}(b, a), both without cancellation. a, b > 0. */
export const betaTails = (
  x: number,
  a: number,
  b: number,
): { readonly lower: number; readonly upper: number } => {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x >= 1) return { lower: 1, upper: 0 };
  if (x > (a + 1) / (a + b + 2)) {
    const { lower, upper } = betaTails(1 - x, b, a);
    return { lower: upper, upper: lower };
  }
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // DLMF 8.17.22
  const fraction = continuedFraction(1, (i) => {
    const m = Math.floor(i / 2);
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return [i % 2 === 0 ? even : odd, 1];
  });
  const lower = front / (a * fraction);
  return { lower, upper: 1 - lower };
};
