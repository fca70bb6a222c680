import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DataKey, openAttachment, sealAttachment } from '../src/sealing/index.ts';

/**
 * `seal-file.ts seal|open IN OUT`: seals a file as an attachment is sealed, or opens it, from disk to disk. The key lies
 * beside the sealed file; the bench measures the whole process.
 */
const place = { org: 'bench', study: 'assemblies', record_id: 'r', attachment_id: 'a' };
const [mode = '', from = '', to = ''] = process.argv.slice(2);
const bytes = Readable.toWeb(createReadStream(from)) as ReadableStream<Uint8Array>;
const write = (stream: ReadableStream<Uint8Array>): Promise<void> => pipeline(stream, createWriteStream(to));

if (mode === 'seal') {
  const effects = {
    random: (n: number) => new Uint8Array(randomBytes(n)),
    sha256: () => createHash('sha256'),
  };
  const made = await sealAttachment(bytes, { place, compartment: 'assemblies/_all' }, effects);
  await write(made.ct);
  await made.sealed;
  writeFileSync(`${to}.key`, JSON.stringify(made.key));
} else {
  const key = JSON.parse(readFileSync(`${from}.key`, 'utf8')) as DataKey;
  await write((await openAttachment(bytes, key, place)).content);
}
