/** What the world gives and a pure function must not take by itself: time and randomness. Fixed in the demo and in tests. */
export interface Effects {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly clock: () => number;
  /** That many bytes from a cryptographically secure source. */
  readonly random: (bytes: number) => Uint8Array;
}
