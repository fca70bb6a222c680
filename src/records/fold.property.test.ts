import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLeaf, id } from '../../tests/builders/entries.ts';
import { canonicalText } from '../vocabulary/index.ts';
import type { EntryBody, EntryValue, Leaf } from './entry.ts';
import { foldRecord } from './fold.ts';
import type { RecordState } from './record-state.ts';

const FIELDS = ['form', 'city', 'persons'];
const PEOPLE = ['aru', 'beket', 'saule'];
const KINDS = [
  'revise',
  'revise',
  'resolve',
  'verify',
  'ask_back',
  'answer',
  'exclude',
  'include',
  'assess',
  'merge',
  'unmerge',
  'link',
  'unlink',
  'bless',
];

interface Act {
  readonly kind: string;
  readonly author: string;
  readonly field: string;
  readonly value: number;
  /** How many acts back its parents lie. */
  readonly back: readonly number[];
}
const anAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...KINDS),
  author: fc.constantFrom(...PEOPLE),
  field: fc.constantFrom(...FIELDS),
  value: fc.integer({ min: 0, max: 2 }),
  back: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
});

const valuesOf = ({ kind, field, value }: Act): EntryBody['values'] => {
  if (kind === 'assess') return { evidence: ['single_source', 'corroborated', 'disputed'][value] ?? '' };
  if (kind === 'merge') return { into: id(900 + value) };
  if (kind === 'link' || kind === 'unlink') return { proceedings: [`p${value}`] };
  return { [field]: value };
};

/** A random history of up to 12 acts by people who saw different parts of it. */
const aRandomHistory: fc.Arbitrary<readonly Leaf[]> = fc.array(anAct, { maxLength: 12 }).map((acts) => [
  aLeaf({ entry_id: id(1), values: { form: 0, city: 0 } }),
  ...acts.map((act, i) => {
    const parents = act.back.map((b) => i + 2 - b).filter((p) => p >= 1);
    return aLeaf(
      {
        entry_id: id(i + 2),
        kind: act.kind,
        author: act.author,
        values: valuesOf(act),
        parents: parents.length === 0 ? [id(i + 1)] : parents.map(id),
      },
      `2018-06-${String(i + 10)}T00:00:00.000Z`,
    );
  }),
]);

const plain = (state: RecordState): unknown => ({
  ...state,
  values: [...state.values].sort(([a], [b]) => (a < b ? -1 : 1)),
  conflicts: state.conflicts.map((c) => [c.field, [...c.candidates].sort()]).sort(),
});

/** The rule said slowly: a statement stands unless a later one that saw it supersedes it. */
const obviousValues = (leaves: readonly Leaf[]): ReadonlyMap<string, ReadonlyMap<string, EntryValue>> => {
  const byId = new Map(leaves.map((leaf) => [leaf.body.entry_id, leaf.body]));
  const seen = (body: EntryBody): ReadonlySet<string> => {
    const all = new Set<string>();
    const visit = (entry: string): void => {
      const parent = byId.get(entry);
      if (parent === undefined || all.has(entry)) return;
      all.add(entry);
      parent.parents.forEach(visit);
    };
    body.parents.forEach(visit);
    return all;
  };
  const states = new Set(['submit', 'revise', 'answer', 'resolve']);
  const writes = (field: string): readonly EntryBody[] =>
    [...byId.values()].filter((b) => states.has(b.kind) && b.values[field] !== undefined);
  const standing = (field: string, within: (b: EntryBody) => boolean): readonly EntryBody[] =>
    writes(field)
      .filter(within)
      .filter((w) => !writes(field).some((x) => within(x) && supersedes(field, x, w)));
  const supersedes = (field: string, later: EntryBody, earlier: EntryBody): boolean => {
    const sees = seen(later);
    if (!sees.has(earlier.entry_id)) return false;
    const visible = standing(field, (b) => sees.has(b.entry_id));
    const decided = new Set(visible.map((b) => canonicalText(b.values[field]))).size <= 1;
    return later.kind === 'resolve' || decided || !visible.some((b) => b.entry_id === earlier.entry_id);
  };
  return new Map(
    FIELDS.map((field) => [
      field,
      new Map(standing(field, () => true).map((b) => [b.entry_id, b.values[field] as EntryValue])),
    ]),
  );
};

describe('folding', () => {
  it('is the same for every order and repetition of the entries', () => {
    fc.assert(
      fc.property(aRandomHistory, fc.infiniteStream(fc.nat()), (history, picks) => {
        const pick = (below: number): number => Number(picks.next().value) % below;
        const shuffled = [...history, ...history.filter(() => pick(2) === 0)];
        for (let i = shuffled.length - 1; i > 0; i -= 1) {
          const j = pick(i + 1);
          [shuffled[i], shuffled[j]] = [shuffled[j] as Leaf, shuffled[i] as Leaf];
        }
        expect(plain(foldRecord(shuffled))).toEqual(plain(foldRecord(history)));
      }),
      { numRuns: 400 },
    );
  });

  it('keeps exactly the values and conflicts of the slow obvious rule', () => {
    fc.assert(
      fc.property(aRandomHistory, (history) => {
        const state = foldRecord(history);
        const kept = FIELDS.map(
          (field) => state.conflicts.find((c) => c.field === field)?.candidates ?? state.values.get(field),
        );
        const obvious = FIELDS.map((field) => {
          const candidates = obviousValues(history).get(field) ?? new Map<string, EntryValue>();
          const distinct = new Set([...candidates.values()].map((v) => canonicalText(v)));
          return distinct.size > 1 ? candidates : [...candidates.values()][0];
        });
        expect(kept).toEqual(obvious);
      }),
      { numRuns: 400 },
    );
  });

  it('verifies only by somebody who wrote nothing of what was seen', () => {
    fc.assert(
      fc.property(aRandomHistory, (history) => {
        const state = foldRecord(history);
        expect(state.verifiedBy).not.toBe(state.author);
        for (const problem of state.problems) expect(problem.details.entry).not.toBe(state.verifiedBy);
      }),
      { numRuns: 200 },
    );
  });

  it('loses no entry', () => {
    fc.assert(
      fc.property(aRandomHistory, (history) => {
        expect([...foldRecord(history).entries].sort()).toEqual(history.map((l) => l.body.entry_id).sort());
      }),
      { numRuns: 100 },
    );
  });
});
