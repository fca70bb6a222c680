import type { Measure, TableDefinition } from '../../study/index.ts';
import { type Cell, type Table, type TableMeasure, TOTAL } from '../../tables/index.ts';
import { isMissing } from '../../vocabulary/index.ts';
import type { NumberTrace } from '../document.ts';
import { type Binding, labelled, say } from './binding.ts';
import { printed, printedFraction, printedPart } from './printed.ts';

/** The label of a code in a table's dimension, `Total` for the total. */
export const codeLabel = (binding: Binding, table: Table, by: string, code: string): string => {
  const found = table.dimensions.find((d) => d.by === by)?.codes.find((c) => c.code === code);
  return found !== undefined
    ? labelled(binding, found.label)
    : code === TOTAL
      ? say(binding, 'report.total')
      : code;
};

/** What the denominator of a measure is, in words. */
const baseOf = (binding: Binding, table: Table, measure: Measure | undefined): string | undefined => {
  switch (measure?.kind) {
    case 'share': {
      if (typeof measure.within === 'string') return say(binding, `report.base.share_${measure.within}`);
      const dimensions = table.dimensions
        .filter((d) => measure.within.includes(d.by))
        .map((d) => labelled(binding, d.label));
      return say(binding, 'report.base.share_within', { dimensions: dimensions.join(', ') });
    }
    case 'ratio':
      // A share of rows is a ratio of two counts; a pooled index divides two amounts.
      return say(binding, measure.unit === 'percent' ? 'report.base.share_where' : 'report.base.ratio');
    case 'rate':
      return say(binding, 'report.base.rate');
    case 'top_box':
      return say(binding, 'report.base.top_box');
    default:
      return undefined;
  }
};

const definitionOf = (binding: Binding, table: Table): TableDefinition | undefined =>
  binding.study.tables.find((t) => t.id === table.id);

/** Notes how the number at an address was made, once an address, and returns its trace. */
export const traceNumber = (
  binding: Binding,
  address: string,
  table: Table,
  measure: TableMeasure,
  cell: Cell,
): NumberTrace => {
  const known = binding.traces.get(address);
  if (known !== undefined) return known;
  const definition = definitionOf(binding, table);
  const base = baseOf(
    binding,
    table,
    definition?.measures.find((m) => m.id === measure.id),
  );
  const decimals = measure.decimals;
  const hasParts =
    cell.origin === 'computed' && cell.denominator !== undefined && cell.numerator !== undefined;
  const trace: NumberTrace = {
    address,
    anchor: `how-${binding.traces.size + 1}`,
    text: isMissing(cell.value)
      ? printed(binding, { cell, measure })
      : withUnit(binding, printed(binding, { cell, measure }), measure),
    tableId: table.id,
    tableTitle: labelled(binding, table.title),
    ...(definition?.definition === undefined ? {} : { definition: labelled(binding, definition.definition) }),
    measure: labelled(binding, measure.label),
    unit: say(binding, `unit.${measure.unit}`),
    where: table.dimensions.map((d) => ({
      label: labelled(binding, d.label),
      text: codeLabel(binding, table, d.by, cell.at[d.by] ?? TOTAL),
    })),
    ...(hasParts && cell.numerator !== undefined && cell.denominator !== undefined
      ? {
          numerator: printedPart(binding, cell.numerator, measure),
          denominator: printedPart(binding, cell.denominator, measure),
          ...(base === undefined ? {} : { base }),
        }
      : {}),
    n: cell.n,
    missing: cell.nMissing,
    ...(cell.interval === undefined
      ? {}
      : {
          interval: {
            low: printedFraction(binding, cell.interval.low, decimals),
            high: printedFraction(binding, cell.interval.high, decimals),
            method: cell.interval.method,
          },
        }),
    origin: cell.origin,
    ...(cell.source === undefined ? {} : { source: cell.source }),
    snapshot: table.snapshot,
    flags: cell.flags,
  };
  binding.traces.set(address, trace);
  return trace;
};

/** The percent sign belongs to the number; other units are named by nouns and captions. */
export const withUnit = (binding: Binding, text: string, measure: TableMeasure): string =>
  measure.unit === 'percent' ? (binding.language === 'en' ? `${text}%` : `${text}\u00a0%`) : text;
