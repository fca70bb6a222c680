import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What one row of the test plan found in this run; docs/reliability.md is made of these. */
export interface Figure {
  /** Row of the plan: R1, S5. */
  readonly id: string;
  /** Which of several tests of that row, e.g. the engine. */
  readonly part?: string;
  /** What was done and what came of it, in numbers: "300 kills, 9,405 acknowledged, 0 lost, 0 doubled". */
  readonly found: string;
  /** What the same test found with the guard broken on purpose: it must have gone red. */
  readonly control: string;
}

/** Release runs (`npm run test:long`) do more rounds than those of every change. */
export const rounds = (everyChange: number, release: number): number =>
  process.env['BAQYLAU_RELEASE'] === '1' ? release : everyChange;

const FOLDER = resolve(import.meta.dirname, '../../.cache/reliability');

/** Keeps the figure of a test that has passed, and prints it as one line that a machine can read. Call it last. */
export const keepFigure = (figure: Figure): void => {
  mkdirSync(FOLDER, { recursive: true });
  const name = figure.part === undefined ? figure.id : `${figure.id}-${figure.part}`;
  writeFileSync(resolve(FOLDER, `${name}.json`), `${JSON.stringify(figure)}\n`);
  process.stdout.write(`figure ${JSON.stringify(figure)}\n`);
};
