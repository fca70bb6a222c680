import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../../../adapters/store-sqlite/index.ts';

/**
 * Runs in a folder that nobody else uses and that is gone afterwards. One run at a time has it (`data_folder_in_use`); what a
 * killed run left is removed first.
 */
export const withScratch = async <T>(dir: string, run: (empty: string) => Promise<T>): Promise<T> => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dir);
  const inside = join(dir, 'folder');
  const clear = (): void => {
    for (const name of existsSync(dir) ? readdirSync(dir) : [])
      if (!name.startsWith('lock.db')) rmSync(join(dir, name), { recursive: true, force: true });
  };
  try {
    clear();
    mkdirSync(inside, { mode: 0o700 });
    return await run(inside);
  } finally {
    clear();
    // Before the lock is let go, so that nobody's lock file is taken away; Windows keeps an open file.
    if (process.platform !== 'win32') rmSync(dir, { recursive: true, force: true });
    unlock();
  }
};
