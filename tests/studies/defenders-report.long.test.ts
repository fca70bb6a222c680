import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMessages } from '../../src/cli/message-files.ts';
import { reportFiles, reportInput, reportPeriod, reportProblems } from '../../src/cli/report-inputs.ts';
import { createSampleFolder } from '../../src/cli/sample-organisation.ts';
import { checkReport, REPORT_FORMATS, renderReport } from '../../src/report/index.ts';
import { LANGUAGES, type Language } from '../../src/vocabulary/index.ts';
import { builtInStudies, countStudy, freezeStudy, studyFromFolders } from '../../src/workspace/index.ts';

const folders = [builtInStudies()];
const messages = readMessages();
const { study } = studyFromFolders(folders, 'defenders');
const folder = mkdtempSync(join(tmpdir(), 'baqylau-defenders-report-'));

const counted = await (async () => {
  const { workspace } = await createSampleFolder(join(folder, 'data'), folders, ['defenders']);
  const snapshot = await freezeStudy(workspace, study);
  await workspace.close();
  return { study, snapshot, tables: countStudy(study, snapshot) };
})();
const input = reportInput(counted, reportPeriod(counted, undefined), 'sample', messages, folders);
const files = reportFiles(folders, 'defenders');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the text of the report of defenders', () => {
  test('is in three languages', () => {
    expect(files.map((f) => f.language)).toEqual(LANGUAGES);
  });

  test('binds every number, claims nothing false and carries the same tags in each language', () => {
    expect(reportProblems(folders, counted, messages)).toEqual([]);
  });

  // The negative control of the rule above: faults put into one language, each found.
  test('would be refused with a bare number, a false claim or a lost tag', () => {
    const broken = files.map((f) =>
      f.language === 'en'
        ? {
            ...f,
            text: f.text
              .replace('Almaty had the most', 'Almaty had the most of 391')
              .replace('is="most" %}', 'is="least" %}')
              .replace(/\{% n cell="svy\.protocol[^%]*%\}/, ''),
          }
        : f,
    );
    const codes = checkReport(broken, input).map((p) => p.code);
    expect(codes).toContain('report_bare_number');
    expect(codes).toContain('report_claim_false');
    expect(codes).toContain('report_languages_differ');
  });

  test('says in its head that the Kazakh waits for a native reviewer, and covers all periods', () => {
    for (const { language, text } of files) {
      expect(text.includes('\nreview: needed\n')).toBe(language === 'kk');
      expect(text).toContain('\ncovers: study\n');
    }
  });

  test('has every part of the programme, with its conclusions and recommendations', () => {
    const parts = ['method', 'portrait', 'attacks', 'incidents', 'parties', 'courts', 'vignettes', 'media'];
    for (const id of [...parts, 'indicators', 'mean_risk', 'sdg', 'conclusions', 'recommendations'])
      for (const { text } of files) expect(text).toContain(`{% #${id}`);
  });

  test('shows the former mean of risk only beside its limits without one person', () => {
    const hasMean = (tag: string): boolean =>
      study.tables.some((t) => tag.includes(`"${t.id}"`) && t.measures.some((m) => m.id === 'mean'));
    const tags = files
      .flatMap(({ text }) => text.match(/\{% table "ind\.risk\.[^%]*%\}/g) ?? [])
      .filter(hasMean);
    expect(tags.length).toBeGreaterThan(0);
    for (const tag of tags) expect(tag).toMatch(/measures="[^"]*\bgm\b[^"]*\bmean".* intervals=true/);
  });
});

describe('the report of defenders', () => {
  const made = new Map<string, Uint8Array>();
  beforeAll(async () => {
    const creationTime = new Date('2019-02-01T00:00:00Z');
    const request = { ...input, files, languages: LANGUAGES, formats: REPORT_FORMATS, creationTime };
    for await (const { name, bytes } of renderReport(request)) made.set(name, bytes);
  }, 240_000);

  test('is made in every language and format', () => {
    const names = LANGUAGES.flatMap((l) => REPORT_FORMATS.map((f) => `report.${l}.${f}`));
    expect([...made.keys()].sort()).toEqual(names.sort());
  });

  test.each(LANGUAGES)('in %s says on its page that it is internal and its records invented', (language) => {
    const page = new TextDecoder().decode(made.get(`report.${language}.html`));
    expect(page).toContain(messages(language, 'report.mark.internal'));
    expect(page).toContain(messages(language, 'report.mark.synthetic'));
  });

  test('keeps Kazakh letters in the text of its PDF', () => {
    const file = join(folder, 'report.kk.pdf');
    writeFileSync(file, made.get('report.kk.pdf') ?? new Uint8Array());
    const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
    expect(readFileSync(file).length).toBeGreaterThan(100_000);
    for (const letter of 'әғқңөұүі') expect(text).toContain(letter);
    expect(text).toContain(messages('kk', 'report.mark.translation').split(':')[0]);
  });

  /** The part of a page that tells of one case and draws its course. */
  const caseOn = (language: Language): string => {
    const page = new TextDecoder().decode(made.get(`report.${language}.html`));
    return page.slice(page.indexOf('id="case_a"'), page.indexOf('id="case_b"'));
  };

  test('draws the course of one case with the same numbers in each language', () => {
    const numbersOf = (text: string) => ({
      told: [...text.matchAll(/<a class="n"[^>]*>(\d+)/g)].map(([, n]) => n),
      drawn: [...text.matchAll(/text-anchor="middle">(\d+)<\/text>/g)].map(([, n]) => n),
    });
    const [kk, ru, en] = LANGUAGES.map((language) => numbersOf(caseOn(language)));
    expect(en?.told.length).toBeGreaterThan(10);
    expect(en?.drawn.length).toBeGreaterThan(10);
    expect([kk, ru]).toEqual([en, en]);
  });

  test.each(LANGUAGES)('tells in %s of one case without a place, a day or who wrote of it', (language) => {
    const text = caseOn(language).replace(/<[^>]*>/g, ' ');
    expect(text.length).toBeGreaterThan(500);
    const places = { kk: 'Астана', ru: 'Астан', en: 'Astana' };
    expect(text).not.toContain(places[language]);
    expect(text).not.toMatch(/\b[MKRO]-\d+|example\.org/);
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}|\b\d{1,2}\.\d{1,2}\.\d{4}/);
  });

  test('names nobody whom a register of respondents holds', () => {
    const page = new TextDecoder().decode(made.get('report.en.html'));
    const codes = readFileSync(join(builtInStudies(), 'defenders/sample/respondents.csv'), 'utf8')
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split(';')[0] || []);
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter((code) => new RegExp(`\\b${code}\\b`).test(page))).toEqual([]);
  });
});
