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

/** A figure as it is kept: with what made it. */
export interface KeptFigure extends Figure {
  /** The test file. */
  readonly test: string;
  /** Whether it was a release run. */
  readonly release: boolean;
  /** Day, ISO 8601. */
  readonly date: string;
  readonly machine: string;
}

/** The folder of kept figures, one file each. */
export const FIGURES = resolve(import.meta.dirname, '../../.cache/reliability');
