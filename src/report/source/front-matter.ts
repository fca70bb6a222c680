import { isMap, isScalar } from 'yaml';
import { type Problem, problem, readYamlText } from '../../vocabulary/index.ts';

/** The head of a report file: title, subtitle, whether the text waits for a native reviewer, and what the annex holds. */
export interface FrontMatter {
  readonly title: string;
  readonly subtitle?: string;
  readonly review: boolean;
  readonly annex: 'rest' | 'all' | 'none';
  /** `study`: the text speaks of all periods of the study together, not of the last one. */
  readonly covers: 'period' | 'study';
}

const ANNEX = ['rest', 'all', 'none'] as const;
const COVERS = ['period', 'study'] as const;

/** Reads the YAML between the `---` lines. Keys other than the five are refused, so that a typing error is not ignored. */
export const readFrontMatter = (
  yaml: string | undefined,
  file: string,
): { readonly frontMatter: FrontMatter; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const head = readYamlText(yaml ?? '', file);
  // The head starts on the second line of the file.
  const line = (offset: number | undefined): number =>
    1 + (offset === undefined ? 0 : (head.place(offset).line ?? 0));
  const wrong = (key: string, reason: string, offset?: number): void => {
    problems.push(problem('report_source_shape', { reason, what: key }, { file, line: line(offset) }));
  };
  const read = new Map<string, string>();
  if ('excess' in head) problems.push(head.excess);
  else if ('faults' in head) for (const { says, offset } of head.faults) wrong(says, 'front_matter', offset);
  else if (isMap(head.document.contents))
    for (const { key, value } of head.document.contents.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const at = isScalar(key) ? key.range?.[0] : undefined;
      if (!['title', 'subtitle', 'review', 'annex', 'covers'].includes(name))
        wrong(name, 'front_matter_key', at);
      else if (!isScalar(value) || typeof value.value === 'object') wrong(name, 'front_matter_value', at);
      else read.set(name, String(value.value));
    }
  const title = read.get('title');
  if (title === undefined || title.trim() === '') wrong('title', 'front_matter_missing');
  const review = read.get('review');
  if (review !== undefined && review !== 'needed') wrong('review', 'front_matter_value');
  const annex = ANNEX.find((a) => a === (read.get('annex') ?? 'rest'));
  if (annex === undefined) wrong('annex', 'front_matter_value');
  const covers = COVERS.find((c) => c === (read.get('covers') ?? 'period'));
  if (covers === undefined) wrong('covers', 'front_matter_value');
  const subtitle = read.get('subtitle');
  return {
    frontMatter: {
      title: title ?? '',
      ...(subtitle === undefined ? {} : { subtitle }),
      review: review !== undefined,
      annex: annex ?? 'rest',
      covers: covers ?? 'period',
    },
    problems,
  };
};
