import { displayNumber } from '../../tables/index.ts';
import type { NumberTrace } from '../document.ts';
import type { Page } from './context.ts';
import { html, type Markup } from './markup.ts';

/** One fact of a trace: its heading in the annex and the popover, and its text. */
interface Fact {
  readonly heading: string;
  readonly of: (trace: NumberTrace) => Markup | string | undefined;
}

const factsOf = (page: Page): readonly Fact[] => {
  const how = (id: string): string => page.say(`report.how.${id}`);
  const whole = (n: number): string => displayNumber(page.document.language, String(n));
  const rows = page.options.cellHref;
  return [
    { heading: how('where'), of: (t) => t.where.map((w) => `${w.label}: ${w.text}`).join('; ') || '–' },
    { heading: how('measure'), of: (t) => (t.unit === '%' ? t.measure : `${t.measure} (${t.unit})`) },
    { heading: how('value'), of: (t) => t.text },
    { heading: how('numerator'), of: (t) => t.numerator },
    { heading: how('denominator'), of: (t) => t.denominator },
    { heading: how('base'), of: (t) => t.base },
    { heading: how('records'), of: (t) => (t.origin === 'computed' ? whole(t.n) : undefined) },
    { heading: how('left_out'), of: (t) => (t.origin === 'computed' ? whole(t.missing) : undefined) },
    {
      heading: how('interval'),
      of: ({ interval }) => interval && page.say('report.how.interval_text', { ...interval }),
    },
    { heading: how('origin'), of: (t) => how(`origin_${t.origin}`) },
    { heading: how('published_in'), of: (t) => t.source },
    {
      heading: how('flags'),
      of: (t) => t.flags.map((f) => page.say(`report.flag.${f}`)).join('; ') || undefined,
    },
    { heading: how('address'), of: (t) => html`<code>${t.address}</code>` },
    { heading: how('rows'), of: (t) => rows && html`<a href="${rows(t.address)}">${how('rows')}</a>` },
  ];
};

const same = (fact: Fact, traces: readonly NumberTrace[]): boolean => {
  const text = (t: NumberTrace): string => JSON.stringify(fact.of(t)) ?? '';
  return traces.length > 1 && traces.every((t) => text(t) === text(traces[0] as NumberTrace));
};

/** The numbers of one table: what they share stands above them once, the rest is a row a number. */
const tableTraces = (page: Page, traces: readonly NumberTrace[]): Markup => {
  const [first] = traces;
  if (first === undefined) return html``;
  const how = (id: string): string => page.say(`report.how.${id}`);
  const facts = factsOf(page).filter((fact) => traces.some((t) => fact.of(t) !== undefined));
  const own = facts.filter((fact) => !same(fact, traces));
  const shared = (heading: string, text: Markup | string, first = false): Markup =>
    html`<div${first && html` class="first"`}><dt>${heading}</dt><dd>${text}</dd></div>`;
  return html`
<details open class="how">
<summary>${page.say('report.how.in_tables', { table: first.tableTitle })}</summary>
<dl class="shared">${shared(how('table'), html`${first.tableTitle} (<code>${first.tableId}</code>)`, true)}${
    first.definition !== undefined && shared(page.say('report.definition'), first.definition, true)
  }${facts.filter((fact) => !own.includes(fact)).map((fact) => shared(fact.heading, fact.of(first) ?? ''))}${shared(
    how('snapshot'),
    html`<code>${first.snapshot}</code>`,
  )}</dl>
<div class="scroll" tabindex="0"><table><thead><tr>${own.map((f) => html`<th scope="col">${f.heading}</th>`)}</tr></thead><tbody>
${traces.map((t) => html`<tr id="${t.anchor}">${own.map((f) => html`<td>${f.of(t)}</td>`)}</tr>\n`)}</tbody></table></div>
</details>`;
};

/** The annex to which every number leads. Open without a script; the script closes it and shows the facts in a dialog. */
export const tracesHtml = (page: Page): Markup => {
  const byTable = new Map<string, NumberTrace[]>();
  for (const trace of page.document.traces.values()) {
    const group = byTable.get(trace.tableId);
    if (group === undefined) byTable.set(trace.tableId, [trace]);
    else group.push(trace);
  }
  return html`
<section id="how" class="level-1">
<h2>${page.say('report.how.title')}</h2>
<p>${page.say('report.how.intro')}</p>${[...byTable.values()].map((traces) => tableTraces(page, traces))}
</section>
<dialog id="how-dialog" aria-labelledby="how-dialog-title" data-compared="${page.say('report.how.compared')}">
<h2 id="how-dialog-title" tabindex="-1" autofocus>${page.say('report.how.one')}</h2>
<div class="facts-of"></div>
<form method="dialog"><button>${page.say('report.how.close')}</button></form>
</dialog>`;
};
