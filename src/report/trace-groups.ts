import type { NumberTrace, ReportDocument } from './document.ts';

/** The numbers of the text that come from one table; what they share is said once. */
export interface TraceGroup {
  readonly table: string;
  readonly definition?: string;
  readonly numbers: readonly TracedNumber[];
}
export interface TracedNumber {
  readonly anchor: string;
  readonly text: string;
  /** Measure and place in the table. */
  readonly what: string;
  /** What it was computed from. */
  readonly facts: string;
  readonly address: string;
}

type Say = (id: string, args?: Readonly<Record<string, string | number>>) => string;

const factsOf = (t: NumberTrace, say: Say): string => {
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

const numberOf = (t: NumberTrace, say: Say): TracedNumber => ({
  anchor: t.anchor,
  text: t.text,
  what: [t.measure, ...t.where.map((w) => w.text)].join(', '),
  facts: factsOf(t, say),
  address: t.address,
});

/** How the numbers at `addresses` were made, table by table, in order of appearance in the text. */
export const traceGroups = (
  document: ReportDocument,
  addresses: ReadonlySet<string>,
  say: Say,
): readonly TraceGroup[] => {
  const traces = [...document.traces.values()].filter((t) => addresses.has(t.address));
  return [...Map.groupBy(traces, (t) => t.tableId).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const definition = first.definition === undefined ? {} : { definition: first.definition };
    return [{ table: first.tableTitle, ...definition, numbers: group.map((t) => numberOf(t, say)) }];
  });
};
