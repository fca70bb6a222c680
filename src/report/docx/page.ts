import type { Messages } from '../../vocabulary/index.ts';
import type { ReportDocument } from '../document.ts';

/** What every part of the file needs: the document, its words, and counters that make names unique. */
export interface Manuscript {
  readonly document: ReportDocument;
  readonly say: (id: string, args?: Readonly<Record<string, string | number>>) => string;
  /** The next number of a series of names, from 1. */
  readonly next: (series: string) => number;
  /** Traces printed at the end, and so the numbers that can lead there. */
  readonly traced: ReadonlySet<string>;
}

export const manuscriptOf = (
  document: ReportDocument,
  messages: Messages,
  traced: ReadonlySet<string>,
): Manuscript => {
  const counters = new Map<string, number>();
  return {
    document,
    traced,
    say: (id, args) => messages(document.language, id, args),
    next: (series) => {
      const number = (counters.get(series) ?? 0) + 1;
      counters.set(series, number);
      return number;
    },
  };
};

/** A bookmark name of Word: a letter first, letters, digits and underscores, at most 40 characters. */
export const bookmarkName = (anchor: string): string =>
  `b_${anchor.replaceAll(/[^A-Za-z0-9]/g, '_')}`.slice(0, 40);
