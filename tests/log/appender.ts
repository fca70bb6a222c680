// Appends one card after another and writes the entry id of each as soon as it is acknowledged. Killed by its parent.
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openWorkspace } from '../../src/workspace/index.ts';
import { aCard } from '../builders/workspace.ts';

const [, , dir = '', run = '0'] = process.argv;
const effects = { clock: Date.now, random: (bytes: number) => new Uint8Array(randomBytes(bytes)) };
const workspace = await openWorkspace(dir, { effects });
writeSync(1, 'open\n');
for (let n = 0; ; n += 1) {
  const { entryIds } = await workspace.append([aCard(workspace, Number(run) * 1_000_000 + n)]);
  writeSync(1, `${entryIds[0]}\n`);
}
