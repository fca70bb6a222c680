import { canonicalText } from '../vocabulary/index.ts';

/** What an entry states about one thing. `entry` is the entry's place in causal order, unique within a record. */
export interface Statement<V> {
  readonly entry: number;
  readonly value: V;
}

/**
 * Multi-value registers: for each name, the statements that no later entry has superseded. Entries that did not see each
 * other leave several side by side; nothing is ever dropped because of a clock. `known` holds the entries taken in.
 */
export interface Registers<V> {
  readonly known: Set<number>;
  readonly statements: Map<string, readonly Statement<V>[]>;
}

export const emptyRegisters = <V>(): Registers<V> => ({ known: new Set(), statements: new Map() });

export const copyRegisters = <V>(from: Registers<V>): Registers<V> => ({
  known: new Set(from.known),
  statements: new Map(from.statements),
});

/** One statement takes the place of all that were seen. */
export const overwrite = <V>(registers: Registers<V>, name: string, statement: Statement<V>): void => {
  registers.statements.set(name, [statement]);
};

/** One more statement beside those seen. */
export const addBeside = <V>(registers: Registers<V>, name: string, statement: Statement<V>): void => {
  registers.statements.set(name, [...(registers.statements.get(name) ?? []), statement]);
};

/**
 * What two histories know together: a statement stays unless the other side has seen it and holds it no longer.
 * Commutative, associative and idempotent, so the order of arrival cannot matter. Writes into `into`.
 */
export const joinInto = <V>(into: Registers<V>, other: Registers<V>): void => {
  for (const name of new Set([...into.statements.keys(), ...other.statements.keys()])) {
    const ours = into.statements.get(name) ?? [];
    const theirs = other.statements.get(name) ?? [];
    const held = new Set(theirs.map((s) => s.entry));
    const kept = ours.filter((s) => held.has(s.entry) || !other.known.has(s.entry));
    const joined = [...kept, ...theirs.filter((s) => !into.known.has(s.entry))].sort(
      (a, b) => a.entry - b.entry,
    );
    if (joined.length > 0) into.statements.set(name, joined);
    else into.statements.delete(name);
  }
  for (const entry of other.known) into.known.add(entry);
};

/** Whether two values are the same value. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && canonicalText(a) === canonicalText(b));

/** Whether the statements disagree: the same value stated twice is no conflict. */
export const disagree = (statements: readonly Statement<unknown>[]): boolean =>
  statements.some((s) => !sameValue(s.value, statements[0]?.value));
