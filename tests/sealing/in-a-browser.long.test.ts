import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  lockUserKey,
  makeDataKey,
  openAttachment,
  openDataKey,
  openField,
  recipientsFor,
  type SealedField,
  sealField,
  unlockUserKey,
  wrapDataKey,
} from '../../src/sealing/index.ts';
import { anOrganisation, effects } from './an-organisation.ts';

/** The same code in a real browser, bundled by Vite, under the content policy of the plan (3.15), and in Node. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'";
const WITHOUT_WASM = POLICY.replace(" 'wasm-unsafe-eval'", '');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const place = {
  org: 'sample',
  study: 'assemblies',
  record_id: 'record-1',
  entry_id: 'entry-1',
  field: 'organiser.name',
  row_id: 'row-1',
};
const at = { org: 'sample', study: 'assemblies', record_id: 'record-1', attachment_id: 'attachment-1' };
const value = { name: 'Қызғалдақ', phones: ['+7 000'], age: 30 };
const passphrase = '7kq2-m0ze-ptv4-91hc';
const organisation = await anOrganisation();
const { aru, root, sign, directory } = organisation;

let server: Server;
let browser: Browser;
const bundled = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: import.meta.dirname,
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: join(import.meta.dirname, 'page.ts') },
    },
  });
  const { output } = Array.isArray(built)
    ? (built[0] ?? { output: [] })
    : 'output' in built
      ? built
      : { output: [] };
  return output.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
};

beforeAll(async () => {
  const script = await bundled();
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-security-policy', pathname === '/without-wasm' ? WITHOUT_WASM : POLICY);
    response.setHeader(
      'content-type',
      pathname === '/page.js' ? 'text/javascript' : 'text/html; charset=utf-8',
    );
    response.end(
      pathname === '/page.js' ? script : '<!doctype html><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const executablePath = CHROMIUM.find(existsSync) ?? 'chromium';
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const onPage = async <T>(path: string, work: (page: Page) => Promise<T>) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  await page.waitForFunction(() => 'sealing' in window);
  const result = await work(page);
  await context.close();
  return { result, complaints: complaints.filter((text) => !text.includes('favicon')) };
};

describe('what a page sealed', () => {
  it('opens in Node: a field, an attachment, a user key', async () => {
    const recipients = recipientsFor(directory, 'assemblies/astana');
    const given = { place, at, value, recipients, passphrase, identity: aru.identity };
    const { result, complaints } = await onPage('/', (page) =>
      page.evaluate(async ({ place, at, value, recipients, passphrase, identity }) => {
        const s = window.sealing;
        const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n));
        const noHash = { update: () => undefined, digest: () => '' };
        const key = s.makeDataKey({ ...place, compartment: 'assemblies/astana' }, { random });
        const file = new Blob([new Uint8Array(200_000).fill(7)]).stream();
        const about = { place: at, compartment: key.compartment, name: 'видео.mp4' };
        const attachment = await s.sealAttachment(file, about, { random, sha256: () => noHash });
        const ct = new Uint8Array(await new Response(attachment.ct as BodyInit).arrayBuffer());
        const plainBytes = async (bytes: Uint8Array) => Array.from(bytes);
        return {
          sealed: s.sealField(key, place, value, { random }),
          key,
          wrap: await plainBytes((await s.wrapDataKey(key, recipients)).wrap),
          attachmentKey: attachment.key,
          ct: await plainBytes(ct),
          locked: await s.lockUserKey({ org: 'sample', user: 'aru', identity }, passphrase, { random }),
        };
      }, given),
    );
    const key = await openDataKey(Uint8Array.from(result.wrap), result.key, [await teamKeyOfAru()]);
    expect(key).toEqual(result.key);
    expect(openField(key, place, result.sealed)).toEqual(value);
    const ct = new Blob([Uint8Array.from(result.ct)]).stream();
    const { name, content } = await openAttachment(ct, result.attachmentKey, at);
    expect(name).toBe('видео.mp4');
    expect(Buffer.concat(await Array.fromAsync(content))).toEqual(Buffer.alloc(200_000, 7));
    expect((await unlockUserKey(result.locked, passphrase)).identity).toBe(aru.identity);
    expect(complaints).toEqual([]);
  });
});

describe('what Node sealed', () => {
  it('opens in a page: the signed directory, a user key, a team key, a data key, a field', async () => {
    const key = makeDataKey({ ...place, compartment: 'assemblies/astana' }, effects);
    const { wrap } = await wrapDataKey(key, recipientsFor(directory, key.compartment));
    const { note } = await sign(directory);
    const given = {
      place,
      note,
      root: Array.from(root.publicKey),
      wrap: Array.from(wrap),
      keyId: key.key_id,
      sealed: sealField(key, place, value, effects),
      locked: await lockUserKey({ org: 'sample', user: 'aru', identity: aru.identity }, passphrase, effects),
      passphrase,
    };
    const { result, complaints } = await onPage('/', (page) =>
      page.evaluate(async ({ place, note, root, wrap, keyId, sealed, locked, passphrase }) => {
        const s = window.sealing;
        const publicKey = Uint8Array.from(root);
        const imported = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
        const verify = (bytes: Uint8Array, signature: Uint8Array) =>
          crypto.subtle.verify('Ed25519', imported, Uint8Array.from(signature), Uint8Array.from(bytes));
        const { directory } = await s.openDirectory(note, { org: place.org, publicKey, verify });
        const { user, identity } = await s.unlockUserKey(locked, passphrase);
        const team = await s.teamIdentities(directory, user, identity, sealed.compartment);
        const expected = { org: place.org, record_id: place.record_id, key_id: keyId };
        const key = await s.openDataKey(Uint8Array.from(wrap), expected, team);
        const forged = await s
          .openDirectory(note.replace('"number":1', '"number":2'), { org: place.org, publicKey, verify })
          .then(String, String);
        return { opened: s.openField(key, place, sealed as SealedField), forged };
      }, given),
    );
    expect(result.opened).toEqual(value);
    expect(result.forged).toContain('directory_forged');
    expect(complaints).toEqual([]);
  });
});

describe('Argon2id in a page', () => {
  it("needs 'wasm-unsafe-eval' in the policy (control), and nothing else of a script", async () => {
    const attempt = (path: string) =>
      onPage(path, (page) =>
        page.evaluate(async (identity) => {
          const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n));
          return window.sealing
            .lockUserKey({ org: 'sample', user: 'aru', identity }, 'twelve letters', { random })
            .then(() => 'locked', String);
        }, aru.identity),
      );
    expect((await attempt('/')).result).toBe('locked');
    expect((await attempt('/without-wasm')).result).toContain('CompileError');
  });
});

const teamKeyOfAru = async (): Promise<string> => {
  const { teamIdentities } = await import('../../src/sealing/index.ts');
  return (await teamIdentities(directory, 'aru', aru.identity, 'assemblies/astana'))[0] ?? '';
};
