import type { KeyDirectory, SignedDirectory } from '../sealing/index.ts';
import { nextDirectory } from '../sealing/index.ts';
import { newestDirectory, openRootFolder } from '../workspace/index.ts';
import { type Effects, type Input, type Option, required } from './command.ts';
import { passphraseOf } from './passphrase.ts';
import { recordEffects } from './record-effects.ts';

/** The folder with the root key, on a machine that no network reaches. */
export const OFFLINE: Option = { name: 'offline', kind: 'text', required: true, value: 'DIR' };

/**
 * Opens the root key, changes the newest directory and signs the next. Nothing is written when the change is refused. Says
 * which file is to be carried to the server.
 */
export const changeDirectory = async (
  input: Input,
  effects: Effects,
  change: (directory: KeyDirectory) => KeyDirectory | Promise<KeyDirectory>,
): Promise<SignedDirectory> => {
  const dir = required(input, 'offline');
  const before = await newestDirectory(dir);
  const folder = await openRootFolder(dir, await passphraseOf(input, effects, dir));
  const changed = nextDirectory(before, await change(before.directory), recordEffects(effects));
  const { signed, file } = await folder.sign(changed);
  const { number } = signed.directory;
  effects.out(`${effects.messages(effects.language, 'cli.keys.signed', { number, file })}\n`);
  return signed;
};
