import { existsSync, mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type RevealedFile, writeStream } from '../workspace/index.ts';

const LONGEST = 120;

/** A name that stays in its folder on every system, whoever chose it. */
const safeName = (name: string): string => {
  const plain = [...name.replaceAll(/[\\/:*?"<>|\p{C}]/gu, '_').replace(/^[.\s]+/, '')]
    .slice(-LONGEST)
    .join('');
  return plain === '' ? 'attachment' : plain;
};

/**
 * Writes an opened attachment into a folder, under its name or, where something of that name is, a numbered one: whole and
 * readable for the owner alone, or not at all. Returns the file. Throws what opening it throws.
 */
export const writeRevealed = async (folder: string, file: RevealedFile): Promise<string> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = safeName(file.name);
  const end = extname(name);
  const numbered = (n: number): string =>
    join(folder, n === 1 ? name : `${name.slice(0, name.length - end.length)} (${n})${end}`);
  let n = 1;
  while (existsSync(numbered(n))) n += 1;
  await writeStream(numbered(n), file.content());
  return numbered(n);
};
