import { describe, expect, it } from 'vitest';
import { decryptWith, encryptTo, makeIdentity, readIdentity, recipientOf } from './age-keys.ts';

const bytes = new TextEncoder().encode('what only the team may read');

describe('an identity', () => {
  it('is read from paper whatever the spaces, line breaks and case', async () => {
    const identity = await makeIdentity();
    const onPaper = `  ${identity.toLowerCase().replaceAll(/(.{8})/g, '$1 ')}\n`;
    expect(await readIdentity(onPaper)).toBe(identity);
  });
  it('with a wrong letter is found, wherever the letter is', async () => {
    const identity = await makeIdentity();
    for (let i = 'AGE-SECRET-KEY-1'.length; i < identity.length; i += 1) {
      const wrong = `${identity.slice(0, i)}${identity[i] === 'Q' ? 'P' : 'Q'}${identity.slice(i + 1)}`;
      await expect(readIdentity(wrong), `letter ${i}`).rejects.toThrow('identity_unreadable');
    }
  });
  it.each(['', 'AGE-SECRET-KEY-1', 'age1qqqq', 'correct horse battery staple'])(
    'is not “%s”',
    async (text) => {
      await expect(readIdentity(text)).rejects.toThrow('identity_unreadable');
      await expect(recipientOf(text)).rejects.toThrow('identity_unreadable');
      await expect(decryptWith(bytes, [text])).rejects.toThrow('identity_unreadable');
    },
  );
});

describe('what is encrypted to recipients', () => {
  it('opens with an identity of any of them', async () => {
    const [a, b] = [await makeIdentity(), await makeIdentity()];
    const file = await encryptTo(bytes, [await recipientOf(a), await recipientOf(b)]);
    expect(await decryptWith(file, [a])).toEqual(bytes);
    expect(await decryptWith(file, [b])).toEqual(bytes);
  });
  it('gives nothing to others, and the same nothing when it is no age file at all', async () => {
    const file = await encryptTo(bytes, [await recipientOf(await makeIdentity())]);
    expect(await decryptWith(file, [await makeIdentity()])).toBeUndefined();
    expect(await decryptWith(bytes, [await makeIdentity()])).toBeUndefined();
  });
  it.each(['', 'age1', 'age1pq1qqqq', 'ssh-ed25519 AAAA', `age1${'q'.repeat(58)}`])(
    'cannot be to “%s”',
    async (recipient) => {
      await expect(encryptTo(bytes, [recipient])).rejects.toThrow('recipient_invalid');
    },
  );
});
