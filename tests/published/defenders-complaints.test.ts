import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMissing, toNumber } from '../../src/vocabulary/index.ts';
import { countSample, readRows } from './sample-organisation.ts';

// Complaints of the sample counted from its own file beside what the engine counts from the records: a complaint that was
// refused is a result, not a person's refusal to answer.
const folder = join(import.meta.dirname, '../../studies/defenders/sample');
const { rows } = readRows(join(folder, 'complaints.csv'));
const { ours } = await countSample('defenders');
const counted = (address: string): number | undefined => {
  const value = ours(address)?.value;
  return value === undefined || isMissing(value) ? undefined : toNumber(value);
};

test.each(['no_answer', 'formal_answer', 'refused', 'satisfied'])(
  'complaints that ended so: %s',
  (result) => {
    const own = rows.filter((row) => row['result'] === result).length;
    expect(own).toBeGreaterThan(0);
    expect(counted(`inc.complaints/_total/${result}/n`)).toBe(own);
  },
);
