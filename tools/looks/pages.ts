/**
 * Photographs every page of a running site, for a person to look at:
 * `node tools/looks/pages.ts OUT http://127.0.0.1:4380 [kk,ru,en] [360,1280] [page …]`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PAGES: Readonly<Record<string, string>> = {
  home: '',
  tables: '/assemblies/tables',
  table: '/assemblies/table?id=asm.count.by_city',
  series: '/assemblies/table?id=asm.count.by_city_year&kind=line',
  wide: '/assemblies/table?id=asm.indices.by_city',
  cell: '/assemblies/cell?address=asm.count.by_city/astana/2018/n',
  crosstab: '/assemblies/crosstab?of=assembly&rows=form&columns=unit&measure=share:row',
  'crosstab-empty': '/assemblies/crosstab',
  codebook: '/assemblies/codebook',
  'codebook-defenders': '/defenders/codebook',
  'tables-defenders': '/defenders/tables',
  diverging: '/defenders/table?id=svy.lik_reput&kind=diverging',
  scales: '/defenders/table?id=svy.acc_legal',
  flow: '/defenders/table?id=inc.kind_by_city',
  timeline: '/defenders/table?id=crt.timeline',
  panels: '/defenders/table?id=ind.risk.by_region',
  measures: '/defenders/table?id=inc.reaction.by_quarter&kind=panels',
  map: '/defenders/table?id=ind.risk.by_unit',
  tiles: '/defenders/table?id=inc.count.by_unit&kind=tiles',
  stages: '/defenders/table?id=inc.violations.by_category_quarter&kind=stacked',
  tone: '/defenders/table?id=med.by_tone',
  'cell-defenders': '/defenders/cell?address=inc.kind_by_city/almaty/refusal/n',
  'crosstab-defenders': '/defenders/crosstab?of=incident&rows=city&columns=&measure=count',
  published: '/assemblies/published',
  missing: '/assemblies/table?id=nothing',
};

const [out = 'looks', site = 'http://127.0.0.1:4380', languages = 'kk,ru,en', widths = '360,1280', ...only] =
  process.argv.slice(2);
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
for (const width of widths.split(',').map(Number)) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.on('console', (m) => console.log(page.url(), m.text()));
  page.on('pageerror', (e) => console.log(page.url(), e));
  for (const language of languages.split(','))
    for (const [name, path] of Object.entries(PAGES).filter(([n]) => only.length === 0 || only.includes(n))) {
      await page.goto(`${site}/${language}${path}`, { waitUntil: 'networkidle' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) console.log(`${name} ${language} ${width}: ${wide} px too wide`);
      const height = Math.min(3000, await page.evaluate(() => document.documentElement.scrollHeight));
      const clip = { x: 0, y: 0, width, height };
      await page.screenshot({ path: join(out, `${name}-${language}-${width}.png`), fullPage: true, clip });
    }
  await page.close();
}
await browser.close();
