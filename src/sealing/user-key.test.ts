import { beforeAll, describe, expect, it } from 'vitest';
import { aPerson, argon2OfNode, effects, type Person } from '../../tests/sealing/an-organisation.ts';
import { canonicalText } from '../vocabulary/index.ts';
import type { Argon2id } from './passphrase.ts';
import { lockedUser, lockUserKey, unlockUserKey } from './user-key.ts';

const passphrase = '7kq2-m0ze-ptv4-91hc';
const argon2 = argon2OfNode();

let aru: Person;
let file: string;
beforeAll(async () => {
  aru = await aPerson('aru');
  file = await lockUserKey({ org: 'sample', ...aru }, passphrase, effects);
});
type Plain = { kdf: Record<string, unknown> } & Record<string, unknown>;
const changed = (change: (locked: Plain) => void): string => {
  const locked = JSON.parse(file) as Plain;
  change(locked);
  return `${canonicalText(locked)}\n`;
};

describe('the file of a user key', () => {
  it('opens with its passphrase, whichever Argon2id does it', async () => {
    const { identity, recipient } = aru;
    const key = { org: 'sample', user: 'aru', identity, recipient };
    expect(await unlockUserKey(file, passphrase)).toEqual(key);
    expect(await unlockUserKey(file, passphrase, argon2)).toEqual(key);
  });
  it('says in plain whose it is and nothing of the key', () => {
    expect(lockedUser(file)).toEqual({ org: 'sample', user: 'aru', recipient: aru.recipient });
    expect(file).not.toContain(aru.identity);
    expect(file).not.toContain('AGE-SECRET');
  });
  it('is not the same twice', async () => {
    const again = await lockUserKey({ org: 'sample', ...aru }, passphrase, effects, argon2);
    const [a, b] = [JSON.parse(file), JSON.parse(again)] as [Plain, Plain];
    expect(a['ct']).not.toBe(b['ct']);
    expect(a.kdf['salt']).not.toBe(b.kdf['salt']);
  });
  it('does not open with another passphrase', async () => {
    await expect(unlockUserKey(file, `${passphrase}x`, argon2)).rejects.toThrow('user_key_not_opened');
    await expect(unlockUserKey(file, '', argon2)).rejects.toThrow('user_key_not_opened');
  });
  it('is not locked with a short passphrase, nor for what is no key', async () => {
    await expect(lockUserKey({ org: 'sample', ...aru }, 'short', effects)).rejects.toThrow(
      'passphrase_short',
    );
    await expect(
      lockUserKey({ org: 'sample', user: 'aru', identity: 'no key' }, passphrase, effects),
    ).rejects.toThrow('identity_unreadable');
  });
});

describe('a file that asks for less protection is an attack, not a setting', () => {
  const never: Argon2id = () => Promise.reject(new Error('the passphrase was used'));
  it.each([
    ['memory', 65_535],
    ['memory', 8],
    ['passes', 2],
    ['passes', 1],
    ['lanes', 0],
  ])('%s = %i is refused before the passphrase is used', async (part, value) => {
    const weak = changed((locked) => (locked.kdf[part] = value));
    await expect(unlockUserKey(weak, passphrase, never)).rejects.toThrow('user_key_weak');
  });
  it.each([
    ['memory', 1_048_577],
    ['passes', 17],
    ['lanes', 5],
  ])('%s = %i, which would stop the machine, too', async (part, value) => {
    const heavy = changed((locked) => (locked.kdf[part] = value));
    await expect(unlockUserKey(heavy, passphrase, never)).rejects.toThrow('user_key_damaged');
  });
  it('more than the floor is not refused for being more: it just does not open what was locked with less', async () => {
    const more = changed((locked) => (locked.kdf['passes'] = 4));
    await expect(unlockUserKey(more, passphrase, argon2)).rejects.toThrow('user_key_not_opened');
  });
  it.each(['argon2i', 'scrypt', 'none'])('another function (%s) is no such file', async (name) => {
    const other = changed((locked) => (locked.kdf['name'] = name));
    await expect(unlockUserKey(other, passphrase, never)).rejects.toThrow('user_key_damaged');
  });
  it.each([
    ['org', 'other'],
    ['user', 'beket'],
    ['recipient', 'age1other'],
  ])('a changed %s does not open: what is in plain is bound to the key', async (member, value) => {
    const other = changed((locked) => (locked[member] = value));
    await expect(unlockUserKey(other, passphrase, argon2)).rejects.toThrow('user_key_not_opened');
  });
});

describe('a file that is no locked user key', () => {
  it.each([
    ['empty', () => ''],
    ['no JSON', () => 'locked'],
    ['a list', () => '[]\n'],
    ['with something more', () => changed((locked) => (locked['more'] = 1))],
    ['with something less', () => changed((locked) => delete locked['nonce'])],
    ['of another version', () => changed((locked) => (locked['v'] = 2))],
    ['spelled in another way', () => ` ${file}`],
    ['with a short salt', () => changed((locked) => (locked.kdf['salt'] = 'AAAA'))],
    ['with a short nonce', () => changed((locked) => (locked['nonce'] = 'AAAA'))],
    ['with broken base64url', () => changed((locked) => (locked['ct'] = 'A='))],
  ])('%s is called damaged', async (_, text) => {
    await expect(unlockUserKey(text(), passphrase, argon2)).rejects.toThrow('user_key_damaged');
  });
});
