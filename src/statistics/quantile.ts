import { fallsTo, fallsToFrom } from './root.ts';
import { betaTails, gammaTails } from './special.ts';

/** z with P(Z > z) = tail for a standard normal Z; 0 < tail <= 0.5. P(|Z| > z) = Q(1/2, z²/2). */
export const normalAbove = (tail: number): number =>
  fallsToFrom(2 * tail, (z) => gammaTails(0.5, (z * z) / 2).upper, 0, 2);

/** t with P(T > t) = tail for Student's T; 0 < tail <= 0.5. P(|T| > t) = I(ν / (ν + t²); ν/2, 1/2). */
export const studentAbove = (tail: number, degrees: number): number =>
  fallsToFrom(2 * tail, (t) => betaTails(degrees / (degrees + t * t), degrees / 2, 0.5).lower, 0, 2);

/** The p for which at least x of n are seen with probability `tail`: the lower end of an exact interval. */
export const shareFromBelow = (tail: number, x: number, n: number): number =>
  1 - fallsTo(tail, (q) => betaTails(1 - q, x, n - x + 1).lower, 0, 1);

/** The p for which at most x of n are seen with probability `tail`: the upper end. */
export const shareFromAbove = (tail: number, x: number, n: number): number =>
  fallsTo(tail, (p) => betaTails(p, x + 1, n - x).upper, 0, 1);

/** The mean for which at least x are seen with probability `tail` (Poisson). */
export const meanFromBelow = (tail: number, x: number): number =>
  x - fallsTo(tail, (below) => gammaTails(x, x - below).lower, 0, x);

/** The mean for which at most x are seen with probability `tail` (Poisson). */
export const meanFromAbove = (tail: number, x: number): number =>
  fallsToFrom(tail, (mean) => gammaTails(x + 1, mean).upper, x, 2 * x);
