import { describe, expect, expectTypeOf, test } from 'vitest';
import type { EntryValue, SealedField, SealedStatement } from '../../src/records/index.ts';
import { refuseIdentity, type SnapshotTable, tableToParquet } from '../../src/snapshot/index.ts';
import { type SnapshotColumn, type StudyColumn, snapshotColumnsOf } from '../../src/study/index.ts';
import { aStudy } from '../builders/study-files.ts';
import { aGathering, CHECKED, freeze, street } from './freezing.ts';

const NAME = 'zhuldyz-secret-name';

/** A table of the snapshot with one column too many. */
const withColumn = (table: SnapshotTable, name: string): SnapshotTable => ({
  ...table,
  columns: new Map([...table.columns, [name, { kind: 'text', name, values: [NAME] }]]),
});
const tableOf = async (id: string): Promise<SnapshotTable> => {
  const table = (await freeze([aGathering(1)])).tables.get(id);
  if (table === undefined) throw new Error(`no table ${id}`);
  return table;
};
const refusal = (table: SnapshotTable, study = street): unknown => {
  try {
    refuseIdentity(study, [table]);
    return 'let through';
  } catch (error) {
    return error;
  }
};

describe('no identity column can exist in a snapshot', () => {
  test('by its type: a column of any sensitivity is no column of a snapshot', () => {
    expectTypeOf<StudyColumn>().not.toExtend<SnapshotColumn>();
    expectTypeOf<StudyColumn & { sensitivity: 'identity' }>().not.toExtend<SnapshotColumn>();
  });

  test('by its type: statistical and restricted columns are (negative control)', () => {
    expectTypeOf<StudyColumn & { sensitivity: 'statistical' }>().toExtend<SnapshotColumn>();
    expectTypeOf<StudyColumn & { sensitivity: 'restricted' }>().toExtend<SnapshotColumn>();
  });

  test('at run time: one that gets as far as a table is refused', async () => {
    expect(refusal(withColumn(await tableOf('gathering'), 'organiser'))).toMatchObject({
      problems: [{ code: 'snapshot_identity_field', details: { table: 'gathering', field: 'organiser' } }],
    });
  });

  test('at run time: the table without it passes (negative control)', async () => {
    expect(refusal(await tableOf('gathering'))).toBe('let through');
  });

  test('at run time: a part of an exact point and a field inside a repeat are refused too', async () => {
    const study = aStudy({
      'street/instruments/gathering.yaml': [
        [
          '{name: kind, type: select_one,',
          '{name: person, type: text, label: {kk: Кім, ru: Кто, en: Who}, sensitivity: identity},\n      {name: kind, type: select_one,',
        ],
        [
          '  - {name: organiser,',
          '  - {name: exact, type: point, label: {kk: Нүкте, ru: Точка, en: Point}, sensitivity: identity}\n  - {name: organiser,',
        ],
      ],
    });
    expect(snapshotColumnsOf(study, 'gathering.sanctions')?.map((c) => c.path)).not.toContain('person');
    for (const [id, name] of [
      ['gathering', 'exact.lat'],
      ['gathering.sanctions', 'person'],
    ] as const)
      expect(refusal(withColumn(await tableOf(id), name), study)).toMatchObject({
        problems: [{ code: 'snapshot_identity_field', details: { field: name } }],
      });
  });

  test('by its type: what is sealed is no value of a column', () => {
    expectTypeOf<SealedStatement>().not.toExtend<EntryValue>();
    expectTypeOf<SealedField>().not.toExtend<EntryValue>();
  });

  test('a sealed field changes not a byte of a snapshot but its place in the log', async () => {
    const sealed: SealedField = {
      field: 'organiser',
      compartment: 'street/north',
      key_id: 'a-key-of-the-vault',
      suite: 1,
      nonce: 'a-nonce',
      ct: 'a-ciphertext',
    };
    const acts = [{ kind: 'revise', values: {}, sealed: [sealed] }, ...CHECKED];
    const state = aGathering(1, { acts });
    expect(state.sealed).toHaveLength(1);
    const snapshot = await freeze([state]);
    const plain = await freeze([aGathering(1, { acts: [{ kind: 'revise', values: {} }, ...CHECKED] })]);
    for (const [id, table] of snapshot.tables) {
      const bytes = Buffer.from(tableToParquet(table));
      for (const part of Object.values(sealed)
        .map(String)
        .filter((text) => text.length > 5))
        expect(bytes.includes(part), part).toBe(false);
      const before = plain.tables.get(id);
      expect(before && Buffer.from(tableToParquet(before)).equals(bytes)).toBe(true);
    }
    expect(JSON.stringify(snapshot.manifest)).not.toContain('a-key-of-the-vault');
  });

  test('an identity value that stands in an entry in plain reaches no byte of a snapshot', async () => {
    const snapshot = await freeze([aGathering(1, { values: { organiser: NAME } })]);
    for (const table of snapshot.tables.values()) {
      expect(table.columns.has('organiser')).toBe(false);
      expect(Buffer.from(tableToParquet(table)).includes(NAME)).toBe(false);
    }
    expect(JSON.stringify(snapshot.manifest)).not.toContain(NAME);
  });
});
