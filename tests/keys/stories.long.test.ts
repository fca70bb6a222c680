import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
    await office.ok(
      ...['keys', 'team', 'visits/almaty', '--members', 'monitor', '--keys', office.path('keys', 'beket')],
      ...['--offline', office.path('offline')],
      ...['--passphrase-file', `${office.path('pass', 'root')},${office.path('pass', 'beket')}`],
    );
    await office.install(9);
    await office.install(10);
    expect(await reads('monitor', '1')).toContain('witness in Almaty');
    expect(await isRefused('monitor', '2')).toContain('does not open');
  });
  it('who is no member cannot let anybody in', async () => {
    await office.welcome('monitor');
    const said = await office.refused(
      ...['keys', 'team', 'visits/almaty', '--members', 'monitor', '--keys', office.path('keys', 'saule')],
      ...['--offline', office.path('offline')],
      ...['--passphrase-file', `${office.path('pass', 'root')},${office.path('pass', 'saule')}`],
    );
    expect(said).toContain('the keys given do not hold it');
  });
  it('an enrolment file that was exchanged on the way is not added', async () => {
    const { file, code } = await office.enrol('monitor');
    const before = await office.ok('keys', 'show', '--offline', office.path('offline'));
    const attacker = ['--keys', office.path('keys', 'attacker'), '--out', office.path('exchanged')];
    const pass = ['--passphrase-file', office.path('pass', 'saule')];
    await office.ok('keys', 'enrol', '--user', 'monitor', '--org', 'sample', ...attacker, ...pass);
    cpSync(office.path('exchanged', 'enrolment-monitor.json'), file);
    const said = await office.refused(
      ...['keys', 'add', file, '--code', code, '--offline', office.path('offline')],
      ...['--passphrase-file', office.path('pass', 'root')],
    );
    expect(said).toContain('The safety number given is not that of this enrolment file');
    expect(await office.ok('keys', 'show', '--offline', office.path('offline'))).toBe(before);
  });
  it('an enrolment file of which a letter was changed is none', async () => {
    const { file, code } = await office.enrol('monitor', '--data', office.path('server'));
    writeFileSync(file, readFileSync(file, 'utf8').replace('monitor', 'manager'));
    const said = await office.refused(
      ...['keys', 'add', file, '--code', code, '--offline', office.path('offline')],
      ...['--passphrase-file', office.path('pass', 'root')],
    );
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
    const root = ['--offline', office.path('offline'), '--passphrase-file', office.path('pass', 'root')];
    expect(await office.refused('keys', 'depart', 'aru', ...root)).toContain(
      'not said after which entry it ends',
    );
    const device = /Device ([0-9a-f]{32}) of aru/.exec(
      await office.ok('keys', 'show', '--data', office.path('server')),
    )?.[1];
    await office.ok('keys', 'depart', 'aru', ...root, '--devices', `${device}=8`);
    expect(await office.ok('keys', 'show', '--offline', office.path('offline'))).toContain(
      'ended after entry 8',
    );
  });
  it('the last member of a team cannot leave it without a successor', async () => {
    const said = await office.refused(
      ...['keys', 'depart', 'dana', '--offline', office.path('offline')],
      ...['--passphrase-file', office.path('pass', 'root')],
    );
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
  it('a directory with its own team key is refused by the data folder', async () => {
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
    const said = await office.refused(
      ...['keys', 'install', office.path('offline', 'directory-00008.txt')],
      ...['--data', office.path('other'), '--root', office.root()],
    );
    expect(said).toContain('is of the organisation “sample”, not of “elsewhere”');
  });
});

describe('recovery', () => {
  const recover = (numbers: readonly number[], ...more: readonly string[]): readonly string[] => [
    ...['keys', 'recover', '--data', office.path('server')],
    ...[
      '--shares',
      numbers.map((n) => office.path('offline/shares', `share-${n}-custodian${n}.age`)).join(','),
    ],
    ...['--keys', numbers.map((n) => office.path('keys', `custodian${n}`)).join(',')],
    ...['--passphrase-file', numbers.map((n) => office.path('pass', `custodian${n}`)).join(',')],
    ...more,
  ];
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
