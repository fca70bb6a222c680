import { decimalsOf } from '../../tables/index.ts';
import { toNumber } from '../../vocabulary/index.ts';
import type { Inline } from '../document.ts';
import type { SourceNode } from '../source/read-source.ts';
import { type Binding, broken, say } from './binding.ts';
import { type BoundCell, bindCell } from './cells.ts';
import { printed, printedValue } from './printed.ts';
import { traceNumber, withUnit } from './trace.ts';

/**
 * The number by which a noun agrees, as the plural rules need it. A number printed with decimals takes the form of
 * fractions ("2,0 собрания", "0.5 cities") whatever its value, which any non-integer stands for.
 */
const agreement = (cell: BoundCell): number =>
  decimalsOf(cell.cell, cell.measure) === 0 ? Math.abs(toNumber(printedValue(cell))) : 0.5;

const attribute = (tag: SourceNode, name: string, otherwise: string): string =>
  String(tag.attributes[name] ?? otherwise);

const inWords = (binding: Binding, tag: SourceNode, cell: BoundCell): string | undefined => {
  const value = printedValue(cell);
  const id = `numeral.${value.num}`;
  if (value.den !== 1n || !binding.messages.has(id)) return undefined;
  return say(binding, id, { case: attribute(tag, 'case', 'nom'), gender: attribute(tag, 'gender', 'm') });
};

/** `{% n cell="…" noun="assembly" case="gen" /%}`: the number as in the table, and a noun that agrees with it. */
export const bindNumber = (binding: Binding, tag: SourceNode): Inline | undefined => {
  const cell = bindCell(binding, String(tag.attributes['cell'] ?? ''), tag.at);
  if (cell === undefined) return undefined;
  const form = attribute(tag, 'form', 'percent');
  const digits = printed(binding, cell);
  const text =
    (form === 'words' ? inWords(binding, tag, cell) : undefined) ??
    (form === 'number' ? digits : withUnit(binding, digits, cell.measure));
  const noun = tag.attributes['noun'];
  if (noun !== undefined && !binding.messages.has(`noun.${noun}`)) {
    const known = binding.messages.ids
      .filter((id) => id.startsWith('noun.'))
      .map((id) => id.slice('noun.'.length));
    broken(binding, tag.at, String(noun), 'unknown_noun', { known });
    return undefined;
  }
  traceNumber(binding, cell.address, cell.table, cell.measure, cell.cell);
  if (noun === undefined) return { kind: 'number', text, address: cell.address };
  const named = say(binding, `noun.${noun}`, { n: agreement(cell), case: attribute(tag, 'case', 'nom') });
  return { kind: 'number', text: `${text}\u00a0${named}`, address: cell.address };
};
