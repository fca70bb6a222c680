import { describe, expect, it } from 'vitest';
import { aPerson, type Person } from '../../tests/sealing/an-organisation.ts';
import { decryptWith } from './age-keys.ts';
import { combineShares, splitRecovery } from './recovery.ts';

const recovery = await aPerson('recovery');
const custodians = await Promise.all(['c1', 'c2', 'c3', 'c4', 'c5'].map(aPerson));
const recipients = custodians.map(({ user, recipient }) => ({ custodian: user, recipient }));
const split = (of: Person) => splitRecovery({ org: 'sample', identity: of.identity }, recipients, 3);
const opened = async (shares: Awaited<ReturnType<typeof split>>) =>
  Promise.all(
    shares.map(async ({ custodian, file }, i) => {
      const bytes = await decryptWith(file, [custodians[i]?.identity ?? '']);
      return { name: custodian, text: new TextDecoder().decode(bytes) };
    }),
  );
const sealed = await split(recovery);
const shares = await opened(sealed);

describe('a recovery share', () => {
  it('opens for its custodian only', async () => {
    for (const [i, { file }] of sealed.entries())
      for (const [j, { identity }] of custodians.entries())
        expect((await decryptWith(file, [identity])) !== undefined, `${i} ${j}`).toBe(i === j);
  });
  it('says what it is a share of, and which', () => {
    expect(JSON.parse(shares[1]?.text ?? '')).toMatchObject({
      org: 'sample',
      number: 2,
      of: 5,
      threshold: 3,
      recipient: recovery.recipient,
    });
  });
  it('of another split of the same key does not mix with these unseen', async () => {
    const other = await opened(await split(recovery));
    const mixed = [...shares.slice(0, 2), ...other.slice(2, 3)];
    await expect(combineShares(mixed, recovery.recipient)).rejects.toThrow('recovery_not_rebuilt');
  });
  it('of another key is named', async () => {
    const other = await opened(await split(await aPerson('other')));
    const mixed = [...shares.slice(0, 3), ...other.slice(4)];
    await expect(combineShares(mixed, recovery.recipient)).rejects.toThrow(
      'recovery_share_foreign {"share":"c5"}',
    );
  });
  it('brought twice counts once', async () => {
    const twice = [...shares.slice(0, 2), ...shares.slice(0, 2)];
    await expect(combineShares(twice, recovery.recipient)).rejects.toThrow(
      'recovery_too_few {"given":2,"needed":3}',
    );
  });
  it('brought by nobody is too few', async () => {
    await expect(combineShares([], recovery.recipient)).rejects.toThrow('recovery_too_few');
  });
});
