import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { effects } from '../../tests/sealing/an-organisation.ts';
import { encryptTo, recipientOf } from './age-keys.ts';
import { type AttachmentPlace, openAttachment, sealAttachment } from './attachment.ts';
import { makeDataKey } from './data-key.ts';

const place: AttachmentPlace = {
  org: 'sample',
  study: 'assemblies',
  record_id: 'record-1',
  attachment_id: 'attachment-1',
};
const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new Blob([Uint8Array.from(bytes)]).stream();
const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const parts = await Array.fromAsync(stream);
  return Uint8Array.from(Buffer.concat(parts));
};
const sealBytes = async (content: Uint8Array, name?: string) => {
  const about = { place, compartment: 'assemblies/almaty', ...(name === undefined ? {} : { name }) };
  const { key, ct, sealed } = await sealAttachment(streamOf(content), about, effects);
  return { key, ct: await bytesOf(ct), sealed: await sealed };
};

describe('a sealed attachment', () => {
  it.each([0, 1, 65_000, 65_536, 65_537, 300_000])(
    'of %i bytes opens to the same bytes and name',
    async (size) => {
      const content = effects.random(size);
      const { key, ct } = await sealBytes(content, 'бейне ә.mp4');
      const { name, content: opened } = await openAttachment(streamOf(ct), key, place);
      expect(name).toBe('бейне ә.mp4');
      expect(Buffer.compare(await bytesOf(opened), content)).toBe(0);
    },
  );
  it('states the hash and size of what is stored', async () => {
    const { ct, sealed } = await sealBytes(effects.random(100_000));
    const ct_sha256 = createHash('sha256').update(ct).digest('hex');
    expect(sealed).toEqual({ ct_sha256, ct_size: ct.length });
  });
  it('has a key of its own, of its record', async () => {
    const [a, b] = [await sealBytes(effects.random(10)), await sealBytes(effects.random(10))];
    expect(a.key).toMatchObject({ org: 'sample', record_id: 'record-1', compartment: 'assemblies/almaty' });
    expect(a.key.key_id).not.toBe(b.key.key_id);
    expect(a.key.key).not.toBe(b.key.key);
  });
  it('has no name unless it is given one', async () => {
    const { key, ct } = await sealBytes(effects.random(10));
    expect((await openAttachment(streamOf(ct), key, place)).name).toBe('');
  });
  it('does not take a name without end', async () => {
    await expect(sealBytes(effects.random(10), 'x'.repeat(5000))).rejects.toThrow(RangeError);
  });
  it('is read only as fast as it is taken: memory does not grow with the file', async () => {
    let read = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        read += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const { ct, sealed } = await sealAttachment(endless, { place, compartment: 'a/b' }, effects);
    const reader = ct.getReader();
    for (let i = 0; i < 20; i += 1) await reader.read();
    expect(read).toBeLessThan(40 * 65_536);
    await reader.cancel('enough');
    await expect(sealed).rejects.toBe('enough');
  });
  it('whose source fails is not called sealed', async () => {
    const failing = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('card removed')),
    });
    const { ct, sealed } = await sealAttachment(failing, { place, compartment: 'a/b' }, effects);
    await expect(bytesOf(ct)).rejects.toThrow('card removed');
    await expect(sealed).rejects.toThrow('card removed');
  });
});

describe('an attachment is refused', async () => {
  const { key, ct } = await sealBytes(effects.random(200_000), 'a.mp4');
  const open = async (bytes: Uint8Array, by = key, at = place) =>
    bytesOf((await openAttachment(streamOf(bytes), by, at)).content);

  it.each(['org', 'study', 'record_id', 'attachment_id'] as const)(
    'where another %s is expected',
    async (part) => {
      await expect(open(ct, key, { ...place, [part]: 'other' })).rejects.toThrow('attachment_damaged');
    },
  );
  it('with the key of another attachment or of fields', async () => {
    const other = await sealBytes(effects.random(10));
    await expect(open(ct, other.key)).rejects.toThrow('attachment_damaged');
    await expect(open(ct, makeDataKey(key, effects))).rejects.toThrow('attachment_damaged');
  });
  it.each([0, 1, 150, 300, 65_536, 65_800, 131_400, 199_999])('cut after %i bytes', async (length) => {
    await expect(open(ct.subarray(0, length))).rejects.toThrow('attachment_damaged');
  });
  it('with something after its end', async () => {
    await expect(open(Uint8Array.from([...ct, 0]))).rejects.toThrow('attachment_damaged');
  });
  it.each([
    ['no header', 'just a file'],
    ['a header that is no JSON', 'name\nfile'],
    ['a header without a name', '{}\nfile'],
    ['a header that is longer than any', `${'x'.repeat(9000)}\nfile`],
  ])('when someone with its key sealed %s', async (_, text) => {
    const file = await encryptTo(new TextEncoder().encode(text), [await recipientOf(key.key)]);
    await expect(open(file)).rejects.toThrow('attachment_damaged');
  });
  it('(control: untouched, it opens)', async () => expect((await open(ct)).length).toBe(200_000));
});
