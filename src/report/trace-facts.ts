import type { NumberTrace } from './document.ts';

/** What a number is: the table, the measure and the place in it, in one line. */
export const traceTitle = (t: NumberTrace): string =>
  [`${t.tableTitle}: ${t.measure}`, ...t.where.map((w) => `${w.label} ${w.text}`)].join(', ');

/** What a number was computed from, in one line. */
export const traceFacts = (
  t: NumberTrace,
  say: (id: string, args?: Readonly<Record<string, string | number>>) => string,
): string => {
  const how = (id: string): string => say(`report.how.${id}`);
  const facts: string[] = [];
  if (t.numerator !== undefined) facts.push(`${how('numerator')}: ${t.numerator}`);
  if (t.denominator !== undefined)
    facts.push(`${how('denominator')}: ${t.denominator}${t.base === undefined ? '' : ` (${t.base})`}`);
  if (t.origin === 'published')
    facts.push(`${how('origin_published')}${t.source === undefined ? '' : `: ${t.source}`}`);
  else {
    facts.push(`${how('records')}: ${t.n}`);
    if (t.missing > 0) facts.push(`${how('left_out')}: ${t.missing}`);
  }
  return facts.join(' · ');
};
