import { argon2Sync } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { effects } from '../../tests/sealing/an-organisation.ts';
import { ARGON2_FLOOR, argon2idWasm, makePassphrase, passphraseBytes } from './passphrase.ts';

describe('a passphrase that the program makes', () => {
  it('is four groups of four characters that are not taken for each other: 80 bits', () => {
    const made = Array.from({ length: 200 }, () => makePassphrase(effects));
    for (const passphrase of made)
      expect(passphrase).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    expect(new Set(made).size).toBe(made.length);
    expect(16 * Math.log2(32)).toBeGreaterThanOrEqual(77);
  });
  it('uses every character equally often', () => {
    const every = { random: (n: number) => Uint8Array.from({ length: n }, (_, i) => i * 16 + 7) };
    const all = Array.from({ length: 256 }, (_, byte) =>
      makePassphrase({ random: (n) => new Uint8Array(n).fill(byte) }).charAt(0),
    );
    const counts = Map.groupBy(all, (c) => c);
    expect([...counts.values()].map((c) => c.length)).toEqual(Array<number>(32).fill(8));
    expect(makePassphrase(every)).toBe(makePassphrase(every));
  });
});

describe('a passphrase', () => {
  it('is the same on a system that composes letters and on one that does not', () => {
    expect(passphraseBytes('йод и ёлка в лесу', true)).toEqual(
      passphraseBytes('йод и ёлка в лесу'.normalize('NFD'), true),
    );
  });
  it('does not count the line break of its file', () => {
    expect(passphraseBytes('twelve letters\r\n', true)).toEqual(passphraseBytes('twelve letters', true));
  });
  it('is at least twelve characters when it is new; one that is in use is just tried', () => {
    expect(() => passphraseBytes('eleven char', true)).toThrow('passphrase_short');
    expect(() => passphraseBytes('қазақ тілі!', true)).toThrow('passphrase_short');
    expect(passphraseBytes('қысқа', false).length).toBeGreaterThan(0);
  });
});

describe('Argon2id', () => {
  it('is that of RFC 9106, 5.3', async () => {
    const bytes = (byte: number, length: number): Uint8Array => new Uint8Array(length).fill(byte);
    // hash-wasm takes no associated data, which the vector of the RFC has; that vector checks Node's own, and Node's own
    // checks hash-wasm below.
    const ofNode = argon2Sync('argon2id', {
      message: bytes(1, 32),
      nonce: bytes(2, 16),
      secret: bytes(3, 8),
      associatedData: bytes(4, 12),
      parallelism: 4,
      tagLength: 32,
      memory: 32,
      passes: 3,
    });
    expect(ofNode.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
    const withSecret = {
      parallelism: 4,
      memorySize: 32,
      iterations: 3,
      hashLength: 32,
      secret: bytes(3, 8),
    };
    expect(
      await argon2id({ password: bytes(1, 32), salt: bytes(2, 16), outputType: 'hex', ...withSecret }),
    ).toBe(
      argon2Sync('argon2id', {
        message: bytes(1, 32),
        nonce: bytes(2, 16),
        secret: bytes(3, 8),
        parallelism: 4,
        tagLength: 32,
        memory: 32,
        passes: 3,
      }).toString('hex'),
    );
  });
  it('of hash-wasm and of Node agree at the cost we use', async () => {
    const [message, nonce] = [effects.random(20), effects.random(16)];
    const { memory, passes, lanes } = ARGON2_FLOOR;
    const ofNode = argon2Sync('argon2id', {
      message,
      nonce,
      parallelism: lanes,
      tagLength: 32,
      memory,
      passes,
    });
    expect(Buffer.from(await argon2idWasm(message, nonce, ARGON2_FLOOR))).toEqual(ofNode);
  });
});
