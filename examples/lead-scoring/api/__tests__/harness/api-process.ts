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
  for (;;) {
    const port = await freePort();
    const child = spawnApi({ PORT: String(port), ...env });
    const exited = collect(child);
    const url = `http://127.0.0.1:${port}`;
    if (await answers(child, url)) return { url, signal: (name) => void child.kill(name), exited };
    child.kill('SIGKILL');
    const { stderr } = await exited;
    // Others look for free ports, too, and one of them was quicker.
    if (!stderr.includes('EADDRINUSE')) throw new Error(`the API did not start: ${stderr}`);
  }
}

/** Whether it answers before it ends, or the deadline is over. */
async function answers(child: ChildProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    // Of a port that somebody else was quicker to take, the answer is that one's.
    if (answer && child.exitCode === null) return true;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return false;
}
