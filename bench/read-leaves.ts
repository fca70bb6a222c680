// Reads and hashes every leaf of a log, and does nothing else: what verification is measured against.
import { join } from 'node:path';
import { openSqliteStore } from '../adapters/store-sqlite/index.ts';
import { leafHash } from '../src/log/index.ts';

const [, , dir = ''] = process.argv;
const store = openSqliteStore(join(dir), { readOnly: true });
let last = new Uint8Array();
for await (const { bytes } of store.read(0)) last = Uint8Array.from(leafHash(bytes));
process.stdout.write(`${Buffer.from(last).toString('hex')}\n`);
await store.close();
