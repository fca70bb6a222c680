import { type MessageArguments, ProblemError, problem, problemText } from '../../vocabulary/index.ts';
import {
  findRecord,
  isWithinDataFolder,
  noteReveal,
  openUserKey,
  openWorkspace,
  type Reader,
  type RevealedField,
  type RevealedRecord,
  revealRecord,
  trustFolder,
  type Workspace,
} from '../../workspace/index.ts';
import { type Command, DATA, type Effects, required } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { PASSPHRASE_FILE, passphraseOf } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';
import { pathLabel, valueText } from '../revealed-text.ts';
import { writeRevealed } from '../write-revealed.ts';

interface Look {
  readonly reason: string;
  /** Folder that attachments are written to. */
  readonly out: string | undefined;
}

/** Opens a record and puts on the list of the data folder who looked, before anything is shown; also where nothing opened. */
const openNoted = async (
  workspace: Workspace,
  record: string,
  { reader, look, at }: { readonly reader: Reader; readonly look: Look; readonly at: string },
): Promise<{ readonly revealed: RevealedRecord; readonly noted: string }> => {
  const note = (outcome: string, fields: readonly string[]): string =>
    noteReveal(workspace.dir, {
      at,
      user: reader.user,
      record,
      reason: look.reason,
      outcome,
      fields,
      files_written: look.out !== undefined,
    });
  try {
    const revealed = await revealRecord(workspace, record, reader);
    const opened = revealed.fields.filter(({ shown }) => 'value' in shown).map(({ field }) => field);
    return { revealed, noted: note('opened', [...new Set(opened)]) };
  } catch (error) {
    if (error instanceof ProblemError) note(error.problems[0]?.code ?? '', []);
    throw error;
  }
};

/** Attachments are written where the person asks for them; the rest goes to the terminal alone and nothing of it is kept. */
const tell = async (
  { study, state, fields }: RevealedRecord,
  { reason, out, noted }: Look & { readonly noted: string },
  effects: Effects,
): Promise<void> => {
  const { messages, language } = effects;
  const say = (id: string, args: MessageArguments): void =>
    effects.out(`${messages(language, `cli.reveal.${id}`, args)}\n`);
  const instrument = study.instruments.get(state.instrument);
  const label = ({ field }: RevealedField): string => pathLabel(instrument, field, language);
  const place = ({ field, rowId = '' }: RevealedField): string => `${field}\0${rowId}`;
  say('head', { record: state.recordId, instrument: state.instrument, reason, noted });
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
      const look = { reason: required(input, 'reason'), out };
      const at = effects.now().toISOString();
      const record = await findRecord(workspace, named);
      const { revealed, noted } = await openNoted(workspace, record, { reader, look, at });
      keep();
      await tell(revealed, { ...look, noted }, effects);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
