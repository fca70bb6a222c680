import type { Effects as RecordEffects } from '../records/index.ts';
import type { Effects } from './command.ts';

/** The clock and randomness of the terminal in the terms of the record layer. */
export const recordEffects = ({ now, random }: Pick<Effects, 'now' | 'random'>): RecordEffects => ({
  clock: () => now().getTime(),
  random,
});
