import canonicalize from 'canonicalize';

const encoder = new TextEncoder();

/**
 * RFC 8785 (JCS) text of JSON data: one value, one spelling, on every machine. Throws TypeError for what JSON cannot hold
 * (undefined, NaN, lone surrogates).
 */
export const canonicalText = (value: unknown): string => {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new TypeError(`no canonical JSON: ${String(cause)}`, { cause });
  }
  if (text === undefined) throw new TypeError('no canonical JSON: undefined');
  return text;
};

/** UTF-8 bytes of the canonical text. */
export const canonicalBytes = (value: unknown): Uint8Array => encoder.encode(canonicalText(value));
