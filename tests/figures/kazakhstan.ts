import { readFileSync } from 'node:fs';
import { type Boundaries, type BoundaryMapping, readBoundaries } from '../../src/figures/index.ts';
import { VINTAGES } from './builders.ts';

const folder = new URL('../../studies/kazakhstan/boundaries/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** The boundaries that come with the base package. */
export const kazakhstan16 = (): Boundaries => {
  const found = readBoundaries(
    read('units-16.topo.json'),
    read('units-16.mapping.json') as BoundaryMapping,
    new Set(VINTAGES[20].units),
  );
  if (!('areas' in found)) throw new Error(JSON.stringify(found));
  return found;
};
