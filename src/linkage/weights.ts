/**
 * How often two records agree in this way when they are of one thing (m) and when they are not (u): Fellegi and Sunter 1969. A
 * comparison adds log2(m/u), a gap adds nothing. The values are set by hand from the sample and from what the labelled set of
 * `tests/linkage` shows; they are the only ones, and a change shows there in precision and recall.
 */
export const WEIGHTS = {
  date: {
    same: { m: 0.8, u: 0.05 },
    may_be_same: { m: 0.97, u: 0.35 },
    a_day: { m: 0.12, u: 0.1 },
    three_days: { m: 0.06, u: 0.2 },
    further: { m: 0.02, u: 0.65 },
  },
  place: { same: { m: 0.94, u: 0.1 }, same_unit: { m: 0.05, u: 0.1 }, other: { m: 0.01, u: 0.8 } },
  code: { same: { m: 0.88, u: 0.2 }, other: { m: 0.12, u: 0.8 } },
  /** A code of the thing itself (the outlet of a material) differs only by mistake. */
  own_code: { same: { m: 0.9999, u: 0.1 }, other: { m: 0.0001, u: 0.9 } },
  url: { same: { m: 0.6, u: 0.001 }, other: { m: 0.4, u: 0.999 } },
  /** The page that a record is, not one that it cites: another address is another page, but for mirrors. */
  own_url: { same: { m: 0.9999, u: 0.001 }, other: { m: 0.0001, u: 0.999 } },
  name: {
    alike: { m: 0.8, u: 0.002 },
    close: { m: 0.15, u: 0.01 },
    far: { m: 0.04, u: 0.1 },
    other: { m: 0.01, u: 0.888 },
  },
} as const;

/** From this score a pair is proposed as the same, from the lower one a person should look at it; below, it is no candidate. */
export const SAME_FROM = 6;
export const REVIEW_FROM = 3;

export const weight = ({ m, u }: { readonly m: number; readonly u: number }): number => Math.log2(m / u);
