import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../../tools/samples/random.ts';
import { type DiskFile, diskFile } from './disk-file.ts';
import type { DiskEvent } from './disk-trace.ts';

/** A change of a directory: a name stands for a file from now on, or for none. */
interface Naming {
  readonly name: string;
  readonly file: DiskFile | undefined;
}

/** A disk while a trace is played to it. */
export interface Disk {
  readonly play: (event: DiskEvent) => void;
  /** Writes what a power cut now would leave, by chance, into a folder. */
  readonly cut: (random: Random, into: string) => void;
}

/** Rebuilt by SQLite after a crash, and memory rather than disk while it runs. */
const isMemory = (name: string): boolean => name.endsWith('-shm');

/**
 * An empty disk. A file is what disk-file.ts says; a name that was given or taken away is certain once its directory was
 * synced, and by chance before. That a directory itself exists is taken for certain.
 */
export const emptyDisk = (): Disk => {
  const durable = new Map<string, DiskFile>();
  const current = new Map<string, DiskFile>();
  let namings: Naming[] = [];

  const name = (path: string, file: DiskFile | undefined): void => {
    if (file === undefined) current.delete(path);
    else current.set(path, file);
    namings.push({ name: path, file });
  };
  const give = (names: Map<string, DiskFile>, { name: path, file }: Naming): void => {
    if (file === undefined) names.delete(path);
    else names.set(path, file);
  };
  const syncDirectory = (directory: string): void => {
    for (const naming of namings) if (dirname(naming.name) === directory) give(durable, naming);
    namings = namings.filter((naming) => dirname(naming.name) !== directory);
  };
  const play = (event: DiskEvent): void => {
    if (event.kind === 'mark' || isMemory(event.name)) return;
    const file = current.get(event.name);
    switch (event.kind) {
      case 'create':
        if (file === undefined) name(event.name, diskFile());
        return;
      case 'unlink':
        return name(event.name, undefined);
      case 'rename':
        name(event.to, file);
        return name(event.name, undefined);
      case 'sync':
        return file === undefined ? syncDirectory(event.name) : file.sync();
      case 'failed_sync':
        return file?.dropPending();
      default:
        return file?.change(event);
    }
  };
  return {
    play,
    cut: (random, into) => {
      const names = new Map(durable);
      for (const naming of namings) if (random.chance(0.5)) give(names, naming);
      for (const [path, file] of names) {
        mkdirSync(join(into, dirname(path)), { recursive: true });
        writeFileSync(join(into, path), file.afterPowerCut(random));
      }
    },
  };
};
