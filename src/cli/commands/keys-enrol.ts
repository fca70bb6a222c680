import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makePassphrase, readIdentity, type UserKey } from '../../sealing/index.ts';
import { ProblemError, problem, toBase64url } from '../../vocabulary/index.ts';
import {
  enrolmentFile,
  folderDevice,
  hasUserKey,
  isOrgCode,
  isUserCode,
  makeUserKey,
  openUserKey,
  safetyNumber,
  writeDurably,
} from '../../workspace/index.ts';
import { type Command, type Effects, type Input, isFlagged, required } from '../command.ts';
import { KEYS } from '../key-option.ts';
import { PASSPHRASE_FILE, passphraseForNew, passphraseOf } from '../passphrase.ts';

/** A person makes their key, or takes the one they have, and a file of public keys to bring to the root key's holder. */
export const keysEnrol: Command = {
  name: 'keys enrol',
  args: [],
  options: [
    { name: 'user', kind: 'text', required: true, value: 'CODE' },
    { name: 'org', kind: 'text', required: true, value: 'CODE' },
    KEYS,
    { name: 'out', kind: 'text', required: true, value: 'DIR' },
    { name: 'data', kind: 'text', value: 'DIR' },
    { name: 'paper', kind: 'flag' },
    { name: 'from-paper', kind: 'flag' },
    PASSPHRASE_FILE,
  ],
  run: async (input, effects) => {
    const [user, org, out] = [required(input, 'user'), required(input, 'org'), required(input, 'out')];
    if (!isOrgCode(org)) throw new ProblemError(problem('org_code_invalid', { org }));
    if (!isUserCode(user)) throw new ProblemError(problem('user_code_invalid', { user }));
    const device = input.options['data'] === undefined ? undefined : folderDevice(input.options['data']);
    if (device !== undefined && device.org !== org)
      throw new ProblemError(problem('directory_other_org', { org, found: device.org }));
    const key = await userKey(input, effects, { user, org });
    const about = { org, user, recipient: key.recipient };
    const file = join(out, `enrolment-${user}.json`);
    const text =
      device === undefined
        ? await enrolmentFile(about)
        : await enrolmentFile(
            { ...about, device: { device: device.device, public_key: toBase64url(device.publicKey) } },
            device.sign,
          );
    mkdirSync(out, { recursive: true });
    writeDurably(file, text, 0o600);
    const code = safetyNumber(text);
    effects.out(`${effects.messages(effects.language, 'cli.keys_enrol.done', { file, code })}\n`);
    return 0;
  },
};

/** The key in the folder, or a new one, whose passphrase and, if asked for, recovery code are shown for paper. */
const userKey = async (
  input: Input,
  effects: Effects,
  { user, org }: { readonly user: string; readonly org: string },
): Promise<UserKey> => {
  const dir = required(input, 'keys');
  const say = (id: string, args: Record<string, string>): void =>
    effects.out(`${effects.messages(effects.language, id, args)}\n`);
  if (hasUserKey(dir)) {
    const key = await openUserKey(dir, await passphraseOf(input, effects, dir));
    if (key.user !== user || key.org !== org)
      throw new ProblemError(problem('key_of_another', { dir, user: key.user, org: key.org }));
    return key;
  }
  const ask = (): Promise<string> =>
    effects.askSecret(effects.messages(effects.language, 'cli.keys_enrol.ask_code'));
  const identity = isFlagged(input, 'from-paper') ? { identity: await readIdentity(await ask()) } : {};
  const { passphrase, isGenerated } = passphraseForNew(input, effects, () => makePassphrase(effects));
  const key = await makeUserKey(dir, { org, user, passphrase, random: effects.random, ...identity });
  if (isGenerated) say('cli.keys.new_passphrase', { passphrase, key: dir });
  if (isFlagged(input, 'paper')) say('cli.keys_enrol.recovery_code', { code: key.identity });
  return key;
};
