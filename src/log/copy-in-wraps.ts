import { begins, readLine, wrapShape } from './copy-format.ts';
import type { Line, LineReader } from './copy-lines.ts';
import type { VaultWrap } from './store-port.ts';

const BATCH = 500;

/** Takes wraps, in order of key id; `next` is the first line behind them. */
export const takeWraps = async (
  lines: LineReader,
  start: Line,
  allowed: boolean,
  put: (wraps: readonly VaultWrap[]) => Promise<void>,
): Promise<{ readonly count: number; readonly next: Line }> => {
  let waiting: VaultWrap[] = [];
  let [count, before] = [0, ''];
  for (let line = start; ; line = await lines.next()) {
    const isWrap = line !== undefined && begins(line, 'key_id');
    if (waiting.length >= BATCH || !isWrap) {
      await put(waiting);
      waiting = [];
    }
    if (line === undefined || !isWrap) return { count, next: line };
    const read = readLine(wrapShape, line);
    const wrap = Buffer.from(read?.wrap ?? '', 'base64');
    const inPlace = allowed && read !== undefined && read.key_id > before;
    if (!inPlace || wrap.toString('base64') !== read.wrap) throw lines.damaged('wrap');
    waiting.push({ keyId: read.key_id, wrap: new Uint8Array(wrap) });
    before = read.key_id;
    count += 1;
  }
};
