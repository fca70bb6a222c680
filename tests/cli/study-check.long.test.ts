import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { builtInStudies } from '../../src/workspace/index.ts';
import { aTerminal, type Outcome, type Terminal } from './a-terminal.ts';

const terminals: Terminal[] = [];
let terminal: Terminal;
beforeEach(() => {
  terminal = aTerminal();
  terminals.push(terminal);
  terminal.copy(builtInStudies(), 'studies');
});
afterAll(() => {
  for (const one of terminals) one.close();
});

const check = (): Promise<Outcome> => terminal.run('study', 'check', terminal.path('studies/assemblies'));
const edit = (file: string, from: string, to: string): void => {
  const text = terminal.read(`studies/assemblies/${file}`);
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  terminal.write(
    `studies/assemblies/${file}`,
    text.replace(from, () => to),
  );
};
const REPORTS = ['kk', 'ru', 'en'].map((language) => `report/report.${language}.md`);

describe('study check over the sample of a package', () => {
  test('finds nothing in the package as it is', async () => {
    const { code, out, note } = await check();
    expect({ code, note }).toEqual({ code: 0, note: '' });
    expect(out).toMatch(/^assemblies \d+: \d+ tables, \d+ instruments, no problems\./);
  });

  test('finds a claim that is false, in every language, with file and line', async () => {
    for (const file of REPORTS) edit(file, 'is="rose"', 'is="fell"');
    const { code, note } = await check();
    expect(code).toBe(2);
    for (const file of REPORTS) expect(note).toMatch(new RegExp(`^assemblies/${file}:\\d+`, 'm'));
  });

  test('finds a binding to a cell that does not exist', async () => {
    for (const file of REPORTS) edit(file, 'asm.count.by_city/_total/', 'asm.count.by_city/atlantis/');
    const { code, note } = await check();
    expect(code).toBe(2);
    expect(note).toContain('asm.count.by_city/atlantis/');
  });

  test('finds a table over a field that does not exist', async () => {
    edit('tables/6-police.yaml', 'police.best', 'polce.best');
    const { code, note } = await check();
    expect(code).toBe(2);
    expect(note).toMatch(/^assemblies\/tables\/6-police\.yaml:\d+/m);
    expect(note).toContain('polce.best');
  });

  test('leaves nothing behind', async () => {
    const before = terminal.read('studies/assemblies/study.yaml');
    await check();
    expect(terminal.read('studies/assemblies/study.yaml')).toBe(before);
  });
});
