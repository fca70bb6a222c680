import { describe, expect, it } from 'vitest';
import { aHistory, id } from '../../tests/builders/entries.ts';
import type { Attachment, EntryBody, SealedField } from './entry.ts';
import { foldRecord } from './fold.ts';
import type { RecordState } from './record-state.ts';

const sealed = (field: string, key: string, row_id?: string): SealedField => ({
  field,
  ...(row_id === undefined ? {} : { row_id }),
  compartment: 'assemblies/_all',
  key_id: key,
  suite: 1,
  nonce: 'n',
  ct: `ct of ${key}`,
});
const file = (name: string): Attachment => ({
  id: name,
  ct_sha256: 'a'.repeat(64),
  ct_size: 1,
  media_type: 'image/jpeg',
  key_id: `key of ${name}`,
});
const fold = (...acts: readonly Partial<EntryBody>[]): RecordState => foldRecord(aHistory(acts));
/** field, row, key and entry of what stands. */
const standing = (state: RecordState) =>
  state.sealed.map((s) => [s.field, s.sealed.row_id ?? '', s.sealed.key_id, s.entryId]);
const rows = (...ids: readonly string[]) => ids.map((row_id) => ({ row_id, values: {} }));

describe('what is sealed in a record', () => {
  it('stands with the entry it is bound to', () => {
    expect(standing(fold({ sealed: [sealed('name', 'k1')] }))).toEqual([['name', '', 'k1', id(1)]]);
  });
  it('is replaced by what a later entry seals at its place, and only there', () => {
    const first = {
      values: { people: rows('r1', 'r2') },
      sealed: [sealed('name', 'k1'), sealed('people.name', 'k1', 'r1')],
    };
    const state = fold(first, {
      kind: 'revise',
      sealed: [sealed('people.name', 'k2', 'r2'), sealed('name', 'k2')],
    });
    expect(standing(state)).toEqual([
      ['name', '', 'k2', id(2)],
      ['people.name', 'r1', 'k1', id(1)],
      ['people.name', 'r2', 'k2', id(2)],
    ]);
  });
  it('stays twice where two people sealed without seeing each other, until somebody resolves it', () => {
    const both = [
      { sealed: [sealed('name', 'k1')] },
      { kind: 'revise', sealed: [sealed('name', 'k2')] },
      { kind: 'revise', parents: [id(1)], author: 'beket', sealed: [sealed('name', 'k3')] },
    ];
    expect(standing(fold(...both)).map(([, , key]) => key)).toEqual(['k2', 'k3']);
    const parents = [id(2), id(3)];
    const revised = fold(...both, { kind: 'revise', parents, sealed: [sealed('name', 'k4')] });
    expect(standing(revised).map(([, , key]) => key)).toEqual(['k2', 'k3', 'k4']);
    const resolved = fold(...both, { kind: 'resolve', parents, sealed: [sealed('name', 'k4')] });
    expect(standing(resolved).map(([, , key]) => key)).toEqual(['k4']);
  });
  it('gives way to a gap that is stated later, and takes the place of one', () => {
    const gap = { kind: 'revise', values: { name: { missing: 'not_recorded' } } } as const;
    const emptied = fold({ sealed: [sealed('name', 'k1')] }, gap);
    expect([standing(emptied), emptied.values.get('name')]).toEqual([[], { missing: 'not_recorded' }]);
    const filled = fold({ values: gap.values }, { kind: 'revise', sealed: [sealed('name', 'k1')] });
    expect([standing(filled).length, filled.values.has('name')]).toEqual([1, false]);
  });
  it('stands beside the value that says so', () => {
    const state = fold({ values: { place: { missing: 'sealed' } }, sealed: [sealed('place', 'k1')] });
    expect([standing(state).length, state.values.get('place')]).toEqual([1, { missing: 'sealed' }]);
  });
  it('goes with its row', () => {
    const first = { values: { people: rows('r1') }, sealed: [sealed('people.name', 'k1', 'r1')] };
    expect(standing(fold(first, { kind: 'revise', values: { people: rows('r2') } }))).toEqual([]);
  });
  it('and attachments, from every entry that brings some', () => {
    const state = fold({ attachments: [file('a')] }, { kind: 'attach', attachments: [file('b')] });
    expect(state.attachments.map((a) => a.id)).toEqual(['a', 'b']);
  });
});

describe('an erased record', () => {
  const acts: readonly Partial<EntryBody>[] = [
    { values: { place: 'astana' }, sealed: [sealed('name', 'k1')], attachments: [file('a')] },
    { kind: 'erase', author: 'aru', values: { key_ids: ['k1'], basis: 'request', approved_by: 'beket' } },
  ];
  it('has nothing sealed left, says so, and keeps its coded answers', () => {
    const state = fold(...acts);
    expect(state).toMatchObject({ sealed: [], attachments: [], erased: { by: 'aru', basis: 'request' } });
    expect([...state.values]).toEqual([['place', 'astana']]);
  });
  it('shows what a device sealed that did not know of it, and stays erased', () => {
    const state = fold(...acts, { kind: 'revise', parents: [id(1)], sealed: [sealed('name', 'k2')] });
    expect(standing(state).map(([, , key]) => key)).toEqual(['k2']);
    expect(state.erased).toBeDefined();
  });
  it('is the same whatever the order in which entries arrive', () => {
    const leaves = aHistory([...acts, { kind: 'revise', parents: [id(1)], sealed: [sealed('name', 'k2')] }]);
    expect(foldRecord([...leaves].reverse())).toEqual(foldRecord(leaves));
  });
});
