/**
 * The report of the sample, in three languages and four formats: seconds and peak memory of the command, and the PDF beside
 * the web page of the same report printed by Chromium. Run by `npm run bench`.
 */

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { readMessages } from '../src/cli/message-files.ts';
import { reportFiles, reportInput, reportPeriod } from '../src/cli/report-inputs.ts';
import { buildReport, type ReportDocument, readSource, renderHtml } from '../src/report/index.ts';
import { renderPdf } from '../src/report/pdf/render-pdf.ts';
import { countStudy, freezeStudy, openWorkspace, registeredStudy } from '../src/workspace/index.ts';
import { type Bench, median } from './bench.ts';

interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts');
const STUDIES = resolve(import.meta.dirname, '../studies');
const STUDY = 'assemblies';
const ROUNDS = 7;
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Says on leaving how much memory the process held at most, in KiB. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))`;

const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** The command of a user, from a cold start. */
const command = (...args: readonly string[]): { readonly seconds: number; readonly mebibytes: number } => {
  const start = performance.now();
  const run = spawnSync(process.execPath, ['--import', PEAK, MAIN, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`baqylau ${args.join(' ')}: ${run.stderr}`);
  const peak = Number(/peak (\d+)$/.exec(run.stderr)?.[1]);
  return { seconds: (performance.now() - start) / 1000, mebibytes: peak / 1024 };
};

const sampleDocument = async (data: string): Promise<{ document: ReportDocument; html: string }> => {
  const workspace = await openWorkspace(data, {
    effects: { clock: Date.now, random: (n) => new Uint8Array(randomBytes(n)) },
    readOnly: true,
  });
  try {
    const study = await registeredStudy(workspace, STUDY);
    const snapshot = await freezeStudy(workspace, study, []);
    const counted = { study, snapshot, tables: countStudy(study, snapshot) };
    const period = reportPeriod(counted, undefined);
    const [text] = reportFiles([STUDIES], STUDY).filter((file) => file.language === 'ru');
    if (text === undefined) throw new Error('the study has no report');
    const input = reportInput(counted, period, 'Bench', readMessages(), [STUDIES]);
    const source = readSource(text.text, text.file, text.language);
    const { document, problems } = buildReport({ ...input, source, language: 'ru' });
    if (document === undefined) throw new Error(JSON.stringify(problems.slice(0, 3)));
    return { document, html: renderHtml(document, input.messages) };
  } finally {
    await workspace.close();
  }
};

const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

/** Our PDF and Chromium's print of the same report, by turns in one run, the browser started and warm. */
const pdfBesideChromium = async (folder: string, data: string): Promise<readonly Measurement[]> => {
  const { document, html } = await sampleDocument(data);
  const options = { messages: readMessages(), creationTime: new Date('2019-01-01T00:00:00Z') };
  const page = join(folder, 'report.html');
  writeFileSync(page, html);
  const browser = await chromium.launch({
    executablePath: CHROMIUM.find(existsSync) ?? 'chromium',
    args: ['--no-sandbox'],
  });
  try {
    const tab = await browser.newPage();
    let ours = new Uint8Array() as Uint8Array;
    let theirs = new Uint8Array() as Uint8Array;
    const print = async (): Promise<void> => {
      await tab.goto(pathToFileURL(page).href);
      theirs = await tab.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true });
    };
    const compile = (): void => {
      ours = renderPdf(document, options);
    };
    // Our compiler forgets each report when it is done, so later rounds lay everything out anew.
    const first = { ours: await timed(compile), theirs: await timed(print) };
    const times: { readonly ours: number; readonly theirs: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      times.push({ ours: await timed(compile), theirs: await timed(print) });
    const [mine, its] = [median(times.map((t) => t.ours)), median(times.map((t) => t.theirs))];
    const [pages, printed] = [pagesOf(ours), pagesOf(theirs)];
    return [
      { name: 'report PDF, first', value: first.ours, unit: 'ms' },
      { name: 'Chromium print, first', value: first.theirs, unit: 'ms' },
      { name: 'PDF to Chromium, first', value: first.ours / first.theirs, unit: 'ratio' },
      { name: 'report PDF, warm', value: mine, unit: 'ms' },
      { name: 'report PDF, pages', value: pages, unit: 'pages' },
      { name: 'Chromium print, warm', value: its, unit: 'ms' },
      { name: 'Chromium print, pages', value: printed, unit: 'pages' },
      { name: 'PDF to Chromium, a page, warm', value: mine / pages / (its / printed), unit: 'ratio' },
      { name: 'PDF to Chromium, a report, warm', value: mine / its, unit: 'ratio' },
    ];
  } finally {
    await browser.close();
  }
};

/** Measures of the report, the sample made anew. */
const measureReport = async (): Promise<readonly Measurement[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-bench-report-'));
  const data = join(folder, 'data');
  try {
    command('demo', '--data', data);
    const measured: Measurement[] = [];
    for (const formats of ['html,pdf,docx,xlsx', 'html', 'pdf', 'docx', 'xlsx']) {
      const out = join(folder, formats);
      const run = command('report', STUDY, '--to', formats, '--out', out, '--data', data);
      measured.push(
        { name: `report kk,ru,en ${formats}, cold`, value: run.seconds, unit: 's' },
        { name: `report kk,ru,en ${formats}, peak memory`, value: run.mebibytes, unit: 'MiB' },
      );
      const files = ['kk', 'ru', 'en'].flatMap((l) =>
        formats.split(',').map((f) => join(out, `report.${l}.${f}`)),
      );
      for (const file of files) if (readFileSync(file).length === 0) throw new Error(`${file} is empty`);
    }
    return [...measured, ...(await pdfBesideChromium(folder, data))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const shown = ({ value, unit }: Measurement): string =>
  unit === 'ratio'
    ? value.toFixed(2)
    : unit === 's'
      ? value.toFixed(1)
      : Math.round(value).toLocaleString('en');

/** The report as organisations make it, and its PDF beside what Chromium prints of the same page. */
export const reportBench: Bench = {
  id: 'report',
  run: async () => {
    const measured = await measureReport();
    const ratio = measured.find((m) => m.name === 'PDF to Chromium, a report, warm')?.value ?? 0;
    return {
      title: 'The report',
      about:
        'The report on assemblies 2018 of the sample organisation, as the command `baqylau report` writes it: three ' +
        'languages, one process from cold; peak memory of that process. The PDF beside the HTML of the same report printed ' +
        'by Chromium, in turn in one run; Chromium prints no contents page numbers, footnotes or PDF/UA.',
      tables: [
        {
          head: ['measure', 'value', 'unit'],
          rows: measured.map((m) => [m.name, shown(m), m.unit]),
        },
      ],
      findings: [`the PDF takes ${ratio.toFixed(2)} × the time Chromium takes to print the page`],
    };
  },
};
