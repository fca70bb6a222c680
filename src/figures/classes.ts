/**
 * Natural breaks (Fisher 1958, Jenks 1977): the split of sorted values into classes with the least sum of squared
 * deviations from the class means. Exact, by dynamic programming: a map has tens of units. Zero is a class of its own,
 * because "none" is another statement than "few".
 */
export interface ValueClass {
  readonly low: number;
  readonly high: number;
}

const split = (values: readonly number[], count: number): ValueClass[] => {
  const n = values.length;
  const sums = [0];
  const squares = [0];
  for (const v of values) {
    sums.push((sums.at(-1) as number) + v);
    squares.push((squares.at(-1) as number) + v * v);
  }
  const at = (list: readonly number[], i: number) => list[i] as number;
  const deviation = (from: number, to: number): number => {
    const sum = at(sums, to) - at(sums, from);
    return at(squares, to) - at(squares, from) - (sum * sum) / (to - from);
  };
  // cost[k][i]: least deviation of the first i values in k classes; cut[k][i]: where the last class starts.
  const cost: number[][] = [[0, ...values.map(() => Number.POSITIVE_INFINITY)]];
  const cut: number[][] = [[]];
  for (let k = 1; k <= count; k++) {
    const row = [Number.POSITIVE_INFINITY];
    const from = [0];
    for (let i = 1; i <= n; i++) {
      let [best, start] = [Number.POSITIVE_INFINITY, 0];
      for (let j = k - 1; j < i; j++) {
        const c = at(cost[k - 1] as number[], j) + deviation(j, i);
        if (c < best - 1e-12) [best, start] = [c, j];
      }
      row.push(best);
      from.push(start);
    }
    cost.push(row);
    cut.push(from);
  }
  const classes: ValueClass[] = [];
  for (let [k, end] = [count, n]; k > 0; k--) {
    const start = at(cut[k] as number[], end);
    classes.unshift({ low: at(values, start), high: at(values, end - 1) });
    end = start;
  }
  return classes;
};

/** At most `most` classes, from low to high; every value lies in one, equal values in the same. */
export const naturalClasses = (values: readonly number[], most: number): readonly ValueClass[] => {
  const distinct = [...new Set(values)].toSorted((a, b) => a - b);
  const rest = distinct.filter((v) => v !== 0);
  if (distinct.length === 0) return [];
  const zero = distinct.length > rest.length && rest.every((v) => v > 0) && rest.length > 0;
  const shared = zero ? rest : distinct;
  const classes = split(shared, Math.min(zero ? most - 1 : most, shared.length));
  return zero ? [{ low: 0, high: 0 }, ...classes] : classes;
};
