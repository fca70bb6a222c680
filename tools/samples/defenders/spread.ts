import type { Random } from '../random.ts';
import type { Spread } from './survey-counts.ts';

/** `n` whole numbers of a spread: a random walk from equal shares, its ends put in first. Throws when there are none. */
export const spreadOver = (random: Random, n: number, { sum, min, max }: Spread): readonly number[] => {
  const rest = n - 2;
  const left = sum - min - max;
  if (left < rest * min || left > rest * max) throw new RangeError(`no ${n} numbers sum to ${sum}`);
  const values = Array.from({ length: rest }, (_, i) => Math.floor(left / rest) + (i < left % rest ? 1 : 0));
  for (let step = 0; step < n * 40; step++) {
    const [from, to] = [random.between(0, rest - 1), random.between(0, rest - 1)];
    const most = Math.min((values[from] ?? 0) - min, max - (values[to] ?? 0));
    if (from === to || most < 1) continue;
    const moved = random.between(1, Math.max(1, Math.ceil(most / 3)));
    values[from] = (values[from] ?? 0) - moved;
    values[to] = (values[to] ?? 0) + moved;
  }
  return random.shuffle([min, max, ...values]);
};

/** Each answer as often as it was given, in random order. */
export const dealt = (random: Random, counts: Readonly<Record<string, number>>): readonly string[] =>
  random.shuffle(Object.entries(counts).flatMap(([answer, n]) => Array.from({ length: n }, () => answer)));
