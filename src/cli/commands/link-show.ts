import type { EntryValue } from '../../records/index.ts';
import { type LinkView, openUserKey, openWorkspace, trustFolder, viewLink } from '../../workspace/index.ts';
import { type Command, DATA, type Effects, required } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { PASSPHRASE_FILE, passphraseOf } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';
import { pathLabel, valueText } from '../revealed-text.ts';

const tell = ({ instrument, fields, ...view }: LinkView, { messages, language, out }: Effects): void => {
  const say = (id: string, args: Parameters<typeof messages>[2]): void =>
    out(`${messages(language, `cli.link_show.${id}`, args)}\n`);
  const shown = (value: EntryValue | undefined): string =>
    value === undefined ? '–' : valueText(value, messages, language);
  say('head', {
    instrument: instrument.title[language].text,
    one: view.one,
    other: view.other,
    score: view.score.toFixed(1),
    because: view.because.join(', '),
  });
  for (const { field, ...stated } of fields) {
    const [one, other] = [shown(stated.one), shown(stated.other)];
    const label = pathLabel(instrument, field, language);
    say('field', { label, one, other, alike: one === other ? 'yes' : 'no' });
  }
};

/** The two records of a pair, for the person who decides. What is sealed stays so, but for the compared name, with keys. */
export const linkShow: Command = {
  name: 'link show',
  args: [{ name: 'PAIR', required: true }],
  options: [DATA, { ...KEYS, required: false }, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const [pair = ''] = input.args;
    const { keys } = input.options;
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      const trusted = keys === undefined ? undefined : await trustFolder(keys, workspace);
      const reader =
        keys === undefined ? undefined : await openUserKey(keys, await passphraseOf(input, effects, keys));
      tell(await viewLink(workspace, pair, reader), effects);
      trusted?.keep();
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
