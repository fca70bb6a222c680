import type { EntryValue } from '../../records/index.ts';
import { type LinkView, noteReveal, openWorkspace, viewLink, type Workspace } from '../../workspace/index.ts';
import { type Command, DATA, type Effects, required } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { linkReader } from '../link-reader.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';
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

/** Names are shown only when it stands on the list of the data folder who saw them (as with `reveal`). */
const noteLooks = (
  { dir }: Workspace,
  { opened, instrument }: LinkView,
  user: string,
  { messages, language, out, now }: Effects,
): void => {
  const look = {
    at: now().toISOString(),
    user,
    reason: 'link show',
    outcome: 'opened',
    files_written: false,
  };
  const fields = [instrument.linkage?.name ?? ''];
  const files = opened.map((record) => noteReveal(dir, { ...look, record, fields }));
  for (const file of new Set(files)) out(`${messages(language, 'cli.link_show.noted', { file })}\n`);
};

/** The two records of a pair, for the person who decides. What is sealed stays so, but for the compared name, with keys. */
export const linkShow: Command = {
  name: 'link show',
  args: [{ name: 'PAIR', required: true }],
  options: [DATA, { ...KEYS, required: false }, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const [pair = ''] = input.args;
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      const { reader, keep } = await linkReader(input, effects, workspace);
      const view = await viewLink(workspace, pair, reader);
      keep();
      if (reader !== undefined) noteLooks(workspace, view, reader.user, effects);
      tell(view, effects);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
