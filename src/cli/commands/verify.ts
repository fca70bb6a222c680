import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { LogStore } from '../../log/index.ts';
import { parseLeaf } from '../../records/index.ts';
import { type MessageArguments, ProblemError, problem } from '../../vocabulary/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { type Command, DATA, isFlagged, required } from '../command.ts';
import { recordEffects } from '../record-effects.ts';

/** A checkpoint that was kept elsewhere. Throws ProblemError `study_file_missing` when there is no such file. */
const witness = (file: string): string => {
  if (!existsSync(file)) throw new ProblemError(problem('study_file_missing', { file }));
  return readFileSync(file, 'utf8');
};

/** Whose entry a finding is about, as far as it can still be read: what a coordinator asks first. */
const aboutEntry = async (store: LogStore, entryId: string): Promise<MessageArguments | undefined> => {
  const stored = entryId === '' ? undefined : await store.find(entryId);
  if (stored === undefined) return undefined;
  try {
    const { body } = parseLeaf(stored.bytes).leaf;
    return { record: body.record_id, author: body.author, day: body.occurred_at.slice(0, 10) };
  } catch {
    return undefined;
  }
};

export const verify: Command = {
  name: 'verify',
  args: [],
  options: [
    DATA,
    { name: 'witness', kind: 'text', value: 'FILE' },
    { name: 'checkpoint', kind: 'text', value: 'FILE' },
    { name: 'every-signature', kind: 'flag' },
  ],
  run: async (input, effects) => {
    const workspace = await openWorkspace(required(input, 'data'), {
      effects: recordEffects(effects),
      readOnly: true,
    });
    const say = (id: string, args: MessageArguments): string => effects.messages(effects.language, id, args);
    try {
      const witnessed = input.options['witness'] === undefined ? [] : [witness(input.options['witness'])];
      const found = await workspace.verify({
        witnessed,
        everySignature: isFlagged(input, 'every-signature'),
      });
      const { entries, root, signatures, checkpoints, findings, more, clocks } = found;
      for (const { what, position, entryId, shownBy } of findings) {
        effects.note(`${say('cli.verify.finding', { what, position, entry: entryId || 'none', shownBy })}\n`);
        const about = await aboutEntry(workspace.store, entryId);
        if (about !== undefined) effects.note(`${say('cli.verify.about', about)}\n`);
      }
      const { receivedEarlier, occurredLater } = clocks;
      if (receivedEarlier > 0)
        effects.note(`${say('cli.verify.received_earlier', { count: receivedEarlier })}\n`);
      if (occurredLater > 0) effects.note(`${say('cli.verify.occurred_later', { count: occurredLater })}\n`);
      if (findings.length > 0)
        throw new ProblemError(problem('log_tampered', { findings: findings.length + more }));
      const { checkpoint } = await workspace.head();
      const file = input.options['checkpoint'];
      if (file !== undefined && checkpoint !== undefined) writeFileSync(file, checkpoint);
      effects.out(`${say('cli.verify.done', { entries, root, signatures, checkpoints })}\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
};
