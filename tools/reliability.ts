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

const figuresOf = ({ id }: PlanRow): readonly KeptFigure[] => kept.filter((figure) => figure.id === id);

/** Which of several tests of a row, and of what run. */
const partOf = ({ part, release }: KeptFigure): string =>
  [part, release ? 'release' : undefined].filter((text) => text !== undefined).join(', ');

/** What stands where there is no figure. */
const stateOf = ({ tests, benchmark }: PlanRow): string => {
  if (benchmark !== undefined) return `See [benchmarks](benchmarks.md), \`node bench/main.ts ${benchmark}\`.`;
  return tests.length === 0 ? 'Not done yet.' : 'Not run on this machine.';
};

/** The figures of a row under one another, each with the name of its part. */
const foundIn = (planned: PlanRow): string =>
  figuresOf(planned)
    .map((figure) => (partOf(figure) === '' ? figure.found : `**${partOf(figure)}:** ${figure.found}`))
    .join('<br>') || stateOf(planned);

const section = (planned: PlanRow): string => {
  const { id, title, does, everyChange, release, tests } = planned;
  const figures = figuresOf(planned);
  const asked = everyChange === release ? everyChange : `${everyChange}; before a release: ${release}`;
  const commands = tests.map((test) => `\`npm run tests -- ${test}\``);
  const table = figures.map((figure) =>
    row(partOf(figure), figure.found, figure.control, `${figure.date}, ${figure.machine}`),
  );
  return [
    `## ${id} ${title}`,
    '',
    does,
    '',
    `- Asked: ${asked}.`,
    commands.length > 0 ? `- ${commands.join(', ')}` : `- ${stateOf(planned)}`,
    '',
    ...(table.length === 0
      ? []
      : [
          row('', 'Found', 'Control: the guard broken on purpose', 'Run'),
          row('---', '---', '---', '---'),
          ...table,
          '',
        ]),
  ].join('\n');
};

/** The address that Markdown readers give a heading. */
const anchor = ({ id, title }: PlanRow): string =>
  `${id} ${title}`
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

const summary = PLAN.map((planned) =>
  row(`[${planned.id}](#${anchor(planned)})`, planned.title, foundIn(planned), planned.elsewhere),
);

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
