import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CUSTODIANS, type Office, officeOnce, visitId } from '../keys/an-office.ts';

/** The server is lost: three custodians restore it from the backup, and the teams read on. */
const once = officeOnce();
let office: Office;
beforeAll(async () => {
  await once.prepare();
  office = once.copy();
  await office.ok('backup', '--data', office.path('server'), '--to', office.path('backups'));
}, 300_000);
afterAll(() => {
  office.close();
  once.remove();
});

/** Options of these custodians with their shares, keys and passphrases. */
const custodians = (...numbers: readonly number[]): readonly string[] => {
  const each = (path: (custodian: string, n: number) => string): string =>
    numbers.map((n) => path(CUSTODIANS[n - 1] ?? '', n)).join(',');
  const shares = each((custodian, n) => office.path('offline', 'shares', `share-${n}-${custodian}.age`));
  const keys = each((custodian) => office.path('keys', custodian));
  const passphrases = each((custodian) => office.path('pass', custodian));
  return ['--shares', shares, '--keys', keys, '--passphrase-file', passphrases];
};

it('three custodians find in a drill that the backup is whole', async () => {
  expect(await office.ok('backup', 'check', office.path('backups'), ...custodians(1, 3, 5))).toContain(
    'whole',
  );
});
it('two custodians open nothing', async () => {
  const told = await office.refused('backup', 'check', office.path('backups'), ...custodians(1, 2));
  expect(told).toContain('2 different shares');
});
it('three custodians restore the server, a team reads its names on it, and the log verifies', async () => {
  const restored = office.path('restored');
  const from = ['--from', office.path('backups'), '--data', restored];
  await office.ok('restore', ...from, ...custodians(2, 3, 4));
  const id = await visitId(office, '1', 'restored');
  expect(await office.ok('reveal', id, '--reason', 'request', ...office.as('beket', 'restored'))).toContain(
    'witness in Almaty',
  );
  await office.ok('verify', '--data', restored);
});
it('neither the backup nor the restored folder has a name in it', async () => {
  const text = readFileSync(office.path('restored', 'log.db'));
  expect(text.includes('witness in Almaty')).toBe(false);
});
