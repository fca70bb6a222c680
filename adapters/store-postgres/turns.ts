/** Waits until nobody else has the turn; returns the way to let the next one in. */
export type TakeTurn = () => Promise<() => void>;

export const turns = (): TakeTurn => {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    let release = (): void => undefined;
    last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  };
};
