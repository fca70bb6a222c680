// Moves the log of a folder to PostgreSQL and tells when it begins. Killed by its parent.
import { writeSync } from 'node:fs';
import { moveStore } from '../../src/workspace/index.ts';

const [, , dir = '', databaseUrl = ''] = process.argv;
writeSync(1, 'begin\n');
await moveStore({ dir, to: 'postgres', databaseUrl });
