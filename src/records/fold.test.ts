import { describe, expect, it } from 'vitest';
import { aHistory, aLeaf, id } from '../../tests/builders/entries.ts';
import type { Instrument } from '../study/index.ts';
import type { EntryBody } from './entry.ts';
import { foldRecord } from './fold.ts';
import type { RecordState } from './record-state.ts';
import { verifiedLate } from './review.ts';

const fold = (...acts: readonly Partial<EntryBody>[]): RecordState => foldRecord(aHistory(acts));
const submitted: Partial<EntryBody> = {
  kind: 'submit',
  author: 'aru',
  values: { form: 'rally', city: 'almaty' },
};
const revise = (values: EntryBody['values'], more: Partial<EntryBody> = {}): Partial<EntryBody> => ({
  kind: 'revise',
  values,
  ...more,
});

describe('values', () => {
  it('a submission states them', () => {
    expect(Object.fromEntries(fold(submitted).values)).toEqual({ form: 'rally', city: 'almaty' });
  });
  it('a revision changes only what it names', () => {
    expect(Object.fromEntries(fold(submitted, revise({ form: 'march' })).values)).toEqual({
      form: 'march',
      city: 'almaty',
    });
  });
  it('concurrent revisions of different fields merge', () => {
    const state = fold(
      submitted,
      revise({ form: 'march' }),
      revise({ city: 'astana' }, { parents: [id(1)] }),
    );
    expect(Object.fromEntries(state.values)).toEqual({ form: 'march', city: 'astana' });
    expect(state.conflicts).toEqual([]);
  });
  it('the same field with different values is a conflict and has no value', () => {
    const state = fold(
      submitted,
      revise({ form: 'march' }),
      revise({ form: 'picket' }, { parents: [id(1)] }),
    );
    expect(state.values.has('form')).toBe(false);
    expect(state.conflicts).toEqual([
      {
        field: 'form',
        candidates: new Map([
          [id(2), 'march'],
          [id(3), 'picket'],
        ]),
      },
    ]);
  });
  it('the same value stated twice is no conflict', () => {
    const state = fold(submitted, revise({ form: 'march' }), revise({ form: 'march' }, { parents: [id(1)] }));
    expect(state.values.get('form')).toBe('march');
    expect(state.conflicts).toEqual([]);
  });
  const disputed = [submitted, revise({ form: 'march' }), revise({ form: 'picket' }, { parents: [id(1)] })];
  it('a resolve that saw the conflict ends it', () => {
    const state = fold(...disputed, {
      kind: 'resolve',
      author: 'beket',
      parents: [id(2), id(3)],
      values: { form: 'picket' },
    });
    expect(state.values.get('form')).toBe('picket');
    expect(state.conflicts).toEqual([]);
  });
  it('a revision that saw the conflict is one more candidate', () => {
    const state = fold(...disputed, revise({ form: 'rally' }, { parents: [id(2), id(3)] }));
    expect([...(state.conflicts[0]?.candidates.values() ?? [])]).toEqual(['march', 'picket', 'rally']);
  });
  it('a resolve that saw only one side ends nothing', () => {
    const state = fold(...disputed, {
      kind: 'resolve',
      author: 'beket',
      parents: [id(2)],
      values: { form: 'march' },
    });
    expect(state.conflicts).toHaveLength(1);
  });
  it('two resolves that did not see each other are a conflict again', () => {
    const resolve = (form: string): Partial<EntryBody> => ({
      kind: 'resolve',
      parents: [id(2), id(3)],
      values: { form },
    });
    expect(fold(...disputed, resolve('march'), resolve('picket')).conflicts).toHaveLength(1);
  });
  it('a link adds to a reference, an unlink that saw it takes it away', () => {
    const links = [
      submitted,
      { kind: 'link', values: { proceedings: ['p1', 'p2'] } },
      { kind: 'unlink', values: { proceedings: ['p1'] } },
    ];
    expect(fold(...links).values.get('proceedings')).toEqual(['p2']);
  });
  it('a link stays when the unlink had not seen it', () => {
    const state = fold(
      { ...submitted, values: { proceedings: ['p1'] } },
      { kind: 'link', values: { proceedings: ['p1'] } },
      { kind: 'unlink', values: { proceedings: ['p1'] }, parents: [id(1)] },
    );
    expect(state.values.get('proceedings')).toEqual(['p1']);
  });
  it('answers of an earlier version are read under present names and codes', () => {
    const upgrades = [
      {
        from: 1,
        rename: new Map([['shape', 'form']]),
        recode: new Map([['shape', new Map([['meeting', 'rally']])]]),
      },
    ];
    const instrument = { id: 'assembly', version: 2, upgrades } as unknown as Instrument;
    const state = foldRecord(aHistory([{ values: { shape: 'meeting' } }]), instrument);
    expect(Object.fromEntries(state.values)).toEqual({ form: 'rally' });
    expect(state.instrumentVersion).toBe(2);
  });
});

describe('review', () => {
  const verify = (author: string, more: Partial<EntryBody> = {}): Partial<EntryBody> => ({
    kind: 'verify',
    author,
    occurred_at: '2019-01-15T09:00:00.000+06:00',
    ...more,
  });
  it('a second person verifies', () => {
    expect(fold(submitted, verify('beket'))).toMatchObject({ review: 'verified', verifiedBy: 'beket' });
  });
  it('the author does not verify: the entry stays and takes no effect', () => {
    const state = fold(submitted, verify('aru'));
    expect(state.review).toBe('submitted');
    expect(state.problems).toMatchObject([
      { code: 'review_same_person', details: { author: 'aru', entry: id(2) } },
    ]);
    expect(state.entries).toContain(id(2));
  });
  it('whoever revised does not verify either', () => {
    const state = fold(submitted, revise({ form: 'march' }, { author: 'beket' }), verify('beket'));
    expect(state).toMatchObject({ review: 'submitted', problems: [{ code: 'review_same_person' }] });
  });
  it('who chose between candidates is still a second person', () => {
    const state = fold(
      submitted,
      { kind: 'resolve', author: 'beket', values: { form: 'rally' } },
      verify('beket'),
    );
    expect(state.review).toBe('verified');
  });
  it('a revision after verification asks for verification again', () => {
    expect(fold(submitted, verify('beket'), revise({ form: 'march' })).review).toBe('submitted');
  });
  it('a verification that did not see a revision does not cover it', () => {
    const state = fold(submitted, revise({ form: 'march' }), verify('beket', { parents: [id(1)] }));
    expect(state.review).toBe('submitted');
  });
  it('asked back until answered', () => {
    const asked = [submitted, { kind: 'ask_back', author: 'beket', reason: 'Which street?' }];
    expect(fold(...asked).review).toBe('asked_back');
    expect(fold(...asked, { kind: 'answer', values: { city: 'astana' } }).review).toBe('submitted');
  });
  it('excluded with its reason, and included again', () => {
    const excluded = [submitted, { kind: 'exclude', author: 'beket', reason: 'twice' }];
    expect(fold(...excluded)).toMatchObject({ review: 'excluded', excludedBecause: 'twice' });
    expect(fold(...excluded, { kind: 'include', author: 'beket' }).review).toBe('submitted');
  });
  it('excluded and included at once stays excluded', () => {
    const state = fold(
      submitted,
      { kind: 'exclude', reason: 'twice' },
      { kind: 'include', parents: [id(1)] },
    );
    expect(state.review).toBe('excluded');
  });
  it('a verified record that is excluded and included is verified still', () => {
    const state = fold(submitted, verify('beket'), { kind: 'exclude', reason: 'x' }, { kind: 'include' });
    expect(state.review).toBe('verified');
  });
  it('merged into another, and unmerged', () => {
    const merged = [submitted, { kind: 'merge', values: { into: id(9) } }];
    expect(fold(...merged)).toMatchObject({ review: 'merged', mergedInto: id(9) });
    expect(fold(...merged, { kind: 'unmerge' }).review).toBe('submitted');
  });
  it('merged into two at once is shown as a conflict', () => {
    const state = fold(
      submitted,
      { kind: 'merge', values: { into: id(8) } },
      { kind: 'merge', values: { into: id(9) }, parents: [id(1)] },
    );
    expect(state.conflicts).toMatchObject([{ field: '_merge' }]);
    expect(state).not.toHaveProperty('mergedInto');
  });
  it('a withdrawn consent cannot be undone by an inclusion', () => {
    const state = fold(submitted, { kind: 'withdraw_consent' }, { kind: 'include' });
    expect(state).toMatchObject({ review: 'excluded', excludedBecause: 'withdraw_consent' });
  });
  it('verified after the period closed is late, by the wall date', () => {
    const state = fold(submitted, verify('beket'));
    expect(verifiedLate(state, '2018-12-31')).toBe(true);
    expect(verifiedLate(state, '2019-01-15')).toBe(false);
  });
});

describe('evidence', () => {
  const assess = (evidence: string, more: Partial<EntryBody> = {}): Partial<EntryBody> => ({
    kind: 'assess',
    values: { evidence },
    ...more,
  });
  it('unverified until somebody assesses', () => {
    expect(fold(submitted).evidence).toBe('unverified');
  });
  it('the assessment that saw the others stands', () => {
    expect(fold(submitted, assess('single_source'), assess('corroborated')).evidence).toBe('corroborated');
  });
  it('of assessments that did not see each other the more cautious stands, and both are shown', () => {
    const state = fold(submitted, assess('corroborated'), assess('disputed', { parents: [id(1)] }));
    expect(state.evidence).toBe('disputed');
    expect(state.conflicts).toMatchObject([{ field: '_evidence' }]);
  });
  it('an assessment is no answer of the card', () => {
    expect(fold(submitted, assess('corroborated')).values.has('evidence')).toBe(false);
  });
});

describe('entries', () => {
  it('unknown kinds are kept and not folded', () => {
    const state = fold(submitted, { kind: 'bless', values: { form: 'march' } });
    expect(state.values.get('form')).toBe('rally');
    expect(state.heads).toEqual([id(2)]);
  });
  it('an entry whose parent has not arrived is folded without it', () => {
    const late = aLeaf({ entry_id: id(5), kind: 'revise', parents: [id(4)], values: { form: 'march' } });
    expect(foldRecord([...aHistory([{ values: { city: 'almaty' } }]), late]).values.get('form')).toBe(
      'march',
    );
  });
  it('a forged circle of parents ends', () => {
    const [a, b] = [
      aLeaf({ entry_id: id(1), parents: [id(2)] }),
      aLeaf({ entry_id: id(2), parents: [id(1)] }),
    ];
    expect(foldRecord([a, b]).entries).toEqual([id(1), id(2)]);
  });
  it('entries of two records are refused', () => {
    expect(() =>
      foldRecord([...aHistory([submitted]), aLeaf({ entry_id: id(2), record_id: id(3) })]),
    ).toThrow(/entry_shape/);
  });
});
