import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport, renderHtml } from '../../src/report/index.ts';
import { aReportInput, aText, theMessages } from '../builders/report.ts';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

const BODY = `In {% period /%} there were {% n cell="asm.count.by_city/_total/2018/n" noun="assembly" /%},
{% claim cell="asm.count.by_city/astana/2018/n" is="most" %}most of them in Astana{% /claim %}.{% footnote %}A note.{% /footnote %}

{% table "asm.count.by_city" /%}

{% figure "asm.count.by_city" kind="bar" measure="n" /%}

{% callout title="How to read" %}
Numbers open.
{% /callout %}`;

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

let folder: string;
let browser: Browser;
let address: string;

/** The page at a width, with everything it asked of the network and everything it complained about. */
const open = async (
  width: number,
  script = true,
): Promise<{ page: Page; requests: string[]; complaints: string[] }> => {
  const context = await browser.newContext({ viewport: { width, height: 740 }, javaScriptEnabled: script });
  const page = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on('request', (r) => requests.push(r.url()));
  page.on('console', (m) => complaints.push(m.text()));
  page.on('pageerror', (e) => complaints.push(String(e)));
  await page.goto(address);
  return { page, requests, complaints };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baqylau-page-'));
  const { document } = buildReport(aReportInput(aText(BODY)));
  if (document === undefined) throw new Error('no document');
  const file = join(folder, 'report.en.html');
  writeFileSync(
    file,
    renderHtml(document, theMessages, { siblings: [{ language: 'kk', href: 'report.kk.html' }] }),
  );
  address = pathToFileURL(file).href;
  browser = await chromium.launch({
    executablePath: CHROMIUM.find(existsSync) ?? 'chromium',
    args: ['--no-sandbox'],
  });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the report page in a browser', () => {
  it('asks for nothing but itself and complains of nothing', async () => {
    const { requests, complaints } = await open(1280);
    expect(requests).toEqual([address]);
    expect(complaints).toEqual([]);
  });
  it.each([360, 768, 1280])('at %i pixels nothing but tables scrolls sideways', async (width) => {
    const { page } = await open(width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
  it('opens how a number was made on Enter, closes it on Escape and returns to the number', async () => {
    const { page } = await open(360);
    await page.locator('main a.n').first().focus();
    await page.keyboard.press('Enter');
    const dialog = page.locator('#how-dialog');
    expect(await dialog.isVisible()).toBe(true);
    expect(await dialog.innerText()).toContain('Assemblies that were held.');
    expect(await dialog.innerText()).toContain('asm.count.by_city/_total/2018/n');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('5\u00a0assemblies');
  });
  it('shows both sides of a claim', async () => {
    const { page } = await open(1280);
    await page.locator('main a.claim').first().click();
    const text = await page.locator('#how-dialog').innerText();
    expect(text).toContain('asm.count.by_city/astana/2018/n');
    expect(text.slice(text.indexOf('Compared with'))).toContain('asm.count.by_city/oral/2018/n');
  });
  it('leads to the same facts without a script', async () => {
    const { page } = await open(1280, false);
    await page.locator('main a.n').first().click();
    const row = page.locator(new URL(page.url()).hash);
    expect(await row.isVisible()).toBe(true);
    expect(await row.innerText()).toContain('asm.count.by_city/_total/2018/n');
  });
  it.each([360, 1280])('at %i pixels has no fault that axe finds', async (width) => {
    const { page } = await open(width);
    // Evaluated from outside, past the page's own policy that lets no other script run.
    await page.evaluate(axeSource());
    const faults = await page.evaluate(async () => (await window.axe.run()).violations);
    expect(faults.map((f) => `${f.id}: ${f.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`)).toEqual([]);
  });
});

const axeSource = (): string => (createRequire(import.meta.url)('axe-core') as typeof axe).source;
