import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terminalText, writerTo } from '../../src/cli/terminal-text.ts';
import { writeRevealed } from '../../src/cli/write-revealed.ts';
import type { RevealedFile } from '../../src/workspace/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baqylau-names-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const anAttachment = (name: string): RevealedFile => ({
  name,
  bytes: 4,
  content: async function* () {
    yield new TextEncoder().encode('what');
  },
});
const out = (): string => join(folder, 'out');

describe('an attachment whose name somebody else chose', () => {
  it.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['/etc/passwd', '_etc_passwd'],
    ['..', 'attachment'],
    ['', 'attachment'],
    ['C:\\Windows\\system.ini', 'C__Windows_system.ini'],
    ['.bashrc', 'bashrc'],
    ['CON.jpg', '_CON.jpg'],
    ['photo.jpg. ', 'photo.jpg'],
    ['gnp\u202eexe.jpg', 'gnp_exe.jpg'],
    ['Әділ Ғұмарұлы.jpg', 'Әділ Ғұмарұлы.jpg'],
  ])('%j is written as %s', async (name, expected) => {
    await writeRevealed(out(), anAttachment(name));
    expect(readdirSync(out())).toEqual([expected]);
  });
  it('is one file in the folder, readable for its owner alone, whatever the name', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('.', '/', '\\', ' ', 'a', '😀', '\0', ':'), maxLength: 400 }),
    );
    await fc.assert(
      fc.asyncProperty(name, async (hostile) => {
        const before = (await ignoringMissing(() => readdirSync(out()))).length;
        const file = await writeRevealed(out(), anAttachment(hostile));
        expect([dirname(file), readFileSync(file, 'utf8')]).toEqual([out(), 'what']);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        expect([readdirSync(folder), readdirSync(out()).length]).toEqual([['out'], before + 1]);
      }),
      { numRuns: 100 },
    );
  });
});

const ignoringMissing = async (list: () => readonly string[]): Promise<readonly string[]> => {
  try {
    return list();
  } catch {
    return [];
  }
};

describe('text of somebody else on a terminal', () => {
  it.each([
    ['moves no cursor and recolours nothing', '\u001b[2J\u001b[31mred', '\ufffd[2J\ufffd[31mred'],
    ['retitles no window', '\u001b]0;title\u0007', '\ufffd]0;title\ufffd'],
    ['writes over no line', 'wrong\rright', 'wrong\ufffdright'],
    ['is not turned round', 'exe\u202egpj', 'exe\ufffdgpj'],
    ['has no controls of eight bits', '\u009b31m', '\ufffd31m'],
  ])('%s', (_, text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });
  it('control: words, tabs and ends of lines stay as they are', () => {
    const text = 'Әділ\tҒұмарұлы\r\nСтрока\n';
    expect(terminalText(text)).toBe(text);
  });
  it('goes byte for byte into a file or another program', () => {
    const written: string[] = [];
    const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) > 0 });
    for (const isTTY of [true, false]) writerTo(stream(isTTY) as never)('\u001b[1m');
    expect(written).toEqual(['\ufffd[1m', '\u001b[1m']);
  });
});
