import type { Comparison } from '../checker/index.ts';
import type { WireComparison } from '../contract/index.ts';
import type { Words } from './words.ts';

/** A published number beside ours, in the reader's language. */
export const wireComparison = (of: Comparison, { messages, language }: Words): WireComparison => {
  const say = (id: string, args = {}): string => messages(language, id, args);
  const orPlain = (id: string, plain: string): string => (messages.has(id) ? say(id) : plain);
  const { table, row, column, period, published, verdict, witness } = of;
  return {
    table,
    row,
    column,
    period,
    published: published === '-' ? '–' : published,
    ours: orPlain(`missing.${of.ours}`, of.ours),
    verdict,
    verdictText: say(`published.verdict.${verdict}`),
    reason: of.reason === '' ? '' : say(`published.reason.${of.reason}`),
    ...(witness === undefined
      ? {}
      : {
          witness: say('published.witness', {
            rule: orPlain(`published.rule.${witness.kind}`, witness.rule),
            values: witness.addresses.map((a, i) => `${a} = ${witness.values[i] ?? ''}`).join('; '),
            expected: witness.expected,
          }),
        }),
    ...(of.address === undefined || of.basis !== 'records' ? {} : { address: of.address }),
  };
};
