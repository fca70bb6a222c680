import { addressOf, type Cell, type TableDimension, TOTAL } from '../../tables/index.ts';
import {
  compare,
  type Fraction,
  fraction,
  isMissing,
  type ProblemPlace,
  parseDecimal,
} from '../../vocabulary/index.ts';
import type { SourceNode } from '../source/read-source.ts';
import { type ClaimKind, REFUSED_CLAIMS } from '../source/tags.ts';
import { type Binding, broken, fail, say, withPeriod } from './binding.ts';
import { type BoundCell, bindCell } from './cells.ts';
import { COMPARISONS, isNone, RANKINGS, times } from './claims.ts';
import { timeDimension } from './cut-table.ts';
import { printed, printedValue } from './printed.ts';

/** What was compared with what, for the problem's sentence and for the addresses behind the claim. */
interface Verdict {
  readonly holds: boolean;
  readonly other: string;
  readonly than: string;
  readonly cells: readonly BoundCell[];
}

const NEEDS_THAN: readonly ClaimKind[] = ['fell', 'rose', 'same', 'times', 'more_than', 'less_than'];
const TAKES_THAN: readonly ClaimKind[] = [...NEEDS_THAN, 'half', 'third'];

/**
 * Tests a claim tag. Returns the cells it rests on when it is true; otherwise the problem is reported: refused, broken, or
 * false with both values. `text` is what the sentence says.
 */
export const checkClaim = (
  binding: Binding,
  tag: SourceNode,
  text: string,
): readonly BoundCell[] | undefined => {
  const is = String(tag.attributes['is'] ?? '');
  const refuse = (reason: string): void => fail(binding, 'report_claim_refused', { is, reason }, tag.at);
  if ((REFUSED_CLAIMS as readonly string[]).includes(is)) return void refuse('no_test');
  const kind = is as ClaimKind;
  const than = tag.attributes['than'];
  if (than === undefined && NEEDS_THAN.includes(kind)) return void refuse('missing_than');
  if (than !== undefined && !TAKES_THAN.includes(kind)) return void refuse('attribute');
  if (kind === 'times' && tag.attributes['k'] === undefined) return void refuse('missing_k');
  if (kind !== 'times' && tag.attributes['k'] !== undefined) return void refuse('attribute');
  if (tag.attributes['over'] !== undefined && kind !== 'most' && kind !== 'least')
    return void refuse('attribute');
  const cell = bindCell(binding, String(tag.attributes['cell']), tag.at);
  if (cell === undefined) return undefined;
  const verdict = decide(binding, tag, kind, cell);
  if (verdict === undefined) return undefined;
  if (!verdict.holds) {
    const details = {
      text,
      is,
      address: cell.address,
      value: printed(binding, cell),
      other: verdict.other,
      than: verdict.than,
    };
    fail(binding, 'report_claim_false', details, tag.at);
    return undefined;
  }
  return [cell, ...verdict.cells];
};

const decide = (binding: Binding, tag: SourceNode, kind: ClaimKind, cell: BoundCell): Verdict | undefined => {
  switch (kind) {
    case 'none':
      return { holds: isNone(printedValue(cell)), other: '0', than: '0', cells: [] };
    case 'most':
    case 'least':
      return against(binding, kind, cell, rivals(binding, tag, cell));
    case 'first':
      return against(binding, kind, cell, earlier(binding, tag.at, cell));
    default: {
      const other = otherSide(binding, tag, kind, cell);
      if (other === undefined) return undefined;
      const claimed = { cell: printedValue(cell), than: other.value };
      const holds =
        kind === 'times' ? times(Number(tag.attributes['k']), claimed) : COMPARISONS[kind](claimed);
      return { holds, other: other.text, than: other.name, cells: other.cells };
    }
  }
};

interface OtherSide {
  readonly value: Fraction;
  readonly text: string;
  readonly name: string;
  readonly cells: readonly BoundCell[];
}

/** `than`: an address; a plain number or, for a percentage, "half" and "third" as bounds; by default the whole, 100 %. */
const otherSide = (
  binding: Binding,
  tag: SourceNode,
  kind: ClaimKind,
  cell: BoundCell,
): OtherSide | undefined => {
  const than = tag.attributes['than'] === undefined ? '' : String(tag.attributes['than']);
  const bound = (value: Fraction, text: string): OtherSide => ({ value, text, name: text, cells: [] });
  if (than === '') {
    if (cell.measure.unit === 'percent') return bound(fraction(100), '100 %');
    return void fail(binding, 'report_claim_refused', { is: kind, reason: 'missing_than' }, tag.at);
  }
  if (kind === 'more_than' || kind === 'less_than') {
    if (/^\d+(\.\d+)?$/.test(than)) return bound(parseDecimal(than), than);
    if (than === 'half' || than === 'third') {
      if (cell.measure.unit === 'percent') return bound(fraction(100, than === 'half' ? 2 : 3), than);
      return void broken(binding, tag.at, cell.address, 'units', { detail: `${cell.measure.unit}, percent` });
    }
  }
  const other = bindCell(binding, than, tag.at);
  if (other === undefined) return undefined;
  if (other.measure.unit !== cell.measure.unit)
    return void broken(binding, tag.at, other.address, 'units', {
      detail: `${cell.measure.unit}, ${other.measure.unit}`,
    });
  return {
    value: printedValue(other),
    text: printed(binding, other),
    name: other.address,
    cells: [other],
  };
};

/** Cells that differ from this one in one dimension only. */
const along = (cell: BoundCell, dimension: TableDimension): readonly Cell[] => {
  const others = cell.table.dimensions.filter((d) => d !== dimension);
  return cell.table.cells.filter(
    (c) =>
      c !== cell.cell &&
      c.measure === cell.cell.measure &&
      c.at[dimension.by] !== TOTAL &&
      others.every((d) => c.at[d.by] === cell.cell.at[d.by]),
  );
};

/** A gap among the compared values: no cases and a printed dash are nothing to rival; any other gap makes the claim unknowable. */
const valuesOf = (
  binding: Binding,
  at: ProblemPlace,
  cell: BoundCell,
  peers: readonly Cell[],
): BoundCell[] | undefined => {
  const bound: BoundCell[] = [];
  for (const peer of peers) {
    const address = addressOf(cell.table, peer);
    if (!isMissing(peer.value)) bound.push({ ...cell, cell: peer, address, value: peer.value });
    else if (peer.value.missing === 'none_recorded')
      bound.push({ ...cell, cell: peer, address, value: fraction(0) });
    else if (peer.value.missing !== 'no_cases' && peer.value.missing !== 'undefined')
      return void broken(binding, at, address, 'no_value', {
        detail: say(binding, `missing.${peer.value.missing}`),
      });
  }
  return bound;
};

const rivals = (binding: Binding, tag: SourceNode, cell: BoundCell): BoundCell[] | undefined => {
  const over = tag.attributes['over'];
  const dimension =
    over === undefined
      ? cell.table.dimensions[0]
      : cell.table.dimensions.find((d) => d.by === withPeriod(binding, String(over)));
  if (dimension === undefined)
    return void broken(binding, tag.at, cell.address, 'unknown_dimension', {
      known: cell.table.dimensions.map((d) => d.by),
    });
  return valuesOf(binding, tag.at, cell, along(cell, dimension));
};

const earlier = (binding: Binding, at: ProblemPlace, cell: BoundCell): BoundCell[] | undefined => {
  const dimension = timeDimension(cell.table);
  if (dimension === undefined)
    return void broken(binding, at, cell.address, 'unknown_dimension', {
      known: cell.table.dimensions.map((d) => d.by),
    });
  const order = dimension.codes.map((c) => c.code);
  const now = order.indexOf(cell.cell.at[dimension.by] ?? '');
  const before = along(cell, dimension).filter((c) => order.indexOf(c.at[dimension.by] ?? '') < now);
  return valuesOf(binding, at, cell, before);
};

const against = (
  binding: Binding,
  kind: keyof typeof RANKINGS,
  cell: BoundCell,
  peers: readonly BoundCell[] | undefined,
): Verdict | undefined => {
  if (peers === undefined) return undefined;
  const holds = RANKINGS[kind](printedValue(cell), peers.map(printedValue));
  const sign = kind === 'least' ? -1 : 1;
  const [rival] = peers.toSorted((a, b) => sign * compare(printedValue(b), printedValue(a)));
  if (rival === undefined) return { holds, other: '–', than: '–', cells: [] };
  return { holds, other: printed(binding, rival), than: rival.address, cells: [rival] };
};
