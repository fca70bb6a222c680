/** Controls but for a tab and the end of a line, and signs that turn the direction of writing round. */
const COMMANDING = /(?!\t|\r?\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text as a terminal may show it. What comes from a file or a log is somebody else's: it must not move the cursor, recolour
 * or retitle the window, or read otherwise than it is.
 */
export const terminalText = (text: string): string => text.replaceAll(COMMANDING, '\ufffd');

/** Writes to a stream; where a person looks at it, as `terminalText`, elsewhere byte for byte. */
export const writerTo =
  (stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>) =>
  (text: string): void =>
    void stream.write(stream.isTTY ? terminalText(text) : text);
