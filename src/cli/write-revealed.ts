import { existsSync, mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type RevealedFile, writeStream } from '../workspace/index.ts';

/** Bytes of a name; with a number and the end of a draft it fits the 255 that file systems take. */
const LONGEST = 200;
/** Names that are devices on Windows, whatever end they have. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name that is one file in its folder on every system, whoever chose it; of a long one the end. */
const safeName = (name: string): string => {
  const all = [...name.replaceAll(/[\\/:*?"<>|\p{C}]/gu, '_')];
  let bytes = 0;
  const tooFar = all.findLastIndex((letter) => (bytes += Buffer.byteLength(letter)) > LONGEST);
  const letters = all.slice(tooFar + 1);
  // Letter by letter: an expression for the end of a text would be tried from each of its places.
  const isEdge = (letter: string | undefined): boolean => letter !== undefined && /[.\s]/.test(letter);
  while (isEdge(letters[0])) letters.shift();
  while (isEdge(letters.at(-1))) letters.pop();
  const plain = letters.join('');
  if (plain === '') return 'attachment';
  return DEVICE.test(plain) ? `_${plain}` : plain;
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
