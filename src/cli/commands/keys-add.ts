import { existsSync, readFileSync } from 'node:fs';
import { addDevice, addUser, type KeyDirectory } from '../../sealing/index.ts';
import { ProblemError, problem } from '../../vocabulary/index.ts';
import { type Enrolment, isSafetyNumber, openEnrolment } from '../../workspace/index.ts';
import { type Command, required } from '../command.ts';
import { changeDirectory, OFFLINE } from '../offline-machine.ts';
import { PASSPHRASE_FILE } from '../passphrase.ts';

/** A person, or a further device of theirs, comes into the directory: only with the safety number that they read aloud. */
export const keysAdd: Command = {
  name: 'keys add',
  args: [{ name: 'FILE', required: true }],
  options: [OFFLINE, { name: 'code', kind: 'text', required: true, value: 'DIGITS' }, PASSPHRASE_FILE],
  run: async (input, effects) => {
    const [file = ''] = input.args;
    if (!existsSync(file)) throw new ProblemError(problem('file_missing', { file }));
    const text = readFileSync(file, 'utf8');
    const enrolment = await openEnrolment(text);
    if (!isSafetyNumber(required(input, 'code'), text))
      throw new ProblemError(problem('enrolment_code_differs', { user: enrolment.user }));
    await changeDirectory(input, effects, (directory) => enrolled(directory, enrolment));
    return 0;
  },
};

const enrolled = (directory: KeyDirectory, { org, user, recipient, device }: Enrolment): KeyDirectory => {
  if (directory.org !== org)
    throw new ProblemError(problem('directory_other_org', { org: directory.org, found: org }));
  const isKnown = directory.users.some((known) => known.user === user && known.recipient === recipient);
  // Known with this very key: it can only be about a further device.
  const withUser = isKnown && device !== undefined ? directory : addUser(directory, { user, recipient });
  return device === undefined ? withUser : addDevice(withUser, { ...device, user });
};
