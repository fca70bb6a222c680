import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Appendable } from '../../src/log/index.ts';
import { type EntryDraft, uuid7 } from '../../src/records/index.ts';
import { makeDataKey, makeIdentity, recipientOf, sealField, wrapDataKey } from '../../src/sealing/index.ts';
import { openWorkspace, packageFiles, type Workspace } from '../../src/workspace/index.ts';
import { aStudy, studyFiles } from '../builders/study-files.ts';
import { aCard, aDataFolder, aWorkspace, fixedEffects } from '../builders/workspace.ts';

let folder: ReturnType<typeof aDataFolder>;
let workspace: Workspace;
beforeEach(async () => {
  folder = aDataFolder();
  workspace = await aWorkspace(folder.dir);
  await workspace.registerStudy(aStudy(), packageFiles(aStudy(), studyFiles()));
});
afterEach(async () => {
  await workspace.close();
  folder.remove();
});

const named: Partial<EntryDraft> = { values: { number: 1, organiser: 'somebody' } };
const refusal = { problems: [{ code: 'identity_needs_sealing', details: { field: 'organiser' } }] };

const place = { compartment: 'street/_all', record_id: '', org: 'sample' };
/** A card with its organiser sealed, and the wrap of the key. */
const aSealedCard = async (n = 1): Promise<Appendable> => {
  const { random } = fixedEffects(`card ${n}`);
  const card = aCard(workspace, n, { entry_id: uuid7({ ...fixedEffects(), random }) });
  const key = makeDataKey({ ...place, record_id: card.record_id }, { random });
  const at = { org: 'sample', study: 'street', record_id: card.record_id, entry_id: card.entry_id ?? '' };
  const sealed = [sealField(key, { ...at, field: 'organiser' }, 'somebody', { random })];
  const wraps = [await wrapDataKey(key, [await recipientOf(await makeIdentity())])];
  return { ...card, sealed, wraps };
};
const refusedWith = (code: string, details = {}) => ({ problems: [{ code, details }] });

describe('what is sealed gets in whole, or not at all', () => {
  it('a sealed field with its wrap is taken, and the wrap with it', async () => {
    const card = await aSealedCard();
    await workspace.append([card]);
    const [wrap] = card.wraps ?? [];
    expect(await workspace.store.vaultGet(wrap?.keyId ?? '')).toEqual(wrap?.wrap);
  });
  it('without a wrap it is refused: nobody could ever open it', async () => {
    const before = await workspace.head();
    const { wraps: _, ...card } = await aSealedCard();
    await expect(workspace.append([card])).rejects.toMatchObject(
      refusedWith('sealed_key_unknown', { field: 'organiser' }),
    );
    expect(await workspace.head()).toEqual(before);
  });
  it('a later entry may use a key that is in the vault', async () => {
    const { wraps: _, ...card } = await aSealedCard();
    await workspace.append([await aSealedCard()]);
    const { entry_id: parent = '', ...again } = card as EntryDraft;
    const revised = { ...again, kind: 'revise', parents: [parent], values: {} };
    expect((await workspace.append([revised])).added).toBe(1);
  });
  it('a wrap that is there is never replaced by an entry', async () => {
    const card = await aSealedCard();
    await workspace.append([card]);
    const [wrap] = card.wraps ?? [];
    const { entry_id: parent = '', ...again } = card as EntryDraft;
    const forged = [{ keyId: wrap?.keyId ?? '', wrap: Uint8Array.of(0) }];
    await workspace.append([{ ...again, kind: 'revise', parents: [parent], values: {}, wraps: forged }]);
    expect(await workspace.store.vaultGet(wrap?.keyId ?? '')).toEqual(wrap?.wrap);
  });
  it('a wrap that the entry does not name is not stored', async () => {
    await workspace.append([{ ...aCard(workspace, 1), wraps: [{ keyId: 'k', wrap: Uint8Array.of(0) }] }]);
    expect(await workspace.store.vaultGet('k')).toBeUndefined();
  });
  it('a field that the server may read is not sealed', async () => {
    const card = await aSealedCard();
    const sealed = ((card as EntryDraft).sealed ?? []).map((one) => ({ ...one, field: 'form' }));
    await expect(workspace.append([{ ...card, sealed } as Appendable])).rejects.toMatchObject(
      refusedWith('sealed_field_invalid', { field: 'form', reason: 'field' }),
    );
  });
  it('an erasure by one person is refused', async () => {
    const alone = { kind: 'erase', values: { key_ids: [], basis: 'request', approved_by: 'aru' } };
    await expect(workspace.append([aCard(workspace, 1, alone)])).rejects.toMatchObject(
      refusedWith('erase_same_person', { person: 'aru' }),
    );
  });
});

describe('of an instrument that nobody registered', () => {
  const unknown = (values: EntryDraft['values'] = {}) =>
    aCard(workspace, 1, { instrument: 'unknown', values });
  it('coded answers are taken', async () => {
    const rows = [{ row_id: 'r', values: { kind: 'fine', persons: 2 } }];
    expect(
      (await workspace.append([unknown({ form: 'rally', tools: ['a', 'b'], on: '2018-05', rows })])).added,
    ).toBe(1);
  });
  it.each([
    ['a sentence', { note: 'somebody was there' }],
    ['a name', { who: 'Әділ' }],
    ['a sentence in a list', { tools: ['rally', 'with somebody'] }],
    ['a sentence in a row', { rows: [{ row_id: 'r', values: { who: 'with somebody' } }] }],
  ])('%s is refused', async (_, values) => {
    await expect(workspace.append([unknown(values)])).rejects.toMatchObject(
      refusedWith('entry_instrument_unknown', { study: 'street', instrument: 'unknown' }),
    );
  });
  it('sealed fields are refused', async () => {
    const card = { ...(await aSealedCard()), instrument: '' } as Appendable;
    await expect(workspace.append([card])).rejects.toMatchObject(refusedWith('entry_instrument_unknown'));
  });
  it('of another study likewise', async () => {
    const card = aCard(workspace, 1, { study: 'elsewhere', values: { note: 'somebody was there' } });
    await expect(workspace.append([card])).rejects.toMatchObject(
      refusedWith('entry_instrument_unknown', { study: 'elsewhere' }),
    );
  });
});

describe('what identifies people does not get into the log in plain', () => {
  it('an entry that states an identity field is refused, and all that came with it', async () => {
    const before = await workspace.head();
    const entries = [aCard(workspace, 1), aCard(workspace, 2, named)];
    await expect(workspace.append(entries)).rejects.toMatchObject(refusal);
    expect(await workspace.head()).toEqual(before);
  });
  it.each(['revise', 'answer', 'resolve', 'assess', 'a_later_kind'])('also as %s', async (kind) => {
    await expect(workspace.append([aCard(workspace, 1, { ...named, kind })])).rejects.toMatchObject(refusal);
  });
  it('also in a folder that was opened again, by the study that its log holds', async () => {
    await workspace.close();
    workspace = await openWorkspace(folder.dir, { effects: fixedEffects('again') });
    await expect(workspace.append([aCard(workspace, 1, named)])).rejects.toMatchObject(refusal);
  });
  it('control: the same card without that field, or with its gap, is taken', async () => {
    const gap = { values: { number: 2, organiser: { missing: 'refused' } } } as const;
    expect((await workspace.append([aCard(workspace, 1), aCard(workspace, 2, gap)])).added).toBe(2);
  });
});
