import { ProblemError, problem } from '../vocabulary/index.ts';
import type { DirectoryUser, KeyDirectory } from './key-directory.ts';

/** The names in a key directory: in order, each once, or told. */
export const sortedBy = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
  items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));

export const findUser = (directory: KeyDirectory, user: string): DirectoryUser | undefined =>
  directory.users.find((u) => u.user === user);

export const knownUser = (directory: KeyDirectory, user: string): DirectoryUser => {
  const found = findUser(directory, user);
  if (found === undefined) throw unknown('user', user);
  return found;
};

type Kind = 'user' | 'device' | 'team' | 'member';
export const unknown = (kind: Kind, name: string): ProblemError =>
  new ProblemError(problem('directory_name_unknown', { kind, name }));
export const taken = (kind: Kind, name: string): ProblemError =>
  new ProblemError(problem('directory_name_taken', { kind, name }));
