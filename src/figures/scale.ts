/** A linear scale from a domain to pixels. */
export type Scale = (value: number) => number;

export const linear = (from: number, to: number, low: number, high: number): Scale => {
  const span = to - from || 1;
  return (value) => low + ((value - from) / span) * (high - low);
};

/** Round numbers (1, 2, 2.5 or 5 times a power of ten) from at or below `low` to at or above `high`, about `count` of them. */
export const ticks = (low: number, high: number, count: number): readonly number[] => {
  const span = high - low || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough * 0.999) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
};
