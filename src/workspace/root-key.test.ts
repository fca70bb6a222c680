import { describe, expect, it } from 'vitest';
import { readRootKey, rootKeyText } from './root-key.ts';

const text = rootKeyText({ org: 'sample', publicKey: new Uint8Array(32).fill(7) });

describe('a root key that was typed', () => {
  it('is read, however its line was broken', () => {
    expect(readRootKey(`${text.slice(0, 20)}\n  ${text.slice(20)}`).org).toBe('sample');
  });
  it.each([
    ['with a letter copied wrong', text.replace('sample', 'simple')],
    ['cut short', text.slice(0, -4)],
    ['with half of a character for an organisation', text.replace('sample', '\ud800')],
    ['with a letter that no such key is written with', text.replace('sample', 'ә')],
  ])('is refused %s', (_, typed) => {
    expect(() => readRootKey(typed)).toThrow(/root_key_invalid/);
  });
});
