import type { NumberColumn } from '../snapshot/index.ts';
import { type CodedColumn, codedColumn, entryNumbers, magnitude } from './coded-column.ts';
import {
  addCounts,
  type Counter,
  classed,
  keyOf,
  startCounter,
  totalsOf,
  type What,
  weighed,
} from './counter.ts';
import type { Program } from './program.ts';
import { TRUE } from './scalar.ts';
import type { Space } from './space.ts';
import { type Coding, EVERY, type Status } from './status.ts';

/** One group a dimension; the number of groups stands for the total. */
export type Place = readonly number[];
export type At<T> = (place: Place) => T;

/** What measures want to know of a space. */
export type Want =
  | { readonly kind: 'tally'; readonly status: Status }
  | { readonly kind: 'sum'; readonly status: Status; readonly path: string; readonly column: NumberColumn }
  | {
      readonly kind: 'frequencies' | 'distinct';
      readonly status: Status;
      readonly path: string;
      readonly coded: CodedColumn;
    };

/** A want of a space, with the counter that will answer it. */
export interface Asked {
  readonly space: Space;
  readonly want: Want;
  source?: Counter;
}

/** Vocabularies up to this size are counted entry by entry rather than status by status: one count answers all questions. */
const SMALL = 81;

const asked = (program: Program): Map<string, Asked> => program.once('asked', () => new Map<string, Asked>());

/** Registers a want; equal wants of a space are one. */
export const ask = (program: Program, space: Space, want: Want): Asked => {
  const path = want.kind === 'tally' ? '' : want.path;
  const key = `${want.kind} ${path} ${want.status.key} in ${space.key}`;
  const all = asked(program);
  const known = all.get(key);
  if (known !== undefined) return known;
  const made: Asked = { space, want };
  all.set(key, made);
  return made;
};

/** The space has all dimensions of the other over the same rows: its totals hold the other's cells. */
const covers = (wide: Space, narrow: Space): boolean =>
  wide.where.key === narrow.where.key &&
  wide.dimensions.length > narrow.dimensions.length &&
  narrow.dimensions.every((d) => wide.dimensions.some((w) => w.key === d.key));

/** Does the coding of this path decide the status alone? */
const decides = (path: string, status: Status): boolean =>
  status.kind === 'every' || (status.kind === 'coded' && status.coding.key === path);

/** What is counted to answer a want. `codings` tells which codings are counted entry by entry anyway. */
const lower = ({ space, want }: Asked, codings: (space: Space, path: string) => boolean): What => {
  const { status } = want;
  switch (want.kind) {
    case 'tally': {
      if (status.kind === 'every') return { kind: 'rows' };
      if (status.kind !== 'coded') return { kind: 'tally', status };
      const { coding } = status;
      return coding.count <= SMALL || codings(space, coding.key)
        ? { kind: 'histogram', coding }
        : { kind: 'tally', status };
    }
    case 'sum': {
      const few = magnitude(want.column) < SMALL || codings(space, want.path);
      if (!few || !decides(want.path, status))
        return { kind: 'sum', status, path: want.path, column: want.column };
      const { slots, entries } = codedColumn(want.column);
      return { kind: 'histogram', coding: { kind: 'whole', key: want.path, slots, count: entries.length } };
    }
    case 'distinct':
      return { kind: 'distinct', status, path: want.path, column: want.coded };
    case 'frequencies': {
      const { slots, entries } = want.coded;
      const coding: Coding = { kind: 'whole', key: want.path, slots, count: entries.length };
      return decides(want.path, status)
        ? { kind: 'histogram', coding }
        : { kind: 'filtered', status, coding };
    }
  }
};

interface Primitive {
  readonly space: Space;
  readonly what: What;
  readonly for: Asked[];
}

/**
 * Decides what is counted, once all tables have asked: a coding that is counted anyway answers every question about it, a
 * table by city and period answers one by period, and what two measures share is counted once.
 */
export const settle = (program: Program): void => {
  const all = [...asked(program).values()];
  const histograms = all.filter(({ want }) => want.kind === 'frequencies' && decides(want.path, want.status));
  const codings = (space: Space, path: string): boolean =>
    histograms.some(
      (h) =>
        h.want.kind === 'frequencies' &&
        h.want.path === path &&
        (h.space === space || covers(h.space, space)),
    );
  const primitives = new Map<string, Primitive>();
  for (const one of all) {
    const what = lower(one, codings);
    const key = `${keyOf(what)} in ${one.space.key}`;
    const primitive = primitives.get(key) ?? { space: one.space, what, for: [] };
    primitives.set(key, primitive);
    primitive.for.push(one);
  }
  const list = [...primitives.values()].toSorted(
    (a, b) => b.space.dimensions.length - a.space.dimensions.length,
  );
  const counters = new Map<string, Counter>();
  const spaces = [...new Set(list.map((p) => p.space))];
  const counterFor = ({ space, what }: Primitive): Counter => {
    const key = keyOf(what);
    const hosts = [space, ...spaces.filter((s) => covers(s, space))];
    const known = hosts.map((s) => counters.get(`${key} in ${s.key}`)).find((c) => c !== undefined);
    if (known !== undefined) return known;
    // The rows of a cell are the sum of anything that counts each of its rows once.
    const same =
      what.kind !== 'rows'
        ? []
        : [...counters.values()].filter((c) => hosts.includes(c.space) && countsEveryRow(c));
    const [narrowest] = same.toSorted((a, b) => a.width - b.width);
    const counter = narrowest ?? startCounter(program, space, what);
    counters.set(`${key} in ${space.key}`, counter);
    return counter;
  };
  const isRows = ({ what }: Primitive): boolean => what.kind === 'rows';
  for (const primitive of [...list.filter((p) => !isRows(p)), ...list.filter(isRows)]) {
    const counter = counterFor(primitive);
    for (const one of primitive.for) one.source = counter;
  }
};

const countsEveryRow = ({ what, sparse }: Counter): boolean =>
  sparse === undefined && (what.kind === 'rows' || what.kind === 'tally' || what.kind === 'histogram');

const sourceOf = (one: Asked): Counter => {
  if (one.source === undefined) throw new Error('a program was read before it was settled');
  return one.source;
};

/** The same place in the space of a counter: its further dimensions at their total. */
const placeIn = (from: Space, to: Space): ((place: Place) => Place) => {
  if (from === to) return (place) => place;
  const at = to.dimensions.map((d) => from.dimensions.findIndex((own) => own.key === d.key));
  return (place) => to.dimensions.map(({ groups }, d) => place[at[d] as number] ?? groups.length);
};

const read = (one: Asked, counter: Counter): At<(w: number) => number> => {
  const [values, place] = [totalsOf(counter), placeIn(one.space, counter.space)];
  const { index } = counter.space;
  return (p) => {
    const at = index(place(p)) * counter.width;
    return (w) => values[at + w] as number;
  };
};

const derived = new WeakMap<Counter, Map<string, Counter>>();
/** A counter worked out from another one, once for all tables that read it. */
const derivedFrom = (counter: Counter, key: string, make: () => Counter): Counter => {
  const known = derived.get(counter) ?? new Map<string, Counter>();
  derived.set(counter, known);
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
};

const classesOf = (status: Status, width: number): Uint8Array =>
  status.kind === 'coded' ? status.lut : new Uint8Array(width).fill(TRUE);

/** Rows out, in and missing at a place. Read when the program has run, as all that follow. */
export const readTally = (one: Asked): At<readonly [out: number, n: number, missing: number]> => {
  const counter = sourceOf(one);
  const { status } = one.want;
  const direct = counter.what.kind === 'tally' && status.kind !== 'every';
  const source = direct
    ? counter
    : derivedFrom(counter, `by ${status.key}`, () => classed(counter, classesOf(status, counter.width)));
  const at = read(one, source);
  return (place) => {
    const w = at(place);
    return [w(0), w(1), w(2)];
  };
};

/** How often each entry occurs in the rows at a place that are in; gaps have no entry here. Read before the next place is asked for. */
export type Counts = Float64Array;

export const readFrequencies = (one: Asked): At<Counts> => {
  const counter = sourceOf(one);
  const { want } = one;
  const counts = new Float64Array(want.kind === 'frequencies' ? want.coded.values : 0);
  const place = placeIn(one.space, counter.space);
  const filter = counter.what.kind === 'histogram' ? want.status : EVERY;
  return (p) => {
    counts.fill(0);
    for (const cell of counter.space.inner(place(p))) addCounts(counter, cell, counts);
    if (filter.kind === 'coded')
      for (let e = 0; e < counts.length; e++) if (filter.lut[e] !== TRUE) counts[e] = 0;
    return counts;
  };
};

/** How many different entries occur in the rows at a place that are in. */
export const readDistinct = (one: Asked): At<number> => {
  const at = read(one, sourceOf(one));
  return (place) => at(place)(0);
};

/** The sum at a place, in units of 10^-decimals of its column. */
export const readSum = (one: Asked): At<bigint> => {
  const counter = sourceOf(one);
  const { want } = one;
  if (want.kind !== 'sum') throw new Error('not a sum');
  if (counter.what.kind === 'sum') {
    const at = read(one, counter);
    return (place) => BigInt(at(place)(0));
  }
  const numbers = entryNumbers(codedColumn(want.column));
  const weights = new Float64Array(counter.width);
  for (let e = 0; e < numbers.length; e++)
    if (want.status.kind !== 'coded' || want.status.lut[e] === TRUE) weights[e] = numbers[e] as number;
  const source = derivedFrom(counter, `sum ${want.path} ${want.status.key}`, () => weighed(counter, weights));
  const at = read(one, source);
  return (place) => BigInt(at(place)(0));
};
