/**
 * What sealing takes from the world besides its input. Identities and shares take their randomness inside the libraries
 * that make them (`crypto.getRandomValues`), which offer no other way.
 */
export interface Randomness {
  /** That many bytes from a cryptographically secure source. */
  readonly random: (bytes: number) => Uint8Array;
}
