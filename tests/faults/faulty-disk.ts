import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Fault, faultCommand } from './faults.ts';

const SOURCE = join(import.meta.dirname, 'faulty-disk.c');
const CACHE = resolve(import.meta.dirname, '../../.cache');

/** The library of faulty-disk.c, compiled once for each state of its source. Needs `cc` (tools/test-setup.mjs). */
const library = (): string => {
  const built = join(
    CACHE,
    `faulty-disk-${createHash('sha256').update(readFileSync(SOURCE)).digest('hex')}.so`,
  );
  if (existsSync(built)) return built;
  mkdirSync(CACHE, { recursive: true });
  const draft = `${built}.${process.pid}`;
  const args = ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', draft, SOURCE, '-ldl', '-lpthread'];
  const { status, stderr, error } = spawnSync('cc', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cc cannot build faulty-disk.c: ${error?.message ?? stderr}`);
  renameSync(draft, built);
  return built;
};

export interface FaultyRun {
  /** Exit code of the program. */
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

export interface FaultyDisk {
  /** Everything below is on the faulty disk. */
  readonly folder: string;
  /** The file that records what happens to it. */
  readonly trace?: string;
  /** Bytes that it holds; default: no end. */
  readonly room?: number;
  /** What fails from the start. */
  readonly fault?: Fault;
}

/** Runs a program of ours on a faulty disk. */
export const runOnFaultyDisk = (
  program: string,
  args: readonly string[],
  { folder, trace = '', room = -1, fault }: FaultyDisk,
): Promise<FaultyRun> =>
  run(process.execPath, [program, ...args], {
    LD_PRELOAD: library(),
    FAULTY_DISK_FOLDER: folder,
    FAULTY_DISK_TRACE: trace,
    FAULTY_DISK_ROOM: String(room),
    FAULTY_DISK_FAULT: fault === undefined ? '' : faultCommand(fault),
  });

/** Runs a program of ours with a file system in memory of so many megabytes mounted at `folder`; code 255 where nobody may. */
export const runOnSmallDisk = (program: string, folder: string, megabytes: number): Promise<FaultyRun> => {
  const mounted = `mount -t tmpfs -o size=${megabytes}m,mode=700 tmpfs "$0" || exit 255; exec "$@"`;
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  return run(
    'unshare',
    ['--mount', ...asRoot, 'sh', '-c', mounted, folder, process.execPath, program, folder],
    {},
  );
};

const run = async (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<FaultyRun> => {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(CACHE, 'compiled'), ...env },
  });
  const [out, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (data: Buffer) => out.push(data));
  child.stderr.on('data', (data: Buffer) => errors.push(data));
  const code = await new Promise<number>((done) => {
    child.on('error', () => done(255));
    child.on('close', (status) => done(status ?? 254));
  });
  return { code, out: Buffer.concat(out).toString(), errors: Buffer.concat(errors).toString() };
};

/** A folder in memory where there is one, so that thousands of disks cost no disk. */
export const scratchFolder = (): { readonly dir: string; readonly remove: () => void } => {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'baqylau-disk-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};
