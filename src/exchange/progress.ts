import type { ImportProgress } from './import-report.ts';

export interface ProgressMeter {
  advance(rows: number, bytes: number): void;
}

/** Tells how far a pass is and how long it will still take, by the bytes read of those there are. */
export const progressMeter = (
  pass: ImportProgress['pass'],
  size: number | undefined,
  world: { readonly clock: () => number; readonly onProgress?: (progress: ImportProgress) => void },
): ProgressMeter => {
  const start = world.clock();
  let rows = 0;
  return {
    advance: (more, bytes) => {
      rows += more;
      const elapsedMs = world.clock() - start;
      const share = size === undefined || size === 0 ? undefined : Math.min(1, bytes / size);
      world.onProgress?.({
        pass,
        rows,
        elapsedMs,
        ...(share === undefined ? {} : { share }),
        ...(share === undefined || share === 0
          ? {}
          : { remainingMs: Math.round((elapsedMs * (1 - share)) / share) }),
      });
    },
  };
};
