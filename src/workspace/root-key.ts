import { verifierKey } from '../log/index.ts';
import type { Verify } from '../records/index.ts';
import type { RootKey } from '../sealing/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import { verifierOf } from './device-key.ts';

/** The public part of an organisation's root key, with what checks its signatures. */
export type TrustedRoot = RootKey & { readonly verify: Verify };

/**
 * The root key as it stands on paper, in `config.yaml` and in a pin: a C2SP verifier key
 * (`baqylau/<org>/root+<check>+<key>`). Its check finds a letter that was copied wrong.
 */
export const rootKeyText = ({ org, publicKey }: RootKey): string =>
  verifierKey({ name: `baqylau/${encodeURIComponent(org)}/root`, publicKey });

/** Reads a root key, however its line was broken. Throws ProblemError `root_key_invalid`. */
export const readRootKey = (typed: string): TrustedRoot => {
  const text = typed.replaceAll(/\s/g, '');
  const [, org, bytes] =
    /^baqylau\/([\w.~!*'()%-]+)\/root\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
  const publicKey = new Uint8Array(Buffer.from(bytes ?? '', 'base64').subarray(1));
  if (org === undefined || publicKey.length !== 32 || rootKeyText({ org, publicKey }) !== text)
    throw new ProblemError(problem('root_key_invalid'));
  return { org, publicKey, verify: verifierOf(publicKey) };
};
