import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeIdentity, recipientOf } from '../../src/sealing/index.ts';
import { anOffice, importVisits, type Office, officeOnce, visitId } from './an-office.ts';

const once = officeOnce();
beforeAll(() => once.prepare(), 300_000);
afterAll(() => once.remove());
let office: Office;
beforeEach(() => {
  office = once.copy();
});
afterEach(() => office.close());

const reveal = async (person: string, number: string): Promise<readonly string[]> => [
  'reveal',
  await visitId(office, number),
  ...office.as(person),
  '--reason',
  'test',
];
const reads = async (person: string, number: string): Promise<string> =>
  office.ok(...(await reveal(person, number)));
const isRefused = async (person: string, number: string): Promise<string> =>
  office.refused(...(await reveal(person, number)));
const vault = (): Buffer => readFileSync(office.path('server', 'log.db'));
const pin = (person: string): string => office.terminal.read(`keys/${person}/pin.json`);

describe('who can read', () => {
  it('a coordinator reads the records of their region, and of no other', async () => {
    expect(await reads('beket', '1')).toContain('witness in Almaty');
    expect(await reads('saule', '2')).toContain('witness in Astana');
    expect(await isRefused('saule', '1')).toContain('does not open');
    expect(await isRefused('beket', '3')).toContain('does not open');
  });
  it('keys show says it in plain words', async () => {
    const said = await office.ok('keys', 'show', '--data', office.path('server'));
    expect(said).toContain('beket: opens visits/almaty');
    expect(said).toContain('visits/astana: saule (key version 1)');
    expect(said).toContain('Any 3 of 5 custodians');
  });
  it('a wrong passphrase opens nothing', async () => {
    office.terminal.write('pass/beket', 'what saule knows by heart\n');
    expect(await isRefused('beket', '1')).toContain('The user key does not open');
  });
  it("another person's key opens nothing", async () => {
    cpSync(office.path('keys', 'saule', 'user.key'), office.path('keys', 'beket', 'user.key'));
    office.terminal.write('pass/beket', office.terminal.read('pass/saule'));
    expect(await isRefused('beket', '1')).toContain('does not open');
  });
  it('a key folder that has not pinned the root key opens nothing', async () => {
    rmSync(office.path('keys', 'beket', 'pin.json'));
    expect(await isRefused('beket', '1')).toContain('The root key of the organisation is not known');
  });
});

describe('somebody joins', () => {
  it('a new member reads earlier records once a member has passed the key on', async () => {
    await office.welcome('monitor'); // directory 9
    const team = ['keys', 'team', 'visits/almaty', '--members', 'monitor'];
    await office.ok(...team, ...office.offlineWith('beket'));
    await office.install(9);
    await office.install(10);
    expect(await reads('monitor', '1')).toContain('witness in Almaty');
    expect(await isRefused('monitor', '2')).toContain('does not open');
  });
  it('who is no member cannot let anybody in', async () => {
    await office.welcome('monitor');
    const team = ['keys', 'team', 'visits/almaty', '--members', 'monitor'];
    const said = await office.refused(...team, ...office.offlineWith('saule'));
    expect(said).toContain('the keys given do not hold it');
  });
  it('an enrolment file that was exchanged on the way is not added', async () => {
    const { file, code } = await office.enrol('monitor');
    const before = await office.ok('keys', 'show', '--offline', office.path('offline'));
    const attacker = ['--keys', office.path('keys', 'attacker'), '--out', office.path('exchanged')];
    const pass = ['--passphrase-file', office.path('pass', 'saule')];
    await office.ok('keys', 'enrol', '--user', 'monitor', '--org', 'sample', ...attacker, ...pass);
    cpSync(office.path('exchanged', 'enrolment-monitor.json'), file);
    const said = await office.offlineRefused('keys', 'add', file, '--code', code);
    expect(said).toContain('The safety number given is not that of this enrolment file');
    expect(await office.ok('keys', 'show', '--offline', office.path('offline'))).toBe(before);
  });
  it('an enrolment file of which a letter was changed is none', async () => {
    const { file, code } = await office.enrol('monitor', '--data', office.path('server'));
    writeFileSync(file, readFileSync(file, 'utf8').replace('monitor', 'manager'));
    const said = await office.offlineRefused('keys', 'add', file, '--code', code);
    expect(said).toContain('This is not an enrolment file, or it was changed');
  });
});

describe('somebody leaves', () => {
  it('nothing that the server has opens with their key any more; a copy that they took along does', async () => {
    cpSync(office.path('server'), office.path('kept-by-beket'), { recursive: true });
    await office.offline('keys', 'depart', 'beket'); // 9
    await office.install(9);
    await importVisits(office, [['4', 'Almaty', 'witness after departure']]);
    expect(await isRefused('beket', '4')).toContain('does not open');
    expect(await isRefused('beket', '1')).toContain('does not open');
    expect(await reads('aru', '4')).toContain('witness after departure');
    const said = await office.ok('keys', 'rewrap', ...office.as('aru'));
    expect(said).toContain('1 data key wrapped anew');
    expect(said).toContain('may have kept');
    expect(await reads('aru', '1')).toContain('witness in Almaty');
    // Control: the copy that beket took along opens with the key that beket still has. No system can take that back.
    const kept = ['reveal', await visitId(office, '1'), ...office.as('beket', 'kept-by-beket')];
    expect(await office.ok(...kept, '--reason', 'test')).toContain('witness in Almaty');
  });
  it('their devices end, at numbers that must be given', async () => {
    expect(await office.offlineRefused('keys', 'depart', 'aru')).toContain(
      'not said after which entry it ends',
    );
    const device = /Device ([0-9a-f]{32}) of aru/.exec(
      await office.ok('keys', 'show', '--data', office.path('server')),
    )?.[1];
    await office.offline('keys', 'depart', 'aru', '--devices', `${device}=8`);
    expect(await office.ok('keys', 'show', '--offline', office.path('offline'))).toContain(
      'ended after entry 8',
    );
  });
  it('the last member of a team cannot leave it without a successor', async () => {
    const said = await office.offlineRefused('keys', 'depart', 'dana');
    expect(said).toContain('would have no member left');
  });
  it('a rotated key opens new records for those who have it, and old ones after they were wrapped anew', async () => {
    await office.offline('keys', 'rotate', 'visits/almaty'); // 9
    await office.install(9);
    await importVisits(office, [['4', 'Almaty', 'witness after rotation']]);
    for (const number of ['1', '4']) expect(await reads('beket', number)).toContain('witness');
    expect(await office.ok('keys', 'rewrap', ...office.as('beket'))).toContain('1 data key wrapped anew');
    expect(await office.ok('keys', 'rewrap', ...office.as('beket'))).toContain('0 data keys wrapped anew');
  });
});

describe('the server is malicious', () => {
  /** Another root key signs a directory in which the attacker is in the team: what a server that swaps keys would do. */
  const theirDirectory = async (): Promise<Office> => {
    const theirs = once.copy();
    rmSync(theirs.path('offline'), { recursive: true });
    const files = [1, 2, 3, 4, 5].map((n) => theirs.path('desk', `enrolment-custodian${n}.json`)).join(',');
    await theirs.offline('keys', 'ceremony', '--org', 'sample', '--custodians', files);
    return theirs;
  };
  it('a team key that it put into the signed directory is refused', async () => {
    const theirs = await recipientOf(await makeIdentity());
    const signed = office.terminal.read('offline/directory-00008.txt');
    const swapped = signed
      .replace(/"recipient":"age1\w+","version"/, `"recipient":"${theirs}","version"`)
      .replace('"number":8', '"number":9');
    expect(swapped).not.toBe(signed);
    const file = office.terminal.write('swapped.txt', swapped);
    const said = await office.refused('keys', 'install', file, '--data', office.path('server'));
    expect(said).toContain('not what the root key of the organisation signed');
  });
  it('a directory that its own root key signed is refused by the data folder', async () => {
    const theirs = await theirDirectory();
    const before = vault();
    const forged = theirs.path('offline', 'directory-00001.txt');
    expect(await office.refused('keys', 'install', forged, '--data', office.path('server'))).toContain(
      'not what the root key of the organisation signed',
    );
    expect(
      await office.refused(
        'keys',
        'install',
        forged,
        '--data',
        office.path('server'),
        '--root',
        theirs.root(),
      ),
    ).toContain('is not the one that is pinned');
    expect(vault().equals(before)).toBe(true);
    theirs.close();
  });
  it('a server with another root key and the same people is refused by every person, and the pin stays', async () => {
    const theirs = await theirDirectory();
    await reads('beket', '1');
    const before = pin('beket');
    rmSync(theirs.path('server'), { recursive: true });
    await theirs.ok('init', '--data', theirs.path('server'), '--org', 'sample');
    const { file, code } = await theirs.enrol('aru', '--data', theirs.path('server'));
    await theirs.offline('keys', 'add', file, '--code', code);
    const forged = theirs.path('offline', 'directory-00002.txt');
    await theirs.ok('keys', 'install', forged, '--data', theirs.path('server'), '--root', theirs.root());
    const show = ['keys', 'show', '--data', theirs.path('server')];
    expect(await office.refused(...show, '--keys', office.path('keys', 'beket'))).toContain(
      'not what the root key of the organisation signed',
    );
    expect(pin('beket')).toBe(before);
    // Control: who asks the server itself is shown its directory.
    expect(await office.ok(...show)).toContain('Key directory of sample, number 2');
    theirs.close();
  });
  it('an older directory is refused, by the data folder and by whoever has seen a newer one', async () => {
    const old = anOffice();
    cpSync(office.path('server'), old.path('server'), { recursive: true });
    await office.offline('keys', 'rotate', 'visits/almaty'); // 9
    await office.install(9);
    expect(
      await office.refused(
        'keys',
        'install',
        office.path('offline', 'directory-00008.txt'),
        '--data',
        office.path('server'),
      ),
    ).toContain('is older than number 9');
    await reads('beket', '1');
    const before = pin('beket');
    rmSync(office.path('server'), { recursive: true });
    cpSync(old.path('server'), office.path('server'), { recursive: true });
    expect(await isRefused('beket', '1')).toContain('number 8 is older than number 9');
    expect(pin('beket')).toBe(before);
    // Control: who has seen nothing newer is not warned.
    expect(await reads('saule', '2')).toContain('witness in Astana');
    old.close();
  });
  it('a log that was rolled back is refused by whoever has seen it longer', async () => {
    const old = anOffice();
    cpSync(office.path('server'), old.path('server'), { recursive: true });
    await importVisits(office, [['4', 'Almaty', 'another witness']]);
    await reads('beket', '1');
    rmSync(office.path('server'), { recursive: true });
    cpSync(old.path('server'), office.path('server'), { recursive: true });
    expect(await isRefused('beket', '1')).toContain(
      'The log does not continue the one that was seen here before',
    );
    old.close();
  });
  it('a log that goes on differently is refused by whoever has seen the other', async () => {
    const old = anOffice();
    cpSync(office.path('server'), old.path('server'), { recursive: true });
    await importVisits(office, [['4', 'Almaty', 'another witness']]);
    await reads('beket', '1');
    rmSync(office.path('server'), { recursive: true });
    cpSync(old.path('server'), office.path('server'), { recursive: true });
    await importVisits(office, [
      ['5', 'Almaty', 'somebody else'],
      ['6', 'Almaty', 'somebody else'],
    ]);
    expect(await isRefused('beket', '1')).toContain(
      'The log does not continue the one that was seen here before',
    );
    old.close();
  });
  it('the directory of another organisation is refused', async () => {
    await office.ok('init', '--data', office.path('other'), '--org', 'elsewhere');
    const install = ['keys', 'install', office.path('offline', 'directory-00008.txt')];
    const said = await office.refused(...install, '--data', office.path('other'), '--root', office.root());
    expect(said).toContain('is of the organisation “sample”, not of “elsewhere”');
  });
});

describe('the ceremony', () => {
  const ceremony = (custodians: readonly number[], folder = 'second'): Promise<string> => {
    const files = custodians.map((n) => office.path('desk', `enrolment-custodian${n}.json`)).join(',');
    const where = ['--offline', office.path(folder), '--passphrase-file', office.path('pass', 'root')];
    return office.refused('keys', 'ceremony', '--org', 'sample', '--custodians', files, ...where);
  };
  it.each([[[1, 2, 3, 4]], [[1, 2, 3, 4, 4]]])(
    'of custodians %j is refused, and makes nothing',
    async (custodians) => {
      expect(await ceremony(custodians)).toContain(
        'needs the enrolment files of 5 different people; there are 4',
      );
      expect(existsSync(office.path('second'))).toBe(false);
    },
  );
  it('in a folder that has something in it is refused', async () => {
    expect(await ceremony([1, 2, 3, 4, 5], 'offline')).toContain('is not empty');
  });
  it('leaves files that only their owner can read', () => {
    const files = readdirSync(office.path('offline'), { recursive: true, withFileTypes: true });
    const modes = files
      .filter((file) => file.isFile())
      .map((file) => statSync(join(file.parentPath, file.name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(10);
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });
  it('the root key does not open with another passphrase, and nothing is signed', async () => {
    office.terminal.write('pass/root', 'what somebody guesses\n');
    const said = await office.offlineRefused('keys', 'rotate', 'visits/almaty');
    expect(said).toContain('does not open');
    expect(readdirSync(office.path('offline'))).not.toContain('directory-00009.txt');
  });
});

describe('a key of a person', () => {
  const enrol = (...more: readonly string[]): readonly string[] => {
    const about = ['--user', 'monitor', '--org', 'sample', '--out', office.path('desk')];
    return ['keys', 'enrol', ...about, ...more];
  };
  it('gets a passphrase that is shown once, and opens with it', async () => {
    const out = await office.ok(...enrol('--keys', office.path('keys', 'monitor')));
    const passphrase = /^ {4}([0-9a-z]{4}(?:-[0-9a-z]{4}){3})$/m.exec(out)?.[1] ?? '';
    expect(out).not.toContain('AGE-SECRET-KEY');
    office.terminal.write('pass/monitor', passphrase);
    const again = await office.enrol('monitor');
    expect(out).toContain(again.code);
  });
  it('is made again from the recovery code on paper', async () => {
    const out = await office.ok(...enrol('--keys', office.path('keys', 'monitor'), '--paper'));
    const code = /AGE-SECRET-KEY-1\w+/.exec(out)?.[0] ?? '';
    const at = anOffice(undefined, {
      askSecret: () => Promise.resolve(code.toLowerCase().replace('q', 'q ')),
    });
    const again = await at.ok(...enrol('--keys', at.path('keys'), '--from-paper'));
    expect(/\d{5}( \d{5}){5}/.exec(again)?.[0]).toBe(/\d{5}( \d{5}){5}/.exec(out)?.[0]);
    at.close();
  });
  it('that was altered to be guessed more easily is refused before the passphrase is used', async () => {
    const file = office.path('keys', 'beket', 'user.key');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"memory":65536', '"memory":64'));
    expect(await isRefused('beket', '1')).toContain('asks for weaker protection');
  });
  it('is never made inside a data folder', async () => {
    const inside = office.path('server', 'keys', 'monitor');
    expect(await office.refused(...enrol('--keys', inside))).toContain('is inside a data folder');
  });
  it('of somebody else is not taken for mine', async () => {
    const theirs = [
      '--keys',
      office.path('keys', 'saule'),
      '--passphrase-file',
      office.path('pass', 'saule'),
    ];
    expect(await office.refused(...enrol(...theirs))).toContain('holds the key of “saule”');
  });
  it('is not asked for where nobody can type', async () => {
    const show = [...office.as('beket').slice(0, 4), '--reason', 'test'];
    expect(await office.refused('reveal', await visitId(office, '1'), ...show)).toContain(
      'nobody can type it here',
    );
  });
});

describe('recovery', () => {
  const recover = (numbers: readonly number[], ...more: readonly string[]): readonly string[] => {
    const each = (path: (custodian: string, n: number) => string): string =>
      numbers.map((n) => path(`custodian${n}`, n)).join(',');
    const shares = each((custodian, n) => office.path('offline', 'shares', `share-${n}-${custodian}.age`));
    const keys = each((custodian) => office.path('keys', custodian));
    const passphrases = each((custodian) => office.path('pass', custodian));
    const given = ['--shares', shares, '--keys', keys, '--passphrase-file', passphrases];
    return ['keys', 'recover', '--data', office.path('server'), ...given, ...more];
  };
  it.each([[[1, 2, 3]], [[5, 3, 1]], [[2, 4, 5]]])(
    'custodians %j together rebuild the key in a drill that changes nothing',
    async (three) => {
      const before = vault();
      expect(await office.ok(...recover(three))).toContain('rebuild the recovery key');
      expect(vault().equals(before)).toBe(true);
    },
  );
  it('two custodians cannot', async () => {
    expect(await office.refused(...recover([1, 2]))).toContain('3 are needed');
  });
  it('one custodian with three copies of a share cannot', async () => {
    const mine = recover([1, 1, 1]);
    expect(await office.refused(...mine)).toContain('1 different share');
  });
  it("a custodian cannot open another's share, and it is named", async () => {
    cpSync(
      office.path('offline/shares/share-4-custodian4.age'),
      office.path('offline/shares/share-3-custodian3.age'),
    );
    expect(await office.refused(...recover([1, 2, 3]))).toContain('share-3-custodian3.age does not open');
  });
  it('when a team has lost its keys, three custodians open its records for the new team', async () => {
    await office.welcome('monitor'); // 9
    await office.offline('keys', 'rotate', 'visits/astana', '--members', 'monitor'); // 10
    await office.offline('keys', 'depart', 'saule'); // 11
    for (const number of [9, 10, 11]) await office.install(number);
    expect(await isRefused('monitor', '2')).toContain('does not open');
    expect(await office.ok(...recover([2, 3, 4], '--rewrap'))).toContain('3 data keys wrapped anew');
    expect(await reads('monitor', '2')).toContain('witness in Astana');
    expect(await isRefused('saule', '2')).toContain('does not open');
    expect(await reads('beket', '1')).toContain('witness in Almaty');
    expect(await reads('dana', '3')).toContain('witness in Karaganda');
  });
});
