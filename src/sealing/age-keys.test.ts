import { describe, expect, it } from 'vitest';
import { hasShortHeader, withShortHeader } from './age-header.ts';
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

describe('a file whose header goes on and on', () => {
  const stanza =
    '-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\nEmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n';
  const endless = (stanzas: number): Uint8Array =>
    new TextEncoder().encode(`age-encryption.org/v1\n${stanza.repeat(stanzas)}--- x\n`);
  it('is not tried: it would keep the machine busy for hours', async () => {
    const start = performance.now();
    expect(await decryptWith(endless(100_000), [await makeIdentity()])).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(500);
  });
  it('is read as a stream only until that is seen', async () => {
    let sent = 0;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += stanza.length;
        controller.enqueue(new TextEncoder().encode(stanza));
      },
    });
    await expect(Array.fromAsync(withShortHeader(source))).rejects.toThrow(RangeError);
    expect(sent).toBeLessThan(20_000);
  });
  it('(control: a hundred recipients are no reason to refuse, in whatever pieces they come)', async () => {
    const [identity, others] = [await makeIdentity(), Array.from({ length: 99 }, makeIdentity)];
    const recipients = await Promise.all(others.map(async (other) => recipientOf(await other)));
    const file = await encryptTo(bytes, [...recipients, await recipientOf(identity)]);
    expect(hasShortHeader(file)).toBe(true);
    expect(await decryptWith(file, [identity])).toEqual(bytes);
    let at = 0;
    const inPieces = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (at >= file.length) controller.close();
        else controller.enqueue(file.slice(at, at + 7));
        at += 7;
      },
    });
    const whole = await Array.fromAsync(withShortHeader(inPieces));
    expect(Buffer.compare(Buffer.concat(whole), file)).toBe(0);
  });
});
