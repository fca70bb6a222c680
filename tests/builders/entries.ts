import type { EntryBody, Leaf } from '../../src/records/index.ts';

/** A UUID that a test can read: `id(7)` ends in 7. */
export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A leaf as the log would hold it; nothing checks its signature here. Invented people: aru, beket, saule. */
export const aLeaf = (
  given: Partial<EntryBody> & { readonly entry_id: string },
  receivedAt?: string,
): Leaf => ({
  body: {
    v: 1,
    org: 'sample',
    study: 'assemblies',
    instrument: 'assembly',
    instrument_version: 1,
    record_id: id(1_000_000),
    kind: 'submit',
    parents: [],
    author: 'aru',
    device: 'd'.repeat(32),
    device_seq: 1,
    device_prev: '',
    occurred_at: '2018-05-01T10:00:00.000+06:00',
    zone: 'Asia/Almaty',
    values: {},
    sealed: [],
    attachments: [],
    reason: '',
    ...given,
  },
  signature: 'A'.repeat(86),
  received_at: receivedAt ?? '2018-05-02T00:00:00.000Z',
});

/** A history told in order: each act sees the one before unless it names its parents. Entry ids are id(1), id(2), … */
export const aHistory = (acts: readonly Partial<EntryBody>[]): readonly Leaf[] =>
  acts.map((act, i) => aLeaf({ entry_id: id(i + 1), parents: i === 0 ? [] : [id(i)], ...act }));
