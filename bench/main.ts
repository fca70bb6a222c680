import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { appendBench } from './append.ts';
import type { Bench, Section } from './bench.ts';
import { defendersBench } from './defenders-tables.ts';
import { importBench } from './import.ts';
import { logBench } from './log.ts';
import { partitionsBench } from './partitions.ts';
import { reportBench } from './report.ts';
import { sealingBench } from './sealing.ts';
import { tablesBench } from './tables.ts';
import { verifyBench } from './verify.ts';

/** All measures, in the order of the page. `node bench/main.ts [id …]` runs all or some and rewrites their sections. */
const BENCHES: readonly Bench[] = [
  tablesBench,
  defendersBench,
  logBench,
  importBench,
  reportBench,
  sealingBench,
  appendBench,
  verifyBench,
  partitionsBench,
];

const PAGE = resolve(import.meta.dirname, '../docs/benchmarks.md');
const HEAD = `# Benchmarks

Written by \`npm run bench\` (one section: \`node bench/main.ts ID\`). Times are medians of interleaved runs in one go on one
machine; what counts are the ratios.
`;

const markdown = (id: string, { title, about, tables, findings }: Section): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const grid = tables.map(({ head, rows }) =>
    [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n'),
  );
  const where = `Measured ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}.`;
  const list = findings.map((f) => `- ${f}`).join('\n');
  return [
    `<!-- bench:${id} -->`,
    `## ${title}`,
    '',
    about,
    '',
    where,
    '',
    grid.join('\n\n'),
    '',
    list,
    `<!-- /bench:${id} -->`,
  ].join('\n');
};

/** Replaces the section of a measure on the page, or adds it. */
const put = (page: string, id: string, text: string): string => {
  const [open, close] = [`<!-- bench:${id} -->`, `<!-- /bench:${id} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  return from < 0 || to < 0
    ? `${page.trimEnd()}\n\n${text}\n`
    : page.slice(0, from) + text + page.slice(to + close.length);
};

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? BENCHES : BENCHES.filter((b) => wanted.includes(b.id));
if (chosen.length === 0) throw new Error(`no such measure; there are ${BENCHES.map((b) => b.id).join(', ')}`);
for (const bench of chosen) {
  process.stderr.write(`${bench.id} …\n`);
  const section = await bench.run();
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : HEAD;
  const text = markdown(bench.id, section);
  writeFileSync(PAGE, put(page, bench.id, text));
  process.stdout.write(`${text}\n`);
}
