import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../src/server.ts', import.meta.url));
const TELL_PORT = new URL('tell-port.ts', import.meta.url).href;
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
  spawn(process.execPath, ['--import', TELL_PORT, SERVER], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

/** Runs the API until it ends by itself. */
export const runApi = (env: Env): Promise<Exit> => collect(spawnApi(env));

/** Starts the API as a process and waits until it answers. Throws with its stderr when it ends instead. */
export async function startApi(env: Env): Promise<ApiProcess> {
  // Of all that are free, the machine chooses: a port that is chosen before may be somebody else's by then.
  const child = spawnApi({ PORT: '0', ...env });
  const exited = collect(child);
  const told = new Promise<number>((resolve) => child.once('message', ({ port }: AddressInfo) => resolve(port)));
  const port = await Promise.race([told, exited.then(() => undefined), later(START_DEADLINE_MS)]);
  const url = `http://127.0.0.1:${port}`;
  if (port !== undefined && (await answers(url))) return { url, signal: (name) => void child.kill(name), exited };
  child.kill('SIGKILL');
  throw new Error(`the API did not start: ${(await exited).stderr}`);
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`, { signal: AbortSignal.timeout(START_DEADLINE_MS) }).then(
    () => true,
    () => false,
  );
}

function later(ms: number): Promise<undefined> {
  return setTimeout(ms, undefined, { ref: false });
}
