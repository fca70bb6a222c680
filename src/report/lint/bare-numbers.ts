import { type Problem, problem } from '../../vocabulary/index.ts';
import type { ReportSource } from '../source/read-source.ts';
import { positionsIn, type WrittenTag, writtenTags } from '../source/text-positions.ts';
import { numberWords } from './number-words.ts';

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The text with everything that is not prose blanked out, at the same offsets: front matter, tags, link targets, list marks. */
const prose = (text: string, tags: readonly WrittenTag[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const tag of tags) {
    parts.push(text.slice(at, tag.start), blank(tag.text));
    at = tag.end;
  }
  return [...parts, text.slice(at)]
    .join('')
    .replace(/^---\n[\s\S]*?\n---\n/, blank)
    .replace(/\]\([^()\s]*\)/g, blank)
    .replace(/<https?:[^<>\s]*>/g, blank)
    .replace(/^[ \t>]*\d+[.)](?=\s)/gm, blank);
};

const attribute = (tag: WrittenTag, name: string): string | undefined =>
  new RegExp(`\\b${name}\\s*=\\s*"?([^"\\s}]*)`).exec(tag.text)?.[1];

/** The numbers that the words of a claim may name: those the claim itself tests. */
const testedBy = (tag: WrittenTag): readonly number[] => {
  switch (attribute(tag, 'is')) {
    case 'half':
      return [2];
    case 'third':
      return [3];
    case 'times':
      return [Number(attribute(tag, 'k'))];
    case 'more_than':
    case 'less_than': {
      const than = attribute(tag, 'than') ?? '';
      return than === 'half' ? [2] : than === 'third' ? [3] : /^\d+$/.test(than) ? [Number(than)] : [];
    }
    default:
      return [];
  }
};

interface ClaimBody {
  readonly start: number;
  readonly end: number;
  readonly allowed: readonly number[];
}

const claimBodies = (tags: readonly WrittenTag[]): readonly ClaimBody[] => {
  const bodies: ClaimBody[] = [];
  let open: WrittenTag | undefined;
  for (const tag of tags)
    if (tag.name === 'claim' && tag.kind === 'open') open = tag;
    else if (tag.name === 'claim' && tag.kind === 'close' && open !== undefined) {
      bodies.push({ start: open.end, end: tag.start, allowed: testedBy(open) });
      open = undefined;
    }
  return bodies;
};

/**
 * The lint of bare numbers: a numeral, or a number word from two up, outside the tags (architecture, "Report"). Inside a
 * claim a number word may stand when it names the number that the claim tests. Titles of callouts and figures, and the front matter's
 * title and subtitle, are prose too.
 */
export const bareNumbers = (source: ReportSource): readonly Problem[] => {
  const { text, file, language } = source;
  const tags = writtenTags(text);
  const bodies = claimBodies(tags);
  const position = positionsIn(text);
  const lint = (passage: string, from: number): Problem[] => {
    const numerals = [...passage.matchAll(/\p{N}+(?:[.,\u00a0\u202f ]\p{N}+)*/gu)].map((m) => ({
      text: m[0],
      start: m.index,
    }));
    const words = numberWords(passage, language).filter(
      (w) =>
        !bodies.some(
          (b) => b.start <= w.start + from && w.start + from < b.end && b.allowed.includes(w.number),
        ),
    );
    return [...numerals, ...words]
      .sort((a, b) => a.start - b.start)
      .map((found) =>
        problem('report_bare_number', { text: found.text }, { file, ...position(found.start + from) }),
      );
  };
  const quoted = [...text.matchAll(/\{%\s*(?:callout|figure)\b[^%]*\btitle="([^"]*)"/g)].flatMap((m) =>
    lint(m[1] ?? '', m.index + m[0].length - (m[1] ?? '').length - 1),
  );
  const head = /^---\n[\s\S]*?\n---\n/.exec(text)?.[0] ?? '';
  const titles = [...head.matchAll(/^(?:title|subtitle):(.*)$/gm)].flatMap((m) =>
    lint((m[1] ?? '').replace('{period}', blank), m.index + m[0].length - (m[1] ?? '').length),
  );
  return [...titles, ...lint(prose(text, tags), 0), ...quoted];
};
