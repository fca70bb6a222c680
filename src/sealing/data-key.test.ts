import { describe, expect, it } from 'vitest';
import { effects } from '../../tests/sealing/an-organisation.ts';
import { canonicalBytes } from '../vocabulary/index.ts';
import { encryptTo, makeIdentity, recipientOf } from './age-keys.ts';
import { makeDataKey, openDataKey, wrapDataKey } from './data-key.ts';

const [team, recovery, stranger] = await Promise.all([makeIdentity(), makeIdentity(), makeIdentity()]);
const recipients = await Promise.all([team, recovery].map(recipientOf));
const key = makeDataKey({ org: 'sample', record_id: 'record-1', compartment: 'assemblies/almaty' }, effects);
const { keyId, wrap } = await wrapDataKey(key, recipients);

describe('the wrap of a data key', () => {
  it('is kept under the id of the key', () => expect(keyId).toBe(key.key_id));
  it.each([
    ['the team', team],
    ['the recovery key', recovery],
  ])('opens for %s', async (_, identity) => {
    expect(await openDataKey(wrap, key, [identity])).toEqual(key);
  });
  it('opens for whoever has one right identity among others', async () => {
    expect(await openDataKey(wrap, key, [stranger, team])).toEqual(key);
  });
  it('does not open for anybody else, nor for nobody', async () => {
    await expect(openDataKey(wrap, key, [stranger])).rejects.toThrow('wrap_not_opened');
    await expect(openDataKey(wrap, key, [])).rejects.toThrow('wrap_not_opened');
  });
  it.each(['org', 'record_id', 'key_id'] as const)(
    'is refused where another %s is expected: it was swapped',
    async (part) => {
      await expect(openDataKey(wrap, { ...key, [part]: 'other' }, [team])).rejects.toThrow('wrap_not_opened');
    },
  );
  it('is made for nobody only by mistake', async () => {
    await expect(wrapDataKey(key, [])).rejects.toThrow('recipient_invalid');
    await expect(wrapDataKey(key, ['age1nobody'])).rejects.toThrow('recipient_invalid');
  });
  const { org, record_id, compartment, key_id } = key;
  const plain = { v: 1, context: 'baqylau/data-key/v1', org, record_id, compartment, key_id, key: key.key };
  it.each([
    ['another version', { ...plain, v: 2 }],
    ['another context', { ...plain, context: 'baqylau/other/v1' }],
    ['one member more', { ...plain, more: 'x' }],
    ['one member less', { ...plain, compartment: undefined }],
    ['a member of another type', { ...plain, key: 1 }],
    ['no object', 'key'],
  ])('is refused when it holds %s', async (_, value) => {
    const text = canonicalBytes(JSON.parse(JSON.stringify(value)));
    await expect(openDataKey(await encryptTo(text, recipients), key, [team])).rejects.toThrow(
      'wrap_not_opened',
    );
  });
  it('(control: the same made by hand as it should be does open)', async () => {
    expect(await openDataKey(await encryptTo(canonicalBytes(plain), recipients), key, [team])).toEqual(key);
  });
  it('is refused when its JSON is spelled in another way', async () => {
    const spaced = new TextEncoder().encode(JSON.stringify(plain, undefined, 1));
    await expect(openDataKey(await encryptTo(spaced, recipients), key, [team])).rejects.toThrow(
      'wrap_not_opened',
    );
  });
});

describe('a data key', () => {
  it('is 32 random bytes under an id of 16', () => {
    const other = makeDataKey(key, effects);
    expect([other.key.length, other.key_id.length]).toEqual([43, 22]);
    expect(other.key).not.toBe(key.key);
    expect(other.key_id).not.toBe(key.key_id);
  });
});
