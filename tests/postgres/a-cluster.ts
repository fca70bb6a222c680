import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** A real PostgreSQL server of this test alone: Debian's programs, a folder under the temporary one, a free loopback port. */
export interface Cluster {
  /** As a superuser; the database is empty but for what tests put there. */
  readonly url: string;
  /** The same server as another role or database. */
  urlFor(given: { readonly role?: string; readonly database?: string }): string;
  readonly folder: string;
  readonly smallDisk: string;
  /** Stops (`fast`: clients are cut off, all is written) and starts. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Changes settings in postgresql.conf; they hold from the next start, or from a reload for those that can. */
  configure(settings: Readonly<Record<string, string>>): void;
  /** SIGKILL to the postmaster and all its children at once, as when the machine's memory killer comes. */
  kill(): Promise<void>;
  /** Runs one of PostgreSQL's programs as the server's user. */
  run(program: string, ...args: readonly string[]): string;
  /** One statement as the superuser. */
  sql(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  remove(): Promise<void>;
}

const SUPERUSER = 'aru';
export const PASSWORD = 'a-password-nobody-may-print';

/** Debian keeps the server's programs out of the path, one folder a version. */
const programs = (): string => {
  const root = '/usr/lib/postgresql';
  const version = readdirSync(root)
    .filter((name) => readdirSync(join(root, name, 'bin')).includes('initdb'))
    .toSorted((a, b) => Number(b) - Number(a))[0];
  if (version === undefined) throw new Error(`no PostgreSQL server in ${root}: run npm run setup:tests`);
  return join(root, version, 'bin');
};

/** PostgreSQL refuses to run as root; the server dies with this process, however that ends. */
const asServerUser = (...command: readonly string[]): readonly [string, readonly string[]] => {
  const user = process.getuid?.() === 0 ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
  return ['setpriv', [...user, '--pdeathsig=KILL', '--', ...command]];
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const runIn = (folder: string, command: readonly string[]): string => {
  const [program, args] = asServerUser(...command);
  const done = spawnSync(program, args, { encoding: 'utf8', cwd: folder, maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
};

const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => parentOf(child) === pid);

const parentOf = (pid: number): number | undefined => {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined; // gone meanwhile
  }
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // gone already
  }
};

export interface ClusterOptions {
  /** Page checksums, on unless a test is about a cluster without. */
  readonly checksums?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** Megabytes of a file system in memory that only the server sees, mounted anew at each start at `smallDisk`. Takes root. */
  readonly megabytes?: number;
}

/** Makes and starts a server. Call `remove` in `afterAll`; a test process that dies takes its server with it. */
export const aCluster = async (options: ClusterOptions = {}): Promise<Cluster> => {
  const { checksums = true, settings = {}, megabytes } = options;
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), 'baqylau-pg-'));
  const data = join(folder, 'data');
  if (process.getuid?.() === 0) {
    const owner = spawnSync('chown', ['postgres', folder], { encoding: 'utf8' });
    if (owner.status !== 0) throw new Error(owner.stderr);
  }
  chmodSync(folder, 0o700);
  const port = await freePort();
  const url = (role: string, database: string): string =>
    `postgres://${role}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const smallDisk = join(folder, 'small');
  let server: ChildProcess | undefined;

  const ready = async (): Promise<void> => {
    for (let tries = 0; tries < 600; tries += 1) {
      if (server?.exitCode !== null) throw new Error(readFileSync(join(folder, 'log'), 'utf8').slice(-3000));
      const client = new Client({ connectionString: url(SUPERUSER, 'postgres') });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.end();
        return;
      } catch {
        await sleep(20);
      }
    }
    throw new Error('PostgreSQL did not become ready');
  };
  const gone = async (): Promise<void> => {
    if (server !== undefined && server.exitCode === null && server.signalCode === null)
      await once(server, 'exit');
    server = undefined;
  };
  const cluster: Cluster = {
    folder,
    smallDisk,
    url: url(SUPERUSER, 'postgres'),
    urlFor: ({ role = SUPERUSER, database = 'postgres' }) => url(role, database),
    start: async () => {
      const [program, args] = asServerUser(
        'sh',
        '-c',
        `exec "$0" "$@" >>"${folder}/log" 2>&1`,
        join(bin, 'postgres'),
        '-D',
        data,
      );
      const mount = `mkdir -p "$0" && mount -t tmpfs -o size=${megabytes}m,mode=700 tmpfs "$0" && chown postgres "$0" && exec "$@"`;
      const small = megabytes === undefined ? [] : ['unshare', '--mount', 'sh', '-c', mount, smallDisk];
      const [first = '', ...rest] = [...small, program, ...args];
      server = spawn(first, rest, { stdio: 'ignore', cwd: folder });
      await ready();
    },
    stop: async () => {
      if (server?.pid !== undefined) signal(server.pid, 'SIGINT');
      await gone();
    },
    configure: (changed) =>
      appendFileSync(
        join(data, 'postgresql.conf'),
        Object.entries(changed)
          .map(([name, value]) => `${name} = '${value}'\n`)
          .join(''),
      ),
    kill: async () => {
      const pid = server?.pid;
      if (pid === undefined) return;
      const all = [pid, ...childrenOf(pid)];
      for (const each of all) signal(each, 'SIGKILL');
      await gone();
      while (all.some((each) => parentOf(each) !== undefined && !isZombie(each))) await sleep(2);
    },
    run: (program, ...args) => runIn(folder, [join(bin, program), ...args]),
    sql: async (text) => {
      const client = new Client({ connectionString: url(SUPERUSER, 'postgres') });
      await client.connect();
      try {
        return (await client.query(text)).rows as readonly Readonly<Record<string, unknown>>[];
      } finally {
        await client.end();
      }
    },
    remove: async () => {
      if (server?.pid !== undefined) signal(server.pid, 'SIGQUIT');
      await gone();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  try {
    const secret = join(folder, 'password');
    runIn(folder, ['sh', '-c', `printf %s '${PASSWORD}' >'${secret}'`]);
    runIn(folder, [
      join(bin, 'initdb'),
      ...(checksums ? ['-k'] : []),
      '--no-sync',
      '--auth=scram-sha-256',
      `--username=${SUPERUSER}`,
      `--pwfile=${secret}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '-D',
      data,
    ]);
    cluster.configure({
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      shared_buffers: '64MB',
      max_connections: '40',
      ...settings,
    });
    if (statSync(data).uid === 0) throw new Error('the cluster belongs to root');
    await cluster.start();
    return cluster;
  } catch (error) {
    await cluster.remove();
    throw error;
  }
};

const isZombie = (pid: number): boolean => {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
};
