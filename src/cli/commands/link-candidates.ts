import { type FoundCandidates, linkCandidates, openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, type Effects } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { linkReader } from '../link-reader.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';
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
    const workspace = await openWorkspace(input.options['data'] ?? '', {
      effects: recordEffects(effects),
      readOnly: true,
    });
    try {
      const { reader, keep } = await linkReader(input, effects, workspace);
      for (const found of await linkCandidates(workspace, study, reader)) tell(found, effects);
      keep();
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
