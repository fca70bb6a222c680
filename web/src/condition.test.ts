import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printConditions, readConditions } from './condition.ts';

describe('conditions chosen from lists', () => {
  it('none of them is the rule of the study alone', () => {
    expect(printConditions([])).toBe('');
    expect(readConditions('')).toEqual([]);
  });
  it('say that only records that count are counted', () => {
    expect(printConditions([{ field: 'form', code: 'rally' }])).toBe("counted and form = 'rally'");
  });
  it('are read back as they were chosen', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_.]{0,12}$/);
    const condition = fc.record({ field: name, code: name });
    fc.assert(
      fc.property(fc.array(condition), (all) => {
        expect(readConditions(printConditions(all))).toEqual(all);
      }),
    );
  });
  it.each([
    "form = 'rally'",
    "counted and form = 'rally' or form = 'picket'",
    'counted and participants.best > 10',
    'not counted',
  ])('%s says more than lists can and stays a text', (where) => {
    expect(readConditions(where)).toBeUndefined();
  });
});
