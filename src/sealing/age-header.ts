import { joined } from './bytes.ts';

/**
 * The header of an age file has a stanza for each recipient; ours have at most a few. The library reads a header of any
 * length and tries every stanza, so a file made to be slow would stop the machine: 16 KiB hold a hundred recipients.
 */
const LONGEST = 16 * 1024;
const END = new TextEncoder().encode('\n--- ');

/** Whether the header ends within the length that we read. */
export const hasShortHeader = (file: Uint8Array): boolean => {
  const head = file.subarray(0, LONGEST);
  for (let at = head.indexOf(END[0] ?? 0); at >= 0; at = head.indexOf(END[0] ?? 0, at + 1))
    if (END.every((byte, i) => head[at + i] === byte)) return true;
  return false;
};

/** The same file as a stream; it fails with a RangeError once its header is longer than any of ours. */
export const withShortHeader = (file: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
  let head = new Uint8Array();
  let isRead = false;
  const check = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      if (isRead) {
        controller.enqueue(chunk);
        return;
      }
      head = joined(head, chunk);
      isRead = hasShortHeader(head);
      if (isRead) controller.enqueue(head);
      else if (head.length > LONGEST) throw new RangeError('the header does not end');
    },
    flush: (controller) => {
      if (!isRead) controller.enqueue(head);
    },
  });
  return file.pipeThrough(check);
};
