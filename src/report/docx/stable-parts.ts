import { readZip, writeZip } from '../../sheets/index.ts';

/** Ids that the writer draws at random (relations of links). */
const RANDOM_ID = /\brId(?!\d+")[A-Za-z0-9_-]+/g;
const TEXT_PART = /\.(?:xml|rels)$/;

/**
 * The same content always gives the same parts: random ids are numbered in order of appearance in the text, the dates of the
 * properties are the time given, and the archive carries no dates.
 */
export const stableParts = async (docx: Uint8Array, time: Date): Promise<Uint8Array> => {
  const parts = await readZip(docx);
  const numbers = new Map<string, string>();
  const renamed = (id: string): string => {
    const known = numbers.get(id) ?? `rIdLink${numbers.size + 1}`;
    numbers.set(id, known);
    return known;
  };
  const stamp = `${time.toISOString().slice(0, 19)}Z`;
  const names = [...parts.keys()].sort();
  // The text comes before its list of relations, whose order follows it.
  const inOrder = [...names.filter((n) => !n.endsWith('.rels')), ...names.filter((n) => n.endsWith('.rels'))];
  const stable = new Map<string, Uint8Array>();
  for (const name of inOrder) {
    const bytes = parts.get(name) ?? new Uint8Array();
    if (!TEXT_PART.test(name)) {
      stable.set(name, bytes);
      continue;
    }
    const text = Buffer.from(bytes).toString('utf8').replaceAll(RANDOM_ID, renamed);
    const dated =
      name === 'docProps/core.xml' ? text.replaceAll(/>\d{4}-\d\d-\d\dT[\d:.]+Z</g, `>${stamp}<`) : text;
    stable.set(name, Buffer.from(dated, 'utf8'));
  }
  // The list of content types comes first in the archive (ECMA-376 part 2).
  const first = '[Content_Types].xml';
  const order = [first, ...names.filter((n) => n !== first)];
  return writeZip(order.map((name) => [name, stable.get(name) ?? new Uint8Array()] as const));
};
