import { existsSync, readFileSync } from 'node:fs';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { type Effects, type Input, list, type Option } from './command.ts';

/** A passphrase never stands on the command line: other processes and the shell's history would see it. */
export const PASSPHRASE_FILE: Option = { name: 'passphrase-file', kind: 'text', value: 'FILE' };

/** The passphrase that was handed over without asking: from a file (of several, the one at `index`) or the environment. */
const given = (input: Input, { env }: Effects, index: number): string | undefined => {
  const file = list(input.options['passphrase-file'] ?? '')[index];
  if (file === undefined) return env['BAQYLAU_PASSPHRASE'];
  if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
};

/**
 * The passphrase of a key that is to be opened: from `--passphrase-file`, else BAQYLAU_PASSPHRASE, else asked without echo.
 * Several keys have their files in the same order, separated by commas.
 */
export const passphraseOf = async (input: Input, effects: Effects, key: string, index = 0): Promise<string> =>
  given(input, effects, index) ??
  effects.askSecret(effects.messages(effects.language, 'cli.keys.passphrase', { key }));

/**
 * The passphrase of a key that is being made. Unless one is handed over it is generated, because one that people think up is
 * guessed; `show` says it once, to be copied to paper.
 */
export const passphraseForNew = (
  input: Input,
  effects: Effects,
  generate: () => string,
): { readonly passphrase: string; readonly isGenerated: boolean } => {
  const handed = given(input, effects, 0);
  return handed === undefined
    ? { passphrase: generate(), isGenerated: true }
    : { passphrase: handed, isGenerated: false };
};
