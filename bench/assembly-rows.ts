import { createWriteStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';

const SAMPLE = resolve(import.meta.dirname, '../studies/assemblies/sample');
export const ROWS_MAPPING = resolve(SAMPLE, 'assemblies.mapping.yaml');

/** Cells of a line of the sample: semicolons, quotation marks around cells that hold one. */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^;]*)(;|$)/g)]
    .slice(0, line.endsWith(';') ? undefined : -1)
    .map(([, cell]) => cell ?? '');

/**
 * Writes a CSV file of `rows` observation cards: the cards of the sample over and over, each with a number of its own and
 * without references, which would need as many proceedings. Resolves when the file is whole.
 */
export const writeAssemblyRows = async (file: string, rows: number): Promise<void> => {
  const [head = '', ...lines] = readFileSync(resolve(SAMPLE, 'assemblies.csv'), 'utf8')
    .split('\r\n')
    .filter((l) => l !== '');
  const names = head.split(';');
  const [key, proceedings] = [names.indexOf('Номер карты'), names.indexOf('Карточки дел')];
  const cards = lines.map(cellsOf);
  const out = createWriteStream(file);
  out.write(`${head}\r\n`);
  for (let n = 0; n < rows; n++) {
    const card = cards[n % cards.length] ?? [];
    const cells = card.map((cell, i) =>
      i === key ? `N-${String(n).padStart(8, '0')}` : i === proceedings ? '' : cell,
    );
    if (!out.write(`${cells.join(';')}\r\n`)) await new Promise<void>((resume) => out.once('drain', resume));
  }
  out.end();
  await finished(out);
};
