import fc from 'fast-check';

/**
 * A change to a document, as numbers that fast-check can shrink: what is done, where, and with what. A document is a text, bytes
 * or a tree (JSON data), and is changed in its own terms: a tree loses a member or nests a hundred times, a text gets a mark of its
 * own language in the wrong place, a byte turns over.
 */
export interface Change {
  readonly act: number;
  readonly at: number;
  readonly size: number;
  readonly pick: number;
}

export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    act: fc.nat(11),
    at: fc.nat(1_000_000),
    size: fc.oneof({ weight: 4, arbitrary: fc.nat(8) }, { weight: 1, arbitrary: fc.nat(2_000) }),
    pick: fc.nat(10_000),
  }),
  { minLength: 0, maxLength: 6 },
);

/** Marks that some parser gives a meaning to, and numbers at the edge of one. */
const MARKS = [
  '"',
  "'",
  '\\',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '\u0000',
  '\uFEFF',
  '\uFFFD',
  '\uD800',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  ':',
  ';',
  '-',
  '--- ',
  '~',
  '*',
  '&a ',
  '*a',
  '!',
  '%',
  '{%',
  '%}',
  '/%}',
  '#',
  '|',
  '>',
  '<',
  '<!--',
  '&amp;',
  '=',
  '..',
  '/',
  '%2f',
  '%00',
  '0',
  '-0',
  '1e309',
  '9007199254740993',
  '99999999999999999999',
  '0.1',
  'NaN',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
  '𝄞',
  'é',
  'И',
  'ə',
  '２',
  '٣',
] as const;

const pickOf = <T>(all: readonly T[], pick: number): T => all[pick % all.length] as T;

/** A text with changes; `marks` are those of its own language. */
export const changedText = (text: string, list: readonly Change[], marks: readonly string[] = []): string =>
  list.reduce((now, { act, at, size, pick }) => {
    const from = now.length === 0 ? 0 : at % (now.length + 1);
    const mark = pickOf([...marks, ...MARKS], pick);
    const [before, piece, after] = [now.slice(0, from), now.slice(from, from + size), now.slice(from + size)];
    switch (act) {
      case 0:
        return before + after;
      case 1:
        return before + mark + piece + after;
      case 2:
        return before + mark + after;
      case 3:
        return before + piece.repeat(1 + (pick % 50)) + after;
      case 4:
        return before + mark.repeat(1 + (pick % 400)) + piece + after;
      case 5:
        return before;
      case 6:
        return after + before;
      case 7:
        return before + String.fromCharCode(pick) + piece.slice(1) + after;
      case 8:
        return before + [...piece].reverse().join('') + after;
      case 9: {
        // A line goes elsewhere, as an editor would move it.
        const lines = now.split('\n');
        const [line = ''] = lines.splice(at % lines.length, 1);
        lines.splice(pick % (lines.length + 1), 0, line);
        return lines.join('\n');
      }
      case 10: {
        // A number becomes another.
        const numbers = [...now.matchAll(/\d+/g)];
        const found = numbers[at % Math.max(1, numbers.length)];
        if (found === undefined) return now;
        return now.slice(0, found.index) + mark + now.slice(found.index + found[0].length);
      }
      default:
        return before + now.slice(pick % (now.length + 1), (pick % (now.length + 1)) + size) + after;
    }
  }, text);

export const changedBytes = (bytes: Uint8Array, list: readonly Change[]): Uint8Array =>
  list.reduce<Uint8Array>((now, { act, at, size, pick }) => {
    const from = now.length === 0 ? 0 : at % (now.length + 1);
    const [before, piece, after] = [
      now.subarray(0, from),
      now.subarray(from, from + size),
      now.subarray(from + size),
    ];
    const given = Buffer.from(pickOf(MARKS, pick));
    switch (act % 8) {
      case 0:
        return Buffer.concat([before, after]);
      case 1:
        return Buffer.concat([before, given, piece, after]);
      case 2:
        return before;
      case 3:
        return Buffer.concat([before, piece, piece, after]);
      case 4: {
        // Lengths and offsets of binary formats at their edges.
        const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff];
        const out = Buffer.from(now);
        if (out.length >= from + 4) out.writeUInt32LE(pickOf(edges, pick), from);
        return out;
      }
      default: {
        const out = Uint8Array.from(now);
        if (out.length > 0) out[from % out.length] = pick;
        return out;
      }
    }
  }, bytes);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
const ODD: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  9007199254740992,
  '',
  'x',
  'x'.repeat(5_000),
  '\uD800',
  '__proto__',
  [],
  {},
  [[]],
  { a: {} },
];
const nested = (value: Json, depth: number): Json =>
  Array.from({ length: depth }).reduce<Json>((inner, _, i) => (i % 2 === 0 ? [inner] : { a: inner }), value);

const paths = (value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        paths(inner, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

/** A tree with changes: members gone, renamed, moved, replaced by something odd, or nested. */
export const changedTree = (tree: unknown, list: readonly Change[]): unknown =>
  list.reduce<unknown>((now, { act, at, size, pick }) => {
    const root = { it: structuredClone(now) };
    const all = paths(root.it).map((path) => ['it', ...path]);
    const path = pickOf(all, at);
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], root);
    const holder = parent as Record<string, unknown>;
    const key = String(path.at(-1));
    const other = pickOf(all, pick).reduce<unknown>((node, k) => (node as Record<string, unknown>)[k], root);
    if (act % 6 === 0 && path.length > 1) {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete holder[key];
    } else if (act % 6 === 1) holder[key] = pickOf(ODD, pick);
    else if (act % 6 === 2) holder[key] = structuredClone(other);
    else if (act % 6 === 3) holder[key] = nested(holder[key] as Json, 1 + (pick % 7 === 0 ? 200 : size % 40));
    else if (act % 6 === 4 && !Array.isArray(parent)) {
      holder[pickOf(MARKS, pick)] = holder[key];
      if (size % 2 === 0 && path.length > 1) delete holder[key];
    } else if (typeof holder[key] === 'string')
      holder[key] = changedText(holder[key] as string, [{ act: pick % 9, at, size, pick }]);
    return root.it;
  }, tree);
