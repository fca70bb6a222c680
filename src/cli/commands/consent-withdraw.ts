import { WITHDRAWAL_WAYS } from '../../records/index.ts';
import { findRecord, openWorkspace, withdrawConsent } from '../../workspace/index.ts';
import { type Command, DATA, isFlagged, oneOf, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

export const consentWithdraw: Command = {
  name: 'consent withdraw',
  args: [{ name: 'RECORD', required: true }],
  options: [
    DATA,
    { name: 'author', kind: 'text', required: true, value: 'CODE' },
    { name: 'how', kind: 'text', required: true, value: 'CODE' },
    { name: 'dry-run', kind: 'flag' },
  ],
  run: async (input, effects) => {
    const [named = ''] = input.args;
    const { messages, language, out } = effects;
    const request = {
      author: required(input, 'author'),
      how: oneOf('--how', required(input, 'how'), WITHDRAWAL_WAYS),
    };
    const dryRun = isFlagged(input, 'dry-run');
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: dryRun,
    });
    try {
      const record = await findRecord(workspace, named);
      const { leaving, again } = await withdrawConsent(workspace, record, request, { dryRun });
      const outcome = again ? 'again' : dryRun ? 'dry_run' : 'done';
      out(`${messages(language, `cli.consent_withdraw.${outcome}`, { record })}\n`);
      for (const { recordId, instrument } of leaving) {
        const args = { record: recordId, instrument: instrument.title[language].text };
        out(`${messages(language, 'cli.consent_withdraw.leaving', args)}\n`);
      }
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
