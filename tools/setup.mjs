// Installs the packages that package-lock.json names, once, and makes sure that Node 24 runs what comes after.
// `node tools/setup.mjs` for the product, `node tools/setup.mjs --dev` for its tests. Plain JavaScript, no packages,
// because it runs first on a fresh machine, on Node 20 too. It is an npm script of its own: a POSIX shell remembers
// where `node` was, so the packaged runtime in node_modules/.bin is found only by a shell that starts after it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const PACKAGED_RUNTIMES = ['linux-x64', 'linux-arm64', 'win32-x64'];
const REPORT_EVERY_MS = process.stdout.isTTY ? 500 : 10_000;

const MESSAGES = {
  kk: {
    first: 'Пакеттер орнатылып жатыр, бұл шамамен бір минут алады.',
    progress: (done, total, left) => `Пакеттер: ${done} / ${total}. Қалған уақыт: шамамен ${left} с.`,
    ready: (seconds) => `Пакеттер ${seconds} с ішінде орнатылды.`,
    failed: 'Пакеттерді орнату мүмкін болмады. Желі байланысын тексеріп, команданы қайталаңыз. npm жауабы:',
    waiting: 'Пакеттерді басқа команда орнатып жатыр, күтіңіз.',
    node: (version) =>
      `Baqylau үшін Node ${NEEDED} немесе одан жаңа нұсқасы керек, мұнда ${version}. ` +
      'Оны https://nodejs.org сайтынан орнатып, команданы қайталаңыз.',
  },
  ru: {
    first: 'Ставим пакеты, это займёт около минуты.',
    progress: (done, total, left) => `Пакеты: ${done} из ${total}. Осталось около ${left} с.`,
    ready: (seconds) => `Пакеты поставлены за ${seconds} с.`,
    failed: 'Не удалось поставить пакеты. Проверьте связь с сетью и повторите команду. Ответ npm:',
    waiting: 'Пакеты ставит другая команда, подождите.',
    node: (version) =>
      `Для Baqylau нужен Node ${NEEDED} или новее, здесь ${version}. ` +
      'Установите его с https://nodejs.org и повторите команду.',
  },
  en: {
    first: 'Installing packages, this takes about a minute.',
    progress: (done, total, left) => `Packages: ${done} of ${total}. About ${left} s left.`,
    ready: (seconds) => `Packages installed in ${seconds} s.`,
    failed: 'The packages could not be installed. Check the network and run the command again. npm says:',
    waiting: 'Another command is installing the packages, please wait.',
    node: (version) =>
      `Baqylau needs Node ${NEEDED} or newer, this is ${version}. ` +
      'Install it from https://nodejs.org and run the command again.',
  },
};

const root = resolve(fileURLToPath(import.meta.url), '../..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.baqylau-stamp.json');
const busyFolder = join(root, '.setup-running');
const withDev = process.argv.includes('--dev');
const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || 'en';
const says = MESSAGES[locale.slice(0, 2)] || MESSAGES.en;

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

const lockText = readFileSync(join(root, 'package-lock.json'));
const wanted = {
  lock: createHash('sha256').update(lockText).digest('hex'),
  platform: `${process.platform}-${process.arch}`,
};

const forThisMachine = (entry) =>
  (!entry.os || entry.os.includes(process.platform)) && (!entry.cpu || entry.cpu.includes(process.arch));

/** Folder and version of every package that this machine needs; optional ones may stay away. */
const packagesNeeded = () =>
  Object.entries(JSON.parse(lockText).packages).filter(
    ([path, entry]) =>
      path !== '' && forThisMachine(entry) && (withDev || (!entry.dev && !entry.devOptional)),
  );

const stampFits = () => {
  const stamp = readJson(stampFile);
  return stamp?.lock === wanted.lock && stamp.platform === wanted.platform && (stamp.dev || !withDev);
};

/** True after `npm ci` or `npm install` by hand: npm's own list of what it installed agrees with the lock file. */
const installedByHand = () => {
  const installed = readJson(join(modules, '.package-lock.json'))?.packages;
  if (!installed) return false;
  return packagesNeeded().every(
    ([path, entry]) =>
      (installed[path]?.version === entry.version && existsSync(join(root, path))) ||
      (entry.optional && !installed[path]),
  );
};

const writeStamp = () => writeFileSync(stampFile, `${JSON.stringify({ ...wanted, dev: withDev })}\n`);

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Two commands started together install once: the second waits, and takes over when the first has died. */
const enter = async () => {
  let told = false;
  for (;;) {
    try {
      mkdirSync(busyFolder);
      writeFileSync(join(busyFolder, 'pid'), String(process.pid));
      process.on('exit', () => rmSync(busyFolder, { recursive: true, force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    let pid = 0;
    let age = 0;
    try {
      age = Date.now() - statSync(busyFolder).mtimeMs;
      pid = Number(readFileSync(join(busyFolder, 'pid'), 'utf8'));
    } catch {
      // The folder went away, or its owner has not written its number yet.
    }
    if (pid > 0 ? !isRunning(pid) : age > 5000) rmSync(busyFolder, { recursive: true, force: true });
    else {
      if (!told) console.log(says.waiting);
      told = true;
      await sleep(500);
    }
  }
};

const npmCi = () => {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--progress=false'];
  args.push(withDev ? '--include=dev' : '--omit=dev');
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] };
  return npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], options)
    : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
};

const install = async () => {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const paths = packagesNeeded().map(([path]) => join(root, path, 'package.json'));
  console.log(says.first);

  const child = npmCi();
  let output = '';
  const collect = (chunk) => {
    output += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  const present = () => paths.filter((path) => existsSync(path)).length;
  let cleared = present() === 0;
  let ends = Number.POSITIVE_INFINITY;
  const timer = setInterval(() => {
    const done = present();
    cleared = cleared || done < paths.length / 2; // npm ci first removes what was there
    if (!cleared || done === 0) return;
    // The largest packages arrive last: nine of ten are there at half of the time.
    const model = (Date.now() - started) * ((2 * paths.length) / done - 1);
    ends = Math.min(ends, Date.now() + model);
    const left = Math.max(1, Math.round((ends - Date.now()) / 1000));
    const line = says.progress(done, paths.length, left);
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }, REPORT_EVERY_MS);
  const code = await new Promise((done) => {
    child.on('error', (error) => {
      output += error.message;
      done(1);
    });
    child.on('close', done);
  });
  clearInterval(timer);
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');

  if (code !== 0) {
    console.error(`${says.failed}\n${output.trim()}`);
    return false;
  }
  writeStamp();
  console.log(says.ready(seconds()));
  return true;
};

const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
const newEnough = () => major(process.version) >= NEEDED;

/** The packaged runtime comes first on npm's PATH. One that cannot run here (another C library) is taken away. */
const runtimeWorks = () => {
  const link = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(link)) return newEnough();
  const probe = spawnSync(link, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  if (major(probe.stdout ?? '') >= NEEDED) return true;
  for (const name of ['node', 'node.cmd', 'node.ps1']) rmSync(join(modules, '.bin', name), { force: true });
  return newEnough();
};

/** Whoever reads this may not read the language of the machine, so it is said in all three. */
const askForNode = () => {
  for (const language of Object.values(MESSAGES)) console.error(language.node(process.version));
  process.exitCode = 1;
};

const setUp = async () => {
  if (!newEnough() && !PACKAGED_RUNTIMES.includes(wanted.platform)) return askForNode();
  if (!stampFits()) {
    await enter();
    if (!stampFits()) {
      if (installedByHand()) writeStamp();
      else if (!(await install())) {
        process.exitCode = 1;
        return;
      }
    }
  }
  if (!runtimeWorks()) askForNode();
};

await setUp();
