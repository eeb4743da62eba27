import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const SERVER = fileURLToPath(new URL('../../src/server.ts', import.meta.url));
/** Reached only by an API that hangs: one that ends is noticed at once, and a busy machine starts it slowly. */
const START_DEADLINE_MS = 90_000;

type Env = Record<string, string>;

export interface Exit {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface ApiProcess {
  url: string;
  signal(name: NodeJS.Signals): void;
  exited: Promise<Exit>;
}

function collect(child: ChildProcess): Promise<Exit> {
  const exit = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      exit[stream] += text;
    });
  }
  return once(child, 'close').then(([code]) => ({ code, ...exit }));
}

const spawnApi = (env: Env): ChildProcess =>
  spawn(process.execPath, [SERVER], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs the API until it ends by itself. */
export const runApi = (env: Env): Promise<Exit> => collect(spawnApi(env));

/** Starts the API as a process and waits until it answers. Throws with its stderr when it ends instead. */
export async function startApi(env: Env): Promise<ApiProcess> {
  const port = await freePort();
  const child = spawnApi({ PORT: String(port), ...env });
  const exited = collect(child);
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_DEADLINE_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer) return { url, signal: (name) => void child.kill(name), exited };
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  child.kill('SIGKILL');
  throw new Error(`the API did not start: ${(await exited).stderr}`);
}
