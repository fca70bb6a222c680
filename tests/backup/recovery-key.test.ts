import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeIdentity, recipientOf } from '../../src/sealing/index.ts';
import { aTerminal, type Terminal } from '../cli/a-terminal.ts';
import { aDirectory, aRoot } from '../keys/an-organisation.ts';
import { aPlace, aPlan, type Place, withWorkspace } from './backups.ts';

let place: Place;
let terminal: Terminal;
beforeEach(async () => {
  place = await aPlace(aPlan(5));
  terminal = aTerminal({ now: () => new Date() });
  const holder = aRoot();
  await withWorkspace(
    place.data,
    async (workspace) => {
      const directory = await aDirectory(workspace);
      const recovery = { ...directory.recovery, recipient: place.recipient };
      const { note } = await holder.sign({ ...directory, recovery });
      await workspace.installDirectory(note, holder.root);
    },
    false,
  );
  writeFileSync(place.path('recovery.txt'), `${place.identity}\n`);
});
afterEach(() => {
  terminal.close();
  place.remove();
});

const backup = (...more: readonly string[]) =>
  terminal.run('backup', '--data', place.data, '--to', place.backups, ...more);
const restore = () => {
  const paths = ['--from', place.backups, '--identity', place.path('recovery.txt')];
  return terminal.run('restore', ...paths, '--data', place.path('restored'));
};

it('the recovery key of the key directory opens backups, without anybody being named', async () => {
  expect(await backup()).toMatchObject({ code: 0, note: '' });
  expect(await restore()).toMatchObject({ code: 0, note: '' });
});
it('nobody else can be named', async () => {
  const { code, note } = await backup('--recipient', await recipientOf(await makeIdentity()));
  expect([code, note]).toEqual([4, expect.stringContaining('another recovery recipient')]);
});
it('what is restored has the directory and the pinned root, and verifies', async () => {
  await backup();
  await restore();
  const restored = await withWorkspace(place.path('restored'), async (workspace) => ({
    note: (await workspace.directory())?.note,
    findings: (await workspace.verify()).findings,
  }));
  const live = await withWorkspace(place.data, async (workspace) => (await workspace.directory())?.note);
  expect(restored).toEqual({ note: live, findings: [] });
});
it('an export names the directory and the root that signed it', async () => {
  const out = terminal.path('log.ndjson');
  await terminal.run('log', 'export', '--data', place.data, '--out', out);
  const header = JSON.parse(readFileSync(out, 'utf8').split('\n')[0] ?? '');
  expect(header).toMatchObject({ org: 'sample', size: 6, vault: false });
  expect(header.directory).toContain('baqylau/directory/v1');
  expect(header.org_root).toMatch(/^baqylau\/sample\/root\+/);
});
