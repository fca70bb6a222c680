import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { hasShortHeader } from './age-header.ts';

/**
 * X25519 keys in the texts of the age format (age-encryption.org/v1): an identity (`AGE-SECRET-KEY-1…`) opens what was
 * encrypted to its recipient (`age1…`). Any age tool takes both, so what is sealed here can be opened without us.
 */
export const makeIdentity = (): Promise<string> => generateX25519Identity();

/** The recipient that an identity opens for. Throws ProblemError `identity_unreadable`. */
export const recipientOf = async (identity: string): Promise<string> => {
  // The library takes other kinds of key too; the parts of suite 1 are X25519 only.
  if (!/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(identity)) throw unreadable();
  try {
    return await identityToRecipient(identity);
  } catch {
    throw unreadable();
  }
};

/**
 * An identity as a person copies it from paper: spaces, line breaks and small letters do not matter; a wrong letter is
 * found by the checksum in the text. Throws ProblemError `identity_unreadable`.
 */
export const readIdentity = async (text: string): Promise<string> => {
  const identity = text.replaceAll(/\s/g, '').toUpperCase();
  await recipientOf(identity);
  return identity;
};

/**
 * A small age file that each of the recipients opens. Throws ProblemError `recipient_invalid`, also for none: what nobody
 * can open is lost.
 */
export const encryptTo = async (bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> =>
  encrypterFor(recipients).encrypt(bytes);

/**
 * What is in a small age file, or undefined when none of the identities opens it or it was altered: which of the two is
 * not told apart. Throws ProblemError `identity_unreadable` for an identity that is none.
 */
export const decryptWith = async (
  file: Uint8Array,
  identities: readonly string[],
): Promise<Uint8Array | undefined> => {
  const decrypter = decrypterWith(identities);
  if (!hasShortHeader(file)) return undefined;
  try {
    return await decrypter.decrypt(file);
  } catch {
    return undefined;
  }
};

/** For streams. Throws ProblemError `recipient_invalid`. */
export const encrypterFor = (recipients: readonly string[]): Encrypter => {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    if (!/^age1[02-9ac-hj-np-z]{58}$/.test(recipient)) throw notRecipient(recipient);
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw notRecipient(recipient);
    }
  }
  if (recipients.length === 0) throw notRecipient('');
  return encrypter;
};

/** For streams. Throws ProblemError `identity_unreadable`. */
export const decrypterWith = (identities: readonly string[]): Decrypter => {
  const decrypter = new Decrypter();
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch {
      throw unreadable();
    }
  }
  return decrypter;
};

const unreadable = (): ProblemError => new ProblemError(problem('identity_unreadable'));
const notRecipient = (recipient: string): ProblemError =>
  new ProblemError(problem('recipient_invalid', { recipient }));
