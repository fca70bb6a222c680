import type { Table } from '../tables/index.ts';
import type { Words } from './words.ts';

/** What a reader of a file that leaves the site must not miss. */
export const marksOf = ({ cells }: Table, { messages, language }: Words): readonly string[] => [
  messages(language, 'report.mark.internal'),
  ...(cells.some(({ flags }) => flags.includes('synthetic'))
    ? [messages(language, 'report.mark.synthetic')]
    : []),
];
