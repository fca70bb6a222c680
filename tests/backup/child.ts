// Backs up (`backup DATA BACKUPS RECIPIENT TIME`) or restores (`restore BACKUPS IDENTITY TO`), and tells when it begins and
// when it is done. Killed by its parent.
import { writeSync } from 'node:fs';
import { restoreBackup, takeBackup } from '../../src/workspace/index.ts';
import { at, withWorkspace } from './backups.ts';

const [, , what = '', ...given] = process.argv;
writeSync(1, 'begin\n');
if (what === 'backup') {
  const [data = '', to = '', recipient = '', time = ''] = given;
  await withWorkspace(data, (workspace) => takeBackup(workspace, { to, recipient, effects: at(time) }));
} else {
  const [from = '', identity = '', to = ''] = given;
  await restoreBackup(from, [identity], to);
}
writeSync(1, 'done\n');
