import { resolve } from 'node:path';
import type { Figure } from './figure.ts';

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
