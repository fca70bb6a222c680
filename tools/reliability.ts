// Writes docs/reliability.md from the figures that the tests have kept in .cache/reliability (tests/reliability/figure.ts).
// `node tools/reliability.ts --release` runs those tests first, with the figures of a release.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FIGURES, type KeptFigure } from '../tests/reliability/kept-figure.ts';
import { ELSEWHERE, PLAN, type PlanRow } from '../tests/reliability/plan.ts';

const root = resolve(import.meta.dirname, '..');

if (process.argv.includes('--release')) {
  const tests = new Set(PLAN.flatMap((row) => row.tests));
  const env = { ...process.env, BAQYLAU_RELEASE: '1' };
  const args = [join(root, 'tools/test.mjs'), ...tests];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exitCode = 1;
}

const kept: readonly KeptFigure[] = (existsSync(FIGURES) ? readdirSync(FIGURES) : [])
  .filter((name) => name.endsWith('.json'))
  .toSorted()
  .map((name) => JSON.parse(readFileSync(join(FIGURES, name), 'utf8')) as KeptFigure)
  .filter((figure) => figure.test !== undefined);

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(inCell).join(' | ')} |`;

/** The figures of a row under one another, each with the name of its part. */
const figuresOf = (figures: readonly KeptFigure[], which: (figure: KeptFigure) => string): string =>
  figures
    .map((figure) => {
      const part = [figure.part, figure.release ? 'release' : undefined]
        .filter((p) => p !== undefined)
        .join(', ');
      return part === '' ? which(figure) : `**${part}:** ${which(figure)}`;
    })
    .join('<br>');

const runsOf = (figures: readonly KeptFigure[]): string =>
  [...new Set(figures.map(({ date, machine }) => `${date}, ${machine}`))].join('<br>');

const section = (planned: PlanRow): string => {
  const figures = kept.filter((figure) => figure.id === planned.id);
  const state = planned.tests.length === 0 ? 'Not done yet.' : 'Not run on this machine.';
  return [
    `## ${planned.id} ${planned.title}`,
    '',
    planned.does,
    '',
    row('', planned.id),
    row('---', '---'),
    row('Found', figures.length === 0 ? state : figuresOf(figures, (f) => f.found)),
    row(
      'Control: the guard broken on purpose',
      figuresOf(figures, (f) => f.control),
    ),
    row('Asked with every change', planned.everyChange),
    row('Asked before a release', planned.release),
    row('Elsewhere', planned.elsewhere),
    ...(planned.tests.length === 0
      ? []
      : [row('Command', planned.tests.map((test) => `\`npm run tests -- ${test}\``).join('<br>'))]),
    ...(figures.length === 0 ? [] : [row('Run', runsOf(figures))]),
    '',
  ].join('\n');
};

/** The address that Markdown readers give a heading. */
const anchor = ({ id, title }: PlanRow): string =>
  `${id} ${title}`
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

const summary = PLAN.map((planned) => {
  const figures = kept.filter((figure) => figure.id === planned.id);
  const figure =
    planned.tests.length === 0 ? 'not done yet' : figuresOf(figures, (f) => f.found) || 'not run here';
  return row(`[${planned.id}](#${anchor(planned)})`, planned.title, figure, planned.elsewhere);
});

const page = `# Reliability

What was done to this program to see whether it loses, doubles or alters evidence or lets out a name, and what came of it.
Every figure is printed by a test; this page is written by \`npm run reliability\` from what the tests printed last.
Figures marked *release* come from \`npm run test:long\`, which does the same tests with more rounds. Each test has a
control: the same test with the guard broken on purpose must go red, or it would prove nothing.

${ELSEWHERE.map((caveat) => `- ${caveat}`).join('\n')}

No figure here replaces an audit by others. There has been none.

| Test | What | Found | Elsewhere |
| --- | --- | --- | --- |
${summary.join('\n')}

${PLAN.map(section).join('\n')}`;

writeFileSync(join(root, 'docs/reliability.md'), `${page.trimEnd()}\n`);
