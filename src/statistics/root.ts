/**
 * The argument at which a falling function passes `target`, between `low` and `high`, to the last bit that halving can
 * give. Quantiles are found so from tail areas, because ready-made ones lose digits in the upper tail of large counts.
 */
export const fallsTo = (target: number, of: (x: number) => number, low: number, high: number): number => {
  let [from, to] = [low, high];
  for (;;) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to) return middle;
    if (of(middle) > target) from = middle;
    else to = middle;
  }
};

/** As `fallsTo` with no upper end known: it is doubled until the function is below the target. */
export const fallsToFrom = (
  target: number,
  of: (x: number) => number,
  low: number,
  guess: number,
): number => {
  let high = Math.max(guess, 1);
  while (of(high) > target) high *= 2;
  return fallsTo(target, of, low, high);
};
