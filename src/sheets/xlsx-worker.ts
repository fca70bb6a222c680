import { parentPort, workerData } from 'node:worker_threads';
import { parseXlsx, type XlsxRequest } from './xlsx-parse.ts';

// A workbook is parsed in a thread of its own, which the caller can end at any time.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(await parseXlsx(workerData as XlsxRequest));
