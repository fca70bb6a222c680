import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { restoreBackup } from '../../src/workspace/backup/restore-backup.ts';
import { aCard } from '../builders/workspace.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import { aPlace, aPlan, backUp, withWorkspace } from './backups.ts';

const ENTRIES = rounds(5000, 1_000_000);
/** What docs/how-to/back-up.md schedules. */
const EVERY_SECONDS = 180;

it('loses at most five minutes, and is back within half an hour', { timeout: 3_600_000 }, async () => {
  const place = await aPlace(aPlan(2));
  await withWorkspace(
    place.data,
    async (workspace) => {
      for (let at = 2; at < ENTRIES; at += 1000)
        await workspace.append(
          Array.from({ length: Math.min(1000, ENTRIES - at) }, (_, i) => aCard(workspace, at + i)),
        );
    },
    false,
  );
  const start = performance.now();
  const { size, bytes } = await backUp(place);
  const written = performance.now();
  await restoreBackup(place.backups, [place.identity], place.path('restored'));
  const back = (performance.now() - written) / 1000;
  const run = (written - start) / 1000;
  place.remove();

  expect(size).toBe(ENTRIES);
  // What came in right after a run had begun is safe when the next one is done.
  expect(EVERY_SECONDS + run).toBeLessThanOrEqual(300);
  expect(back).toBeLessThanOrEqual(1800);
  keepFigure({
    id: 'R11',
    part: 'speed',
    found: `${size.toLocaleString('en')} entries: a backup (${(bytes / 1e6).toFixed(0)} MB) written, restored and compared in ${run.toFixed(0)} s, every 180 s: at most ${(EVERY_SECONDS + run).toFixed(0)} s are lost; restored in ${back.toFixed(0)} s`,
    control:
      'a backup damaged while it was written counts when the comparison is left out, and cannot be restored',
  });
});
