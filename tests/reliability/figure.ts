import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { relative, resolve } from 'node:path';
import { expect } from 'vitest';
import { FIGURES, type Figure, type KeptFigure } from './kept-figure.ts';

const isRelease = (): boolean => process.env['BAQYLAU_RELEASE'] === '1';

/** Release runs (`npm run test:long`) do more rounds than those of every change. */
export const rounds = (everyChange: number, release: number): number => (isRelease() ? release : everyChange);

/** A number as it stands in a figure: 9,405. */
export const counted = (n: number): string => n.toLocaleString('en');

const ROOT = resolve(import.meta.dirname, '../..');

const machine = (): string => {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? 'processor'}, ${memory} GB, ${process.platform}, Node ${process.versions.node}`;
};

/** Keeps the figure of a test that has passed, and prints it as one line that a machine can read. Call it last. */
export const keepFigure = (figure: Figure): void => {
  mkdirSync(FIGURES, { recursive: true });
  const kept: KeptFigure = {
    ...figure,
    test: relative(ROOT, expect.getState().testPath ?? ''),
    release: isRelease(),
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
  };
  const name = [figure.id, figure.part, kept.release ? 'release' : undefined].filter(
    (part) => part !== undefined,
  );
  writeFileSync(
    resolve(FIGURES, `${name.join('-').replaceAll(/[^\w.-]+/g, '_')}.json`),
    `${JSON.stringify(kept)}\n`,
  );
  process.stdout.write(`figure ${JSON.stringify(kept)}\n`);
};
