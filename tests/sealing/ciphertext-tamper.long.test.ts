import { xchacha20, xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { describe, expect, it, vi } from 'vitest';
import {
  type AttachmentPlace,
  type DataKey,
  decryptWith,
  lockUserKey,
  makeDataKey,
  openAttachment,
  openDataKey,
  openDirectory,
  openField,
  type SealedField,
  type SealedPlace,
  sealAttachment,
  sealField,
  unlockUserKey,
  wrapDataKey,
} from '../../src/sealing/index.ts';
import { canonicalText, fromBase64url, ProblemError, toBase64url } from '../../src/vocabulary/index.ts';
import { keepFigure, rounds } from '../reliability/figure.ts';
import { anOrganisation, argon2OfNode, effects } from './an-organisation.ts';

// A release changes every bit; each changed salt costs an Argon2id of its own.
vi.setConfig({ testTimeout: 600_000 });

/** Row S3 of the plan: whatever byte of what is sealed is changed, it does not open, and the answer tells nothing. */
const { aru, root, sign, directory } = await anOrganisation();
const place: SealedPlace = {
  org: 'sample',
  study: 'assemblies',
  record_id: 'record-1',
  entry_id: 'entry-1',
  field: 'organiser.name',
  row_id: 'row-1',
};
const key = makeDataKey({ ...place, compartment: 'assemblies/almaty' }, effects);
const sealed = sealField(key, place, 'dana, who lives at the corner', effects);
const bytesOf = (text: string): Uint8Array => fromBase64url(text) ?? new Uint8Array();

/** One bit of each byte in every change of the program, every bit before a release. */
const MASKS = Array.from({ length: rounds(1, 8) }, (_, i) => 1 << i);
const EVERY_BIT = Array.from({ length: 8 }, (_, i) => 1 << i);

function* mutants(
  bytes: Uint8Array,
  masks: readonly number[],
  positions?: Iterable<number>,
): Generator<Uint8Array> {
  for (const at of positions ?? bytes.keys())
    for (const mask of masks) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ mask;
      yield changed;
    }
}

/** What came of opening each mutant: how many there were, how many opened, and what the refusals said. */
const attempts = async <T>(all: Iterable<T>, open: (mutant: T) => unknown) => {
  let [tried, accepted] = [0, 0];
  const answers = new Set<string>();
  for (const mutant of all) {
    tried += 1;
    try {
      await open(mutant);
      accepted += 1;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      answers.add(error.message);
    }
  }
  return { tried, accepted, answers: [...answers].toSorted() };
};

const all = { tried: 0, accepted: 0 };
const counted = <T extends { readonly tried: number; readonly accepted: number }>(found: T): T => {
  all.tried += found.tried;
  all.accepted += found.accepted;
  return found;
};

describe('a changed byte of a sealed field', () => {
  const fieldDamaged = 'sealed_damaged {"field":"organiser.name","record":"record-1"}';
  it.each(['nonce', 'ct'] as const)('in its %s is refused, with one answer for all', async (part) => {
    const found = counted(
      await attempts(mutants(bytesOf(sealed[part]), EVERY_BIT), (changed) =>
        openField(key, place, { ...sealed, [part]: toBase64url(changed) }),
      ),
    );
    expect(found).toMatchObject({ accepted: 0, answers: [fieldDamaged] });
    expect(found.tried).toBe(bytesOf(sealed[part]).length * 8);
  });
  it.each(['nonce', 'ct'] as const)('in the text of its %s, too', async (part) => {
    const text = new TextEncoder().encode(sealed[part]);
    const found = counted(
      await attempts(mutants(text, EVERY_BIT), (changed) =>
        openField(key, place, { ...sealed, [part]: new TextDecoder().decode(changed) }),
      ),
    );
    expect(found).toMatchObject({ accepted: 0, answers: [fieldDamaged] });
  });
  it('at its end, cut off or added', async () => {
    const ct = bytesOf(sealed.ct);
    const lengths = [...ct.keys()].map((length) => ct.subarray(0, length));
    const longer = [Uint8Array.from([...ct, 0]), Uint8Array.from([...ct, ...ct])];
    const found = counted(
      await attempts([...lengths, ...longer], (changed) =>
        openField(key, place, { ...sealed, ct: toBase64url(changed) }),
      ),
    );
    expect(found).toMatchObject({ accepted: 0, answers: [fieldDamaged] });
  });
});

describe('a sealed field that is moved', () => {
  const moves = (['org', 'study', 'record_id', 'entry_id', 'field', 'row_id'] as const).map(
    (part): SealedPlace => ({ ...place, [part]: 'another' }),
  );
  const { row_id: _, ...outOfItsRow } = place;
  const elsewhere = [...moves, outOfItsRow];
  /** Whoever moves it may also write its labels, and a key's, to fit the new place. */
  const fitting = (to: SealedPlace): readonly [DataKey, SealedField] => {
    const { row_id: _row, ...rest } = sealed;
    const row = to.row_id === undefined ? {} : { row_id: to.row_id };
    return [
      { ...key, org: to.org, record_id: to.record_id },
      { ...rest, ...row, field: to.field },
    ];
  };
  it('to another organisation, study, record, entry, field or row is refused', async () => {
    const found = counted(
      await attempts(elsewhere, (to) => {
        const [keyThere, there] = fitting(to);
        return openField(keyThere, to, there);
      }),
    );
    expect(found).toMatchObject({ tried: 7, accepted: 0 });
    for (const answer of found.answers) expect(answer).toMatch(/^sealed_damaged /);
  });
  it('(control: sealed without its place as additional data, it opens everywhere)', () => {
    const [bytes, nonce] = [bytesOf(key.key), effects.random(24)];
    const plain = new TextEncoder().encode(JSON.stringify('dana').padEnd(64));
    const ct = xchacha20poly1305(bytes, nonce).encrypt(plain);
    for (const to of elsewhere) {
      const keyThere = bytesOf(fitting(to)[0].key);
      expect(JSON.parse(new TextDecoder().decode(xchacha20poly1305(keyThere, nonce).decrypt(ct)))).toBe(
        'dana',
      );
    }
  });
});

describe('a changed byte of a wrap', async () => {
  const team = directory.teams.find((t) => t.compartment === 'assemblies/_all');
  const { wrap } = await wrapDataKey(key, [aru.recipient, team?.recipient ?? '']);
  const refused = `wrap_not_opened {"key":"${key.key_id}"}`;
  it('is refused, with one answer for all', async () => {
    const found = counted(
      await attempts(mutants(wrap, MASKS), (changed) => openDataKey(changed, key, [aru.identity])),
    );
    expect(found).toMatchObject({ accepted: 0, answers: [refused] });
  });
  it('and a cut one, too', async () => {
    const lengths = [...wrap.keys()].map((length) => wrap.subarray(0, length));
    const found = counted(await attempts(lengths, (changed) => openDataKey(changed, key, [aru.identity])));
    expect(found).toMatchObject({ accepted: 0, answers: [refused] });
  });
  it('and the wrap of another record in its place, too (control: only what is inside tells)', async () => {
    const other = makeDataKey({ ...key, record_id: 'record-2' }, effects);
    const { wrap: theirs } = await wrapDataKey(other, [aru.recipient]);
    await expect(openDataKey(theirs, key, [aru.identity])).rejects.toThrow(refused);
    expect(await decryptWith(theirs, [aru.identity])).toBeDefined();
  });
});

describe('a changed byte of an attachment', async () => {
  const at: AttachmentPlace = { ...place, attachment_id: 'attachment-1' };
  const sealBytes = async (size: number) => {
    const content = new Blob([Uint8Array.from(effects.random(size))]).stream();
    const made = await sealAttachment(content, { place: at, compartment: 'assemblies/almaty' }, effects);
    return { key: made.key, ct: Uint8Array.from(Buffer.concat(await Array.fromAsync(made.ct))) };
  };
  const [small, large] = [await sealBytes(40), await sealBytes(300_000)];
  const open = async (by: DataKey, ct: Uint8Array): Promise<number> => {
    const { content } = await openAttachment(new Blob([Uint8Array.from(ct)]).stream(), by, at);
    return (await Array.fromAsync(content)).length;
  };
  const refused = 'attachment_damaged {"attachment":"attachment-1","record":"record-1"}';
  it('of one chunk is refused, wherever it is', async () => {
    const found = counted(await attempts(mutants(small.ct, MASKS), (changed) => open(small.key, changed)));
    expect(found).toMatchObject({ accepted: 0, answers: [refused] });
  });
  it('of five chunks is refused, all over it', async () => {
    const step = large.ct.length / rounds(150, 2000);
    const positions = Array.from({ length: rounds(150, 2000) }, (_, i) => Math.floor(i * step));
    const found = counted(
      await attempts(mutants(large.ct, [1], positions), (changed) => open(large.key, changed)),
    );
    expect(found).toMatchObject({ accepted: 0, answers: [refused] });
  });
  it('and a chunk that is left out, doubled or swapped, too', async () => {
    const CHUNK = 65_536 + 16;
    const head = large.ct.subarray(0, payloadStart(large.ct));
    const chunks: Uint8Array[] = [];
    for (let from = head.length; from < large.ct.length; from += CHUNK)
      chunks.push(large.ct.subarray(from, from + CHUNK));
    expect(chunks.length).toBe(5);
    const put = (order: readonly number[]): Uint8Array =>
      Uint8Array.from(Buffer.concat([head, ...order.map((i) => chunks[i] ?? new Uint8Array())]));
    expect(await open(large.key, put([0, 1, 2, 3, 4]))).toBeGreaterThan(0);
    const orders = [
      [0, 1, 2, 4],
      [0, 1, 2, 3],
      [1, 2, 3, 4],
      [0, 0, 1, 2, 3, 4],
      [1, 0, 2, 3, 4],
      [0, 1, 2, 3, 4, 4],
    ];
    const found = counted(await attempts(orders, (order) => open(large.key, put(order))));
    expect(found).toMatchObject({ tried: 6, accepted: 0, answers: [refused] });
  });
});

describe('a changed byte of a locked user key', async () => {
  const argon2 = argon2OfNode();
  const passphrase = '7kq2-m0ze-ptv4-91hc';
  const file = await lockUserKey({ org: 'sample', ...aru }, passphrase, effects, argon2);
  const bytes = new TextEncoder().encode(file);
  const unlock = (changed: Uint8Array) =>
    unlockUserKey(new TextDecoder().decode(changed), passphrase, argon2);
  it('is refused, wherever it is', async () => {
    const found = counted(await attempts(mutants(bytes, MASKS.slice(0, 2)), unlock));
    expect(found.accepted).toBe(0);
    const codes = new Set(found.answers.map((answer) => answer.split(' ')[0]));
    expect([...codes].toSorted()).toEqual(['user_key_damaged', 'user_key_not_opened', 'user_key_weak']);
  });
  it.each(['nonce', 'ct'] as const)('in its %s has the answer that a wrong passphrase has', async (part) => {
    const locked = JSON.parse(file) as Record<string, string>;
    const found = counted(
      await attempts(mutants(bytesOf(locked[part] ?? ''), EVERY_BIT), (changed) =>
        unlockUserKey(`${canonicalText({ ...locked, [part]: toBase64url(changed) })}\n`, passphrase, argon2),
      ),
    );
    expect(found).toMatchObject({ accepted: 0, answers: ['user_key_not_opened {}'] });
  });
});

describe('a changed byte of a signed directory', async () => {
  const { note } = await sign(directory);
  it('is refused, wherever it is', async () => {
    const found = counted(
      await attempts(mutants(new TextEncoder().encode(note), MASKS), (changed) =>
        openDirectory(new TextDecoder().decode(changed), root),
      ),
    );
    expect(found.accepted).toBe(0);
    const codes = new Set(found.answers.map((answer) => answer.split(' ')[0]));
    // The second only for the bytes of the organisation's code, which is in plain anyway.
    expect([...codes].toSorted()).toEqual(['directory_forged', 'directory_other_org']);
  });
});

/** Where the payload of an age file begins: after the line of the header's MAC and 16 bytes of nonce. */
const payloadStart = (file: Uint8Array): number => {
  const mac = Buffer.from(file).indexOf('\n--- ');
  return Buffer.from(file).indexOf('\n', mac + 1) + 1 + 16;
};

describe('the guard', () => {
  it('(control: without the tag of the cipher, changed bytes are read as other values)', () => {
    const [bytes, nonce] = [bytesOf(key.key), effects.random(24)];
    const plain = new TextEncoder().encode(JSON.stringify('dana').padEnd(64));
    const ct = xchacha20(bytes, nonce, plain);
    let read = 0;
    for (const changed of mutants(ct, EVERY_BIT)) {
      try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(xchacha20(bytes, nonce, changed));
        if (JSON.parse(text) !== 'dana') read += 1;
      } catch {
        // Not even JSON.
      }
    }
    expect(read).toBeGreaterThan(20);
    expect(all.accepted).toBe(0);
    keepFigure({
      id: 'S3',
      found: `${all.tried.toLocaleString('en')} changed, cut or moved sealed fields, wraps, attachments, user keys and key directories; 0 accepted; in everything encrypted one answer, whatever was wrong`,
      control: `without the cipher's tag ${read} of ${64 * 8} changed ciphertexts are read as other values; without additional data a field opens in 7 of 7 other places`,
    });
  });
});
