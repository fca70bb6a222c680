/** Markup that is safe by construction: the template escapes every value that is not itself markup made by the template. */
export interface Markup {
  readonly markup: string;
}
export type MarkupValue = Markup | string | number | undefined | false | readonly MarkupValue[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

const put = (value: MarkupValue): string => {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(put).join('');
};

/** ``html`<p>${text}</p>` ``: text is escaped, in content and in quoted attributes alike; undefined and false print nothing. */
export const html = (strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup => ({
  markup: strings.map((s, i) => s + (i < values.length ? put(values[i]) : '')).join(''),
});

/** Markup from a source that was checked elsewhere: our own style sheet, our own script, an SVG of ours. */
export const trusted = (markup: string): Markup => ({ markup });
