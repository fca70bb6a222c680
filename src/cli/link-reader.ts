import { openUserKey, trustFolder, type Workspace } from '../workspace/index.ts';
import type { Effects, Input } from './command.ts';
import { passphraseOf } from './passphrase.ts';

/** Who compares names, where `--keys` was given; without it nobody does. `keep` remembers the directory that was trusted. */
export const linkReader = async (input: Input, effects: Effects, workspace: Workspace) => {
  const { keys } = input.options;
  if (keys === undefined) return { reader: undefined, keep: () => {} };
  const trusted = await trustFolder(keys, workspace);
  const reader = await openUserKey(keys, await passphraseOf(input, effects, keys));
  return { reader, keep: () => trusted.keep() };
};
