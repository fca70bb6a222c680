import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/vocabulary/index.ts';
import { aSite, type Site } from './a-site.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Every kind of page and of picture, with something to see on it. */
const PAGES = [
  '',
  '/assemblies/tables',
  '/assemblies/table?id=asm.count.by_city',
  '/assemblies/table?id=asm.count.by_city_year',
  '/assemblies/table?id=asm.indices.by_city',
  '/assemblies/cell?address=asm.count.by_city/astana/2018/n',
  '/assemblies/crosstab?of=assembly&rows=form&columns=unit',
  '/assemblies/crosstab/cell?of=assembly&rows=form&columns=&address=crosstab.assembly.form._/rally/_/n',
  '/assemblies/codebook',
  '/defenders/table?id=svy.lik_reput&kind=diverging',
  '/defenders/table?id=inc.kind_by_city',
  '/defenders/table?id=crt.timeline',
  '/defenders/table?id=ind.risk.by_region',
  '/defenders/table?id=inc.reaction.by_quarter&kind=panels',
  '/defenders/table?id=ind.risk.by_unit',
  '/defenders/table?id=inc.count.by_unit&kind=tiles',
  '/defenders/table?id=med.by_tone',
  '/defenders/cell?address=svy.lik_reput/excluded/_total/share',
  '/assemblies/published',
  '/assemblies/table?id=nothing',
  '/assemblies/nothing/here',
] as const;

let site: Site;
let origin: string;
let browser: Browser;
let context: BrowserContext | undefined;
const axeSource = (createRequire(import.meta.url)('axe-core') as typeof axe).source;

beforeAll(async () => {
  site = await aSite();
  origin = await site.site.listen({ host: '127.0.0.1', port: 0 });
  const executablePath = CHROMIUM.find(existsSync) ?? 'chromium';
  browser = await chromium.launch({ executablePath, args: QUIET });
}, 120_000);
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface Opened {
  readonly page: Page;
  /** Requests that left the site, and what the browser complained of (policy, errors of scripts). */
  readonly outside: readonly string[];
  readonly complaints: readonly string[];
  readonly go: (path: string) => Promise<void>;
}

const open = async (path: string, width = 1280): Promise<Opened> => {
  context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'en' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const [outside, complaints]: [string[], string[]] = [[], []];
  page.on('request', (r) => {
    if (!r.url().startsWith(origin) && !r.url().startsWith('data:')) outside.push(r.url());
  });
  page.on('console', (m) => {
    // A page that is not there is answered with 404, which the browser notes.
    if (m.type() !== 'log' && !m.text().includes('404')) complaints.push(m.text());
  });
  page.on('pageerror', (e) => complaints.push(String(e)));
  const go = async (next: string): Promise<void> => {
    await page.goto(origin + next);
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
  };
  await go(path);
  return { page, outside, complaints, go };
};

const faultsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => (await window.axe.run({ preload: false })).violations);
  return found.map((f) => `${f.id}: ${f.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
};

describe.each(LANGUAGES)('every page in %s', (language) => {
  it.each([360, 1280])(
    'at %i pixels: no fault of access, no sideways scroll, nothing from outside, no complaint',
    async (width) => {
      const { page, outside, complaints, go } = await open(`/${language}`, width);
      for (const path of PAGES) {
        await go(`/${language}${path}`);
        expect(await faultsOf(page), path).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
          width,
        );
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      }
      expect(outside).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});

describe('a reader', () => {
  it('is one click away from the report, and from its numbers to how they were made', async () => {
    const { page, outside, complaints } = await open('/en');
    await page.getByRole('link', { name: 'Read the report for 2018' }).click({ timeout: 90_000 });
    await page.locator('h1').waitFor({ timeout: 90_000 });
    const rows = page.locator('a[href*="/en/assemblies/cell?address="]').first();
    const href = await rows.getAttribute('href');
    await page.goto(`${origin}${href}`);
    await page.getByRole('heading', { name: /rows? behind this number/ }).waitFor();
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });
  it('is led from / to the language of the browser', async () => {
    const { page } = await open('/');
    expect(new URL(page.url()).pathname).toBe('/en');
  });
  it('finds a table by a word, and the address keeps the search', async () => {
    const { page } = await open('/en/assemblies/tables');
    await page.getByLabel('Search tables').fill('detentions by city');
    await page.waitForURL(/q=detentions/);
    await page
      .getByRole('status')
      .getByText(/^\d of \d+$/)
      .waitFor();
    await page.reload();
    expect(await page.getByLabel('Search tables').inputValue()).toBe('detentions by city');
    await page.getByRole('link', { name: 'Detentions by city' }).click();
    await page.getByRole('heading', { level: 1, name: /Detentions by city/ }).waitFor();
  });
  it('sorts a table by a column: large first, then small, then as printed; the total stays last', async () => {
    const { page } = await open('/en/assemblies/table?id=asm.count.by_city_year');
    const column = page.getByRole('columnheader', { name: '2015' });
    const first = () => page.locator('table.counted tbody tr').first().locator('th').innerText();
    const last = () => page.locator('table.counted tbody tr').last().locator('th').innerText();
    const printed = await first();
    await column.getByRole('button').click();
    await page.locator('th[aria-sort=descending]').waitFor();
    expect([await first(), await last()]).toEqual(['Astana', 'Total']);
    await column.getByRole('button').click();
    await page.locator('th[aria-sort=ascending]').waitFor();
    expect(await last()).toBe('Total');
    await column.getByRole('button').click();
    await expect.poll(first).toBe(printed);
  });
  it('opens a number and finds as many records behind it', async () => {
    const { page } = await open('/en/assemblies/table?id=asm.count.by_city');
    const number = page
      .getByRole('row', { name: /Astana/ })
      .getByRole('link')
      .first();
    const text = await number.innerText();
    await number.click();
    await page.getByRole('heading', { name: `${text} rows behind this number` }).waitFor();
    expect(await page.locator('table.rows tbody tr').count()).toBe(Number(text));
    const parts = await page.locator('table.rows tbody td:nth-child(2)').allInnerTexts();
    expect(parts.reduce((sum, part) => sum + Number(part), 0)).toBe(Number(text));
  });
  it('changes the language and stays where they were', async () => {
    const { page } = await open('/en/assemblies/table?id=asm.count.by_city');
    await page.getByRole('link', { name: 'Русский' }).click();
    await page.getByRole('heading', { name: 'Мирные собрания по городам, 2018' }).waitFor();
    expect(await page.title()).toContain('Мирные собрания по городам');
  });
  it('sees Kazakh numbers written as Kazakh ones, whatever languages the browser knows', async () => {
    const { page } = await open('/kk');
    const counted = page.getByText(/жазба, \d+ кесте/);
    await counted.first().waitFor();
    for (const text of await counted.allInnerTexts()) expect(text).toMatch(/^[\d\u00a0]+ жазба, \d+ кесте$/);
  });
  it('chooses between the pictures of a table, and the address keeps the choice', async () => {
    const { page } = await open('/en/defenders/table?id=svy.lik_reput');
    const picture = page.locator('figure.picture img');
    const first = await picture.getAttribute('src');
    const both = page.getByRole('radio', { name: 'answers on both sides of a line' });
    await both.check();
    await page.waitForURL(/kind=diverging/);
    await expect.poll(() => picture.getAttribute('src')).not.toBe(first);
    await page.reload();
    await both.waitFor();
    expect(await both.isChecked()).toBe(true);
  });
  it('finds the other tables of a picture that shows several', async () => {
    const { page } = await open('/en/defenders/table?id=svy.lik_reput');
    await page.getByRole('link', { name: 'Likelihood: physical attacks' }).click();
    await page.getByRole('heading', { level: 1, name: 'Likelihood: physical attacks' }).waitFor();
  });
  it('is told on every page that it is internal and invented', async () => {
    const { page, go } = await open('/en');
    for (const path of PAGES.filter((p) => p !== '')) {
      await go(`/en${path}`);
      const mark = await page.getByRole('note').first().innerText();
      expect(mark, path).toContain('Internal, not disclosure-checked');
      expect(mark, path).toContain('Synthetic sample');
    }
  });
});

describe('a cross-tab', () => {
  it('is built with the keyboard alone, and its address reproduces it', async () => {
    const { page, go } = await open('/en/assemblies/crosstab');
    const choose = async (label: string, letters: string): Promise<void> => {
      const list = page.getByRole('combobox', { name: label, exact: true });
      for (let i = 0; i < 60 && !(await list.evaluate((e) => e === document.activeElement)); i++)
        await page.keyboard.press('Tab');
      expect(await list.evaluate((e) => e === document.activeElement), label).toBe(true);
      await page.keyboard.type(letters);
    };
    await page.locator('body').press('Tab');
    await choose('Rows', 'Form');
    await page.locator('table.counted').waitFor();
    await choose('Columns', 'Reg');
    await page.getByRole('columnheader', { name: 'Astana' }).first().waitFor();
    await choose('Only records where', 'Per');
    await page.getByRole('combobox', { name: 'is', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Period: 2018', { exact: false }).first().waitFor();
    await page.waitForLoadState('networkidle');
    const [address, text] = [page.url(), await page.locator('table.counted').innerText()];
    await go('/en');
    await go(address.slice(origin.length));
    expect(await page.locator('table.counted').innerText()).toBe(text);
    expect(await page.locator('figure.picture img').getAttribute('alt')).not.toBe('');
  });
  it('keeps the focus on the list that was used', async () => {
    const { page } = await open('/en/assemblies/crosstab?of=assembly&rows=form');
    const list = page.getByRole('combobox', { name: 'Number', exact: true });
    await list.focus();
    await list.selectOption('share:table');
    await page.getByText('Share, %').first().waitFor();
    expect(await list.evaluate((e) => e === document.activeElement)).toBe(true);
  });
  it('on a phone has controls large enough for a thumb', async () => {
    const { page } = await open('/en/assemblies/crosstab?of=assembly&rows=form', 360);
    for (const control of await page.locator('.filters select').all())
      expect((await control.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
  });
  it('says what is wrong with an expression, and can be put right', async () => {
    const { page } = await open(
      `/en/assemblies/crosstab?of=assembly&rows=form&where=${encodeURIComponent('counted and nothing > 3')}`,
    );
    expect(await page.getByRole('alert').innerText()).toContain('nothing');
    await page
      .getByRole('textbox', { name: 'The condition as an expression' })
      .fill("counted and form = 'rally'");
    await page.keyboard.press('Enter');
    await page.locator('table.counted').waitFor();
    await page.getByRole('button', { name: /Drop the condition/ }).click();
    await expect.poll(() => new URL(page.url()).searchParams.has('where')).toBe(false);
  });
});

describe('with a keyboard', () => {
  it('the first Tab leads past the navigation', async () => {
    const { page } = await open('/en/assemblies/tables');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });
  it('a new page starts at its content', async () => {
    const { page } = await open('/en/assemblies/tables');
    await page.getByRole('link', { name: 'Code book' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Code book' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});

describe('the guard, seen from a browser', () => {
  it('answers no other host name, as after DNS rebinding', async () => {
    const { port } = new URL(origin);
    const rebound = await chromium.launch({
      executablePath: CHROMIUM.find(existsSync) ?? 'chromium',
      args: [...QUIET, '--host-resolver-rules=MAP evil.example 127.0.0.1'],
    });
    try {
      const page = await rebound.newPage();
      const answer = await page.goto(`http://evil.example:${port}/api/studies`);
      expect(answer?.status()).toBe(403);
      expect(await answer?.text()).not.toContain('assemblies');
    } finally {
      await rebound.close();
    }
  });
  it('lets no script be slipped into a page', async () => {
    const { page } = await open('/en');
    const slip = (html: string) =>
      page.evaluate((text) => document.body.insertAdjacentHTML('beforeend', text), html);
    await expect(slip('<img src="data:," onerror="window.slipped = true">')).rejects.toThrow('TrustedHTML');
    const attribute = () =>
      page.evaluate(() => document.createElement('img').setAttribute('onerror', 'window.slipped = true'));
    await expect(attribute()).rejects.toThrow('TrustedScript');
  });
});
