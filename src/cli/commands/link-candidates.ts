import {
  type FoundCandidates,
  linkCandidates,
  openUserKey,
  openWorkspace,
  trustFolder,
} from '../../workspace/index.ts';
import { type Command, DATA, type Effects } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { PASSPHRASE_FILE, passphraseOf } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';

/** Pairs by their record ids; what was opened to compare them is not shown. */
const tell = ({ instrument, candidates }: FoundCandidates, { messages, language, out }: Effects): void => {
  const title = instrument.title[language].text;
  out(`${messages(language, 'cli.link_candidates.head', { title, n: candidates.length })}\n`);
  for (const { one, other, score, band, because } of candidates) {
    const pair = `${one.recordId}:${other.recordId}`;
    const args = { pair, score: score.toFixed(1), band, because: because.join(', ') };
    out(`${messages(language, 'cli.link_candidates.pair', args)}\n`);
  }
};

export const linkCandidatesCommand: Command = {
  name: 'link candidates',
  args: [{ name: 'STUDY', required: true }],
  options: [DATA, { ...KEYS, required: false }, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const [study = ''] = input.args;
    const { keys } = input.options;
    const workspace = await openWorkspace(input.options['data'] ?? '', {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      const trusted = keys === undefined ? undefined : await trustFolder(keys, workspace);
      const reader =
        keys === undefined ? undefined : await openUserKey(keys, await passphraseOf(input, effects, keys));
      for (const found of await linkCandidates(workspace, study, reader)) tell(found, effects);
      trusted?.keep();
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
