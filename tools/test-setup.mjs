// The programs that tests use and npm cannot bring: a browser, an office suite, a PDF reader, age and a database server. On
// Debian as root they are installed; elsewhere this says what to install. What is already there is left alone.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NEEDED = [
  { program: ['chromium', 'chromium-browser', 'google-chrome'], debian: ['chromium'], for: 'browser tests' },
  {
    program: ['soffice'],
    debian: ['libreoffice-writer', 'libreoffice-calc'],
    for: 'opening DOCX and XLSX reports',
    // soffice alone does not tell which of its parts are there.
    parts: ['/usr/lib/libreoffice/program/libswlo.so', '/usr/lib/libreoffice/program/libsclo.so'],
  },
  {
    program: ['cc'],
    debian: ['gcc', 'libc6-dev'],
    for: 'disks that fail on command',
    // gcc alone compiles nothing that includes a header.
    parts: ['/usr/include/stdlib.h'],
  },
  { program: ['pdftotext'], debian: ['poppler-utils'], for: 'reading PDF reports' },
  { program: ['age'], debian: ['age'], for: 'opening what is sealed with a tool that is not ours' },
  {
    program: ['python3'],
    debian: ['python3-nacl'],
    for: 'opening sealed fields with libsodium',
    parts: ['/usr/lib/python3/dist-packages/nacl/pwhash/argon2id.py'],
  },
  {
    program: ['psql'],
    debian: ['postgresql'],
    for: 'the log in PostgreSQL',
    // psql is the client; tests start servers of their own, which Debian keeps out of the path.
    parts: ['/usr/lib/postgresql/*/bin/initdb', '/usr/share/postgresql/*/extension/amcheck.control'],
    before: () => withoutServerOfItsOwn(),
  },
];

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Debian's package would make and start a database server for the whole machine; the tests want its programs only. */
const withoutServerOfItsOwn = () => {
  const settings = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(settings)) return;
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync(settings, 'create_main_cluster = false\n');
};

const isDebian = existsSync('/etc/debian_version') && onPath('apt-get');
const isThere = ({ program, parts = [] }) =>
  program.some(onPath) && (!isDebian || parts.every((part) => globSync(part).length > 0));

const missing = NEEDED.filter((need) => !isThere(need));
if (missing.length > 0) {
  const packages = missing.flatMap((need) => need.debian);
  if (isDebian && process.getuid?.() === 0) {
    console.log(`Installing for the tests: ${packages.join(', ')} (about two minutes)`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', UCF_FORCE_CONFFOLD: '1' };
    for (const need of missing) need.before?.();
    const run = (...args) =>
      spawnSync('apt-get', args, { encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
    run('update');
    const installed = run('install', '-y', '--no-install-recommends', ...packages);
    if (installed.status !== 0)
      console.error(`${installed.stdout}${installed.stderr}`.split('\n').slice(-20).join('\n'));
  }
  const stillMissing = NEEDED.filter((need) => !isThere(need));
  for (const need of stillMissing)
    console.error(
      `The tests need ${need.program[0]} for ${need.for}. On Debian: apt-get install ${need.debian.join(' ')}`,
    );
  if (stillMissing.length > 0) process.exitCode = 1;
}
