// Reads the records of a log in PostgreSQL up to a size, as freezing does, and tells the peak memory in MiB. `read-all.ts URL ORG TO`.
import { openPostgresStore } from '../../adapters/store-postgres/index.ts';

const [, , url = '', org = '', to = '0'] = process.argv;
const store = await openPostgresStore({ url, org, readOnly: true });
let leaves = 0;
for await (const record of store.records(Number(to))) leaves += record.length;
await store.close();
process.stdout.write(JSON.stringify({ leaves, mebibytes: process.resourceUsage().maxRSS / 1024 }));
