import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readMessages } from '../../src/cli/message-files.ts';
import { renderDocx } from '../../src/report/docx/render-docx.ts';
import { renderXlsx } from '../../src/report/xlsx/render-xlsx.ts';
import { aDocument, TIME } from './a-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'baqylau-office-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The text of an office file as LibreOffice prints it. */
const printed = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const run = spawnSync('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, name], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (run.error !== undefined) throw run.error;
  const file = join(folder, name.replace(/\.\w+$/, '.pdf'));
  expect(readFileSync(file).length, run.stderr).toBeGreaterThan(1000);
  return spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
};
const options = { messages: readMessages(), creationTime: TIME };

it('LibreOffice opens the Word file with its contents, tables and Kazakh letters', async () => {
  const text = printed('report.docx', await renderDocx(aDocument('kk'), options));
  expect(text).toMatch(/1\.1\s+Inner section[ .]+\d/);
  expect(text).toContain('1-кесте');
  for (const letter of 'әғқңөұүһі') expect(text).toContain(letter);
});

it('LibreOffice opens the workbook with its tables and how the numbers were made', async () => {
  const text = printed('report.xlsx', await renderXlsx(aDocument('kk'), options));
  expect(text).toContain('1-кесте');
  expect(text).toContain('asm.sample/city_1/2018/share');
});
