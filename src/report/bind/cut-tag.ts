import type { Table } from '../../tables/index.ts';
import type { SourceNode } from '../source/read-source.ts';
import { type Binding, broken, withPeriod } from './binding.ts';
import { bindTable } from './cells.ts';
import { cutTable, timeDimension } from './cut-table.ts';

/** Codes or ids written in one attribute, separated by commas. */
export const listed = (binding: Binding, value: unknown): readonly string[] | undefined =>
  value === undefined
    ? undefined
    : withPeriod(binding, String(value))
        .split(',')
        .map((part) => part.trim());

/** A table cut to the measures given and the periods of a tag; unknown names are broken bindings. */
export const cutOf = (
  binding: Binding,
  tag: SourceNode,
  id: string,
  measures: readonly string[] | undefined,
): Table | undefined => {
  const { at } = tag;
  const table = bindTable(binding, withPeriod(binding, id), at);
  if (table === undefined) return undefined;
  const periods = listed(binding, tag.attributes['periods']);
  const known = {
    measures: table.measures.map((m) => m.id),
    periods: timeDimension(table)?.codes.map((c) => c.code) ?? [],
  };
  const unknownMeasure = measures?.find((m) => !known.measures.includes(m));
  const unknownPeriod = periods?.find((p) => !known.periods.includes(p));
  if (unknownMeasure !== undefined)
    return void broken(binding, at, `${table.id} ${unknownMeasure}`, 'unknown_measure', {
      known: known.measures,
    });
  if (unknownPeriod !== undefined)
    return void broken(binding, at, `${table.id} ${unknownPeriod}`, 'unknown_period', {
      known: known.periods,
    });
  return cutTable(table, {
    ...(measures === undefined ? {} : { measures }),
    ...(periods === undefined ? {} : { periods }),
  });
};
