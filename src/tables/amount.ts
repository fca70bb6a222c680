import type { NumberColumn } from '../snapshot/index.ts';
import type { TableDefinition, Term } from '../study/index.ts';
import { type Fraction, fraction } from '../vocabulary/index.ts';
import { type CodedColumn, codedColumn, magnitude } from './coded-column.ts';
import { readableColumn, truthOf } from './condition.ts';
import { definitionProblem, fieldProblem } from './definition-problem.ts';
import type { Program } from './program.ts';
import { type At, ask, readDistinct, readFrequencies, readSum, readTally } from './settle.ts';
import type { Space } from './space.ts';
import { coded, combine, EVERY, type Status } from './status.ts';
import { BESIDE, TERM } from './truth-tables.ts';

/** Where a measure is counted. */
export interface Ground {
  readonly program: Program;
  readonly space: Space;
  readonly definition: TableDefinition;
}

/** An amount at one place: exact, with the rows it rests on. */
export interface Amount {
  readonly value: Fraction;
  readonly n: number;
  readonly nMissing: number;
  /** False when rows are there but not one of them says anything: then 0 would be a stand-in for "not known". */
  readonly known: boolean;
}

/** A term compiled to a status (out, in, missing) and to what a row that is in adds. */
export interface TermPlan {
  readonly status: Status;
  readonly adds:
    | { readonly kind: 'one' }
    | { readonly kind: 'number'; readonly path: string; readonly column: NumberColumn }
    | { readonly kind: 'distinct'; readonly path: string; readonly coded: CodedColumn };
}

const RECORDED = new Uint8Array(256).fill(2).fill(1, 0, 1);

/** In where the column has a value, missing where it has a gap. */
const recorded = (program: Program, path: string): Status =>
  program.view.remember(`recorded ${path}`, () => recordedStatus(program, path));

const recordedStatus = (program: Program, path: string): Status => {
  const column = program.view.column(path);
  if (column?.missing === undefined) return EVERY;
  const readable = readableColumn(program.view, path);
  if (readable === undefined)
    return coded({ kind: 'whole', key: `gaps of ${path}`, slots: column.missing, count: 256 }, RECORDED);
  const { values } = codedColumn(column);
  const { coding } = readable;
  const lut = Uint8Array.from({ length: coding.count }, (_, entry) => (entry < values ? 1 : 2));
  return coded(coding, lut);
};

/** Status of a field under a condition. */
export const fieldStatus = (program: Program, path: string, where: Term['where']): Status => {
  const values = recorded(program, path);
  return where === undefined ? values : combine(truthOf(program, where.root), values, TERM);
};

export const numberColumn = (definition: TableDefinition, program: Program, path: string): NumberColumn => {
  const column = program.view.column(path);
  if (column === undefined) throw fieldProblem(definition, path);
  if (column.kind !== 'number') throw definitionProblem(definition, 'not_a_number', path);
  return column;
};

const distinctPlan = (
  definition: TableDefinition,
  program: Program,
  path: string,
  where: Term['where'],
): TermPlan => {
  const column = program.view.column(path);
  if (column === undefined) throw fieldProblem(definition, path);
  return {
    status: fieldStatus(program, path, where),
    adds: { kind: 'distinct', path, coded: codedColumn(column) },
  };
};

/** Compiles a term. In a table that counts a reference (`distinct`) a count counts its different values. */
export const planTerm = (definition: TableDefinition, program: Program, term: Term): TermPlan => {
  switch (term.kind) {
    case 'count':
      if (definition.distinct !== undefined)
        return distinctPlan(definition, program, definition.distinct, term.where);
      return {
        status: term.where === undefined ? EVERY : truthOf(program, term.where.root),
        adds: { kind: 'one' },
      };
    case 'sum': {
      const column = numberColumn(definition, program, term.field);
      return {
        status: fieldStatus(program, term.field, term.where),
        adds: { kind: 'number', path: term.field, column },
      };
    }
    case 'distinct':
      return distinctPlan(definition, program, term.field, term.where);
  }
};

/** The term beside another one in a ratio: rows where the other part is missing are missing here too. */
export const planBeside = (term: TermPlan, other: TermPlan): TermPlan => ({
  ...term,
  status: combine(term.status, other.status, BESIDE),
});

/** Rows in, missing and out at a place. */
export interface Standing {
  readonly n: number;
  readonly nMissing: number;
  readonly known: boolean;
}

export const standing = ({ program, space }: Ground, status: Status): (() => At<Standing>) => {
  const tally = ask(program, space, { kind: 'tally', status });
  return () => {
    const at = readTally(tally);
    return (place) => {
      const [out, n, nMissing] = at(place);
      return { n, nMissing, known: out + n > 0 || nMissing === 0 };
    };
  };
};

/** Does a sum over all rows stay exact in a double? Else it is folded from frequencies in BigInt. */
const sumsExactly = (program: Program, column: NumberColumn): boolean =>
  magnitude(column) * program.view.table.rows < Number.MAX_SAFE_INTEGER;

type NumberTerm = TermPlan & { readonly adds: { readonly kind: 'number' } };

const numberSum = ({ program, space }: Ground, { status, adds }: NumberTerm): (() => At<Fraction>) => {
  const scale = 10n ** BigInt(adds.column.decimals);
  const { path, column } = adds;
  if (sumsExactly(program, column)) {
    const sum = ask(program, space, { kind: 'sum', status, path, column });
    return () => {
      const at = readSum(sum);
      return (place) => fraction(at(place), scale);
    };
  }
  const values = codedColumn(column);
  const frequencies = ask(program, space, { kind: 'frequencies', status, path, coded: values });
  return () => {
    const at = readFrequencies(frequencies);
    return (place) => {
      let sum = 0n;
      at(place).forEach((count, entry) => {
        if (count !== 0) sum += BigInt(values.entries[entry]?.number ?? 0) * BigInt(count);
      });
      return fraction(sum, scale);
    };
  };
};

/** Asks for a term; the result is read when the program has run. */
export const countTerm = (ground: Ground, term: TermPlan): (() => At<Amount>) => {
  const { adds, status } = term;
  const stand = standing(ground, status);
  if (adds.kind === 'one')
    return () => {
      const at = stand();
      return (place) => {
        const found = at(place);
        return { ...found, value: fraction(found.n) };
      };
    };
  if (adds.kind === 'number') {
    const sums = numberSum(ground, { ...term, adds });
    return () => {
      const [at, sum] = [stand(), sums()];
      return (place) => ({ ...at(place), value: sum(place) });
    };
  }
  const values = ask(ground.program, ground.space, {
    kind: 'distinct',
    status,
    path: adds.path,
    coded: adds.coded,
  });
  return () => {
    const [at, different] = [stand(), readDistinct(values)];
    return (place) => {
      const n = different(place);
      return { ...at(place), n, value: fraction(n) };
    };
  };
};
