import type { Comparison } from '../checker/index.ts';
import type { WireComparison } from '../contract/index.ts';
import { displayNumber, parseAddress, type Table } from '../tables/index.ts';
import { labelText, parseDecimal, roundTo } from '../vocabulary/index.ts';
import type { Words } from './words.ts';

/** What a published number is about: in the words of our table where we have one, else by the keys of the reference file. */
const named = (
  { table, row, column, address }: Comparison,
  tables: readonly Table[],
  { language }: Words,
): Pick<WireComparison, 'table' | 'row' | 'column'> => {
  if (address === undefined) return { table, row, column };
  const { table: id, rowCodes, measure } = parseAddress(address);
  const ours = tables.find((t) => t.id === id);
  if (ours === undefined) return { table, row, column };
  const codes = rowCodes.flatMap((code, i) => ours.dimensions[i]?.codes.find((c) => c.code === code) ?? []);
  const label = ours.measures.find((m) => m.id === measure)?.label;
  return {
    table: labelText(ours.title, language),
    row: codes.length === 0 ? row : codes.map((c) => labelText(c.label, language)).join(', '),
    column: label === undefined ? column : labelText(label, language),
  };
};

/** Our number with one digit more than the published one, so that a difference is seen. */
const ourText = (ours: string, published: string, { messages, language }: Words): string => {
  if (messages.has(`missing.${ours}`)) return messages(language, `missing.${ours}`);
  if (!/^-?\d+\.\d+$/.test(ours)) return /^-?\d+$/.test(ours) ? displayNumber(language, ours) : ours;
  const decimals = /[.,](\d+)/.exec(published)?.[1]?.length ?? 0;
  return displayNumber(language, roundTo(parseDecimal(ours), decimals + 1));
};

/** A published number beside ours, in the reader's language. */
export const wireComparison = (of: Comparison, tables: readonly Table[], words: Words): WireComparison => {
  const { messages, language } = words;
  const say = (id: string, args = {}): string => messages(language, id, args);
  const { period, published, verdict, witness } = of;
  const rule = witness === undefined ? '' : `published.rule.${witness.kind}`;
  return {
    ...named(of, tables, words),
    period,
    published: published === '-' ? '–' : published,
    ours: ourText(of.ours, published, words),
    verdict,
    verdictText: say(`published.verdict.${verdict}`),
    reason: of.reason === '' ? '' : say(`published.reason.${of.reason}`),
    ...(witness === undefined
      ? {}
      : {
          witness: say('published.witness', {
            rule: messages.has(rule) ? say(rule) : witness.rule,
            values: witness.addresses.map((a, i) => `${a} = ${witness.values[i] ?? ''}`).join('; '),
            expected: witness.expected,
          }),
        }),
    ...(of.address === undefined || of.basis !== 'records' ? {} : { address: of.address }),
  };
};
