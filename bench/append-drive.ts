/** Acknowledged entries a second, and what a client waits for the acknowledgement of one, in ms. */
export interface Run {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export const ENTRIES = 2000;

/** So many clients, each sending the next entry when the last is acknowledged. */
export const drive = async (
  name: string,
  clients: number,
  send: (n: number) => Promise<unknown> | unknown,
): Promise<Run> => {
  const waits: number[] = [];
  let next = 0;
  const start = performance.now();
  const client = async (): Promise<void> => {
    while (next < ENTRIES) {
      const [n, sent] = [next, performance.now()];
      next += 1;
      await send(n);
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1000;
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { name, perSecond: ENTRIES / seconds, p50: at(0.5), p99: at(0.99) };
};
