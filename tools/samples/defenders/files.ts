import { stringify } from 'yaml';
import { type Column, csvOf, type Row } from '../columns.ts';

/** One sample file: what it fills, in which columns, and its rows. Headings are the paths of the fields. */
export interface SampleFile {
  readonly name: string;
  readonly instrument: string;
  readonly key: readonly string[];
  /** Paths that hold several codes or references in one cell. */
  readonly several?: readonly string[];
  /** Repeats whose rows stand in columns of their own. */
  readonly repeats?: Readonly<Record<string, unknown>>;
  /** Rules of columns that need more than their heading. */
  readonly rules?: Readonly<Record<string, unknown>>;
  /** Words that stand for a gap: only where no code of the file is spelled alike. */
  readonly missing?: Readonly<Record<string, string>>;
  readonly evidence: unknown;
  readonly rows: readonly Row[];
}

const REVIEW = ['author', 'submitted_on', 'vouched_by', 'verified_on'] as const;

const headings = ({ rows }: SampleFile): readonly string[] => {
  const found = new Set(rows.flatMap((row) => Object.keys(row)));
  const fields = [...found].filter((h) => !(REVIEW as readonly string[]).includes(h));
  return [...fields, ...REVIEW];
};

const inRepeats = ({ repeats = {} }: SampleFile): ReadonlySet<string> =>
  new Set([...JSON.stringify(repeats).matchAll(/"from":"([^"]+)"/g)].map(([, heading]) => heading ?? ''));

const columns = (file: SampleFile): Readonly<Record<string, unknown>> => {
  const elsewhere = inRepeats(file);
  const own = headings(file).filter((h) => !elsewhere.has(h) && !(REVIEW as readonly string[]).includes(h));
  const rule = (h: string): unknown =>
    file.rules?.[h] ?? (file.several?.includes(h) === true ? { from: h, split: ';' } : h);
  return Object.fromEntries(own.filter((h) => h !== 'evidence').map((h) => [h, rule(h)]));
};

const mapping = (file: SampleFile): string =>
  `# How the sample's table becomes records. Written by tools/samples/defenders.ts.\n${stringify(
    {
      study: 'defenders',
      instrument: file.instrument,
      file: { format: 'csv', encoding: 'utf-8', delimiter: ';' },
      key: file.key,
      columns: columns(file),
      ...(file.repeats === undefined ? {} : { repeats: file.repeats }),
      ...(file.missing === undefined ? {} : { missing: file.missing }),
      review: {
        state: 'verified',
        author: { from: 'author' },
        submitted_on: { from: 'submitted_on' },
        vouched_by: { from: 'vouched_by' },
        verified_on: { from: 'verified_on' },
        evidence: file.evidence,
      },
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  )}`;

/** File name -> text: a table and its mapping for each. */
export const textsOf = (files: readonly SampleFile[]): ReadonlyMap<string, string> =>
  new Map(
    files.flatMap((file) => {
      const of: readonly Column[] = headings(file).map((heading) => ({ heading, to: heading }));
      return [
        [`${file.name}.csv`, csvOf(of, file.rows)],
        [`${file.name}.mapping.yaml`, mapping(file)],
      ] as const;
    }),
  );
