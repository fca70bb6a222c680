import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  firstDirectory,
  makeIdentity,
  makePassphrase,
  recipientOf,
  splitRecovery,
} from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import {
  type Enrolment,
  isOrgCode,
  makeRootFolder,
  openEnrolment,
  rootKeyText,
  safetyNumber,
  writeDurably,
} from '../../workspace/index.ts';
import { type Command, list, required } from '../command.ts';
import { OFFLINE } from '../offline-machine.ts';
import { PASSPHRASE_FILE, passphraseForNew } from '../passphrase.ts';
import { recordEffects } from '../record-effects.ts';

/** Three of five (security plan, 3.5): two may be lost or forced, three must agree. */
const [CUSTODIANS, THRESHOLD] = [5, 3];

/** Root key, recovery key in shares, first directory: once in the life of an organisation, on an offline machine. */
export const keysCeremony: Command = {
  name: 'keys ceremony',
  args: [],
  options: [
    OFFLINE,
    { name: 'org', kind: 'text', required: true, value: 'CODE' },
    { name: 'custodians', kind: 'text', required: true, value: 'FILE,FILE,FILE,FILE,FILE' },
    PASSPHRASE_FILE,
  ],
  run: async (input, effects) => {
    const [dir, org] = [required(input, 'offline'), required(input, 'org')];
    const say = (id: string, args: Record<string, string | number>): void =>
      effects.out(`${effects.messages(effects.language, `cli.keys_ceremony.${id}`, args)}\n`);
    if (!isOrgCode(org)) throw new ProblemError(problem('org_code_invalid', { org }));
    const custodians = await custodiansOf(list(required(input, 'custodians')), org);

    const { passphrase, isGenerated } = passphraseForNew(input, effects, () => makePassphrase(effects));
    const folder = await makeRootFolder(dir, { org, passphrase, random: effects.random });
    // The recovery identity exists only here, between these lines.
    const identity = await makeIdentity();
    const recipient = await recipientOf(identity);
    const sealedFor = custodians.map(({ user, recipient: theirs }) => ({
      custodian: user,
      recipient: theirs,
    }));
    const shares = await splitRecovery({ org, identity }, sealedFor, THRESHOLD);

    mkdirSync(join(dir, 'shares'), { mode: 0o700 });
    for (const { number, custodian, file } of shares)
      writeDurably(join(dir, 'shares', `share-${number}-${custodian}.age`), file, 0o600);
    const recovery = { recipient, threshold: THRESHOLD, shares: CUSTODIANS };
    const { file } = await folder.sign(firstDirectory({ org, recovery }, recordEffects(effects)));

    const root = rootKeyText(folder.root);
    say('root', { root, code: safetyNumber(root) });
    for (const { user, text } of custodians) say('custodian', { user, code: safetyNumber(text) });
    say('done', { shares: join(dir, 'shares'), file });
    if (isGenerated)
      effects.out(
        `${effects.messages(effects.language, 'cli.keys.new_passphrase', { passphrase, key: dir })}\n`,
      );
    return 0;
  },
};

/** Throws ProblemError `custodians_needed` unless five different people have enrolled for this organisation. */
const custodiansOf = async (
  files: readonly string[],
  org: string,
): Promise<readonly (Enrolment & { readonly text: string })[]> => {
  const custodians = await Promise.all(
    files.map(async (file) => {
      if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
      const text = readFileSync(file, 'utf8');
      const enrolment = await openEnrolment(text);
      if (enrolment.org !== org)
        throw new ProblemError(problem('directory_other_org', { org, found: enrolment.org }));
      return { ...enrolment, text };
    }),
  );
  const people = new Set(custodians.map((custodian) => custodian.user)).size;
  const keys = new Set(custodians.map((custodian) => custodian.recipient)).size;
  if (files.length !== CUSTODIANS || people !== CUSTODIANS || keys !== CUSTODIANS)
    throw new ProblemError(
      problem('custodians_needed', { needed: CUSTODIANS, given: Math.min(files.length, people, keys) }),
    );
  return custodians;
};
