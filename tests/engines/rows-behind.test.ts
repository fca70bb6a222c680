import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measure } from '../../src/study/index.ts';
import {
  addressOf,
  type Cell,
  countTables,
  findCell,
  foldRows,
  parseAddress,
  rowsBehind,
} from '../../src/tables/index.ts';
import { compare, fraction, isMissing } from '../../src/vocabulary/index.ts';
import { definitions, STUDY, snapshots } from './arbitrary.ts';

const seed = Number(process.env['BAQYLAU_SEED'] ?? 20181121);
const ZERO = fraction(0);

/** A median has no parts. The denominator of a rate is months, not rows: its rows have 0. */
const hasNoParts = (measure: Measure): boolean =>
  measure.kind === 'statistic' && measure.statistic !== 'mean';

describe('the rows behind a cell', () => {
  it(`add up to its numerator and denominator, whatever the definition (seed ${seed})`, {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(snapshots, definitions, (snapshot, definition) => {
        const [table] = countTables(STUDY, snapshot, [definition]);
        for (const cell of table?.cells.slice(0, 60) ?? []) {
          const measure = definition.measures.find((m) => m.id === cell.measure);
          if (table === undefined || measure === undefined || hasNoParts(measure) || isMissing(cell.value))
            continue;
          const rows = rowsBehind(STUDY, snapshot, definition, addressOf(table, cell));
          const { numerator, denominator } = foldRows(rows);
          expect(compare(numerator, cell.numerator ?? ZERO)).toBe(0);
          const below = measure.kind === 'rate' ? ZERO : (cell.denominator ?? ZERO);
          expect(compare(denominator, below)).toBe(0);
        }
      }),
      { seed, numRuns: 150 },
    );
  });

  it('an address leads back to its cell', () => {
    fc.assert(
      fc.property(snapshots, definitions, (snapshot, definition) => {
        const [table] = countTables(STUDY, snapshot, [definition]);
        for (const cell of table?.cells.slice(0, 60) ?? []) {
          if (table === undefined) continue;
          const address = addressOf(table, cell);
          expect(findCell(table, address)).toBe(cell);
          expect(findCell(table, parseAddress(address))).toBe(cell satisfies Cell);
        }
      }),
      { seed, numRuns: 60 },
    );
  });
});
