import { type MessageArguments, ProblemError, problem, problemText } from '../../vocabulary/index.ts';
import {
  findRecord,
  isWithinDataFolder,
  openUserKey,
  openWorkspace,
  type RevealedField,
  type RevealedRecord,
  revealRecord,
  trustFolder,
} from '../../workspace/index.ts';
import { type Command, DATA, type Effects, required } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { PASSPHRASE_FILE, passphraseOf } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';
import { pathLabel, valueText } from '../revealed-text.ts';
import { writeRevealed } from '../write-revealed.ts';

/** Attachments are written where the person asks for them; the rest goes to the terminal alone and nothing of it is kept. */
const tell = async (
  { study, state, fields }: RevealedRecord,
  { reason, out }: { readonly reason: string; readonly out: string | undefined },
  effects: Effects,
): Promise<void> => {
  const { messages, language } = effects;
  const say = (id: string, args: MessageArguments): void =>
    effects.out(`${messages(language, `cli.reveal.${id}`, args)}\n`);
  const instrument = study.instruments.get(state.instrument);
  const label = ({ field }: RevealedField): string => pathLabel(instrument, field, language);
  const place = ({ field, rowId = '' }: RevealedField): string => `${field}\0${rowId}`;
  say('head', { record: state.recordId, instrument: state.instrument, reason });
  if (fields.length === 0) say('none', {});
  for (const one of fields) {
    const of = { label: label(one), row: one.rowId ?? 'none' };
    if (one.files !== undefined)
      for (const file of one.files) {
        const written = out === undefined ? 'none' : await writeRevealed(out, file);
        say('file', { ...of, name: file.name, bytes: file.bytes, file: written });
      }
    else if ('value' in one.shown)
      say('value', { ...of, value: valueText(one.shown.value, messages, language) });
    else say('unread', { ...of, why: problemText(messages, language, one.shown.fault) });
  }
  const places = fields.map(place);
  for (const one of fields.filter((f, i) => places.indexOf(place(f)) < i))
    say('several', { label: label(one) });
};

export const reveal: Command = {
  name: 'reveal',
  args: [{ name: 'RECORD', required: true }],
  options: [
    DATA,
    KEYS,
    { name: 'reason', kind: 'text', required: true, value: 'TEXT' },
    { name: 'out', kind: 'text', value: 'DIR' },
    PASSPHRASE_FILE,
  ],
  run: async (input, effects) => {
    const [named = ''] = input.args;
    const keys = required(input, 'keys');
    const { out } = input.options;
    if (out !== undefined && isWithinDataFolder(out))
      throw new ProblemError(problem('revealed_in_data_folder', { dir: out }));
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      // Nobody types a passphrase for a folder that shows other keys or another log than the person has seen before.
      const { keep } = await trustFolder(keys, workspace);
      const reader = await openUserKey(keys, await passphraseOf(input, effects, keys));
      const revealed = await revealRecord(workspace, await findRecord(workspace, named), reader);
      keep();
      await tell(revealed, { reason: required(input, 'reason'), out }, effects);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
