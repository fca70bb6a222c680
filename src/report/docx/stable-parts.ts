import { readZip, writeZip } from '../../sheets/index.ts';

/** Names by which parts of the file refer to each other; the writer draws them at random or counts them by process. */
const PASSING_NAMES = [
  { name: /\brId(?!\d+")[A-Za-z0-9_-]+/g, as: (n: number) => `rIdLink${n}` },
  { name: /\b_Toc\d+/g, as: (n: number) => `_Toc${n}` },
  { name: /(?<=<w:bookmark(?:Start|End)\b[^>]*\bw:id=")\d+/g, as: (n: number) => String(n) },
] as const;
const TEXT_PART = /\.(?:xml|rels)$/;
const CONTENT_TYPES = '[Content_Types].xml';

/** Passing names numbered in order of appearance. */
const renamer = (): ((text: string) => string) => {
  const numbers = PASSING_NAMES.map(() => new Map<string, number>());
  return (text) =>
    PASSING_NAMES.reduce((done, { name, as }, i) => {
      const known = numbers[i] ?? new Map<string, number>();
      return done.replaceAll(name, (found) => {
        const number = known.get(found) ?? known.size + 1;
        known.set(found, number);
        return as(number);
      });
    }, text);
};

/**
 * The same content always gives the same parts: passing names are numbered in order of appearance, the dates of the
 * properties are the time given, and the archive carries no dates.
 */
export const stableParts = async (docx: Uint8Array, time: Date): Promise<Uint8Array> => {
  const parts = await readZip(docx);
  const rename = renamer();
  const stamp = `${time.toISOString().slice(0, 19)}Z`;
  const names = [...parts.keys()].sort();
  // The text comes before its list of relations, whose names it uses.
  const inOrder = [...names.filter((n) => !n.endsWith('.rels')), ...names.filter((n) => n.endsWith('.rels'))];
  const stable = new Map<string, Uint8Array>();
  for (const name of inOrder) {
    const bytes = parts.get(name) ?? new Uint8Array();
    const text = TEXT_PART.test(name) ? rename(Buffer.from(bytes).toString('utf8')) : undefined;
    const dated =
      name === 'docProps/core.xml' ? text?.replaceAll(/>\d{4}-\d\d-\d\dT[\d:.]+Z</g, `>${stamp}<`) : text;
    stable.set(name, dated === undefined ? bytes : Buffer.from(dated, 'utf8'));
  }
  // The list of content types comes first in the archive, where readers look for it.
  const order = [CONTENT_TYPES, ...names.filter((n) => n !== CONTENT_TYPES)];
  return writeZip(order.map((name) => [name, stable.get(name) ?? new Uint8Array()] as const));
};
