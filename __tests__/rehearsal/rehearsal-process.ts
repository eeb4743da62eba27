import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../scripts/rehearse/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The rehearsal as a person starts it, in a process. */
export interface Rehearsal {
  readonly process: ChildProcess;
  /** Resolves once the text was printed; rejects when the rehearsal ends without it. */
  printed(text: string): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** With the embedded engine unless the test says another: what answers on a person's machine is not the test's. */
export function startRehearsal(...given: string[]): Rehearsal {
  const args = given.includes('--engine') ? given : [...given, '--engine', 'process'];
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...env } = process.env;
  const child = spawn(process.execPath, [SCRIPT, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));
  return {
    process: child,
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => stdout.includes(text) && resolve(stdout);
        child.stdout.on('data', look);
        void ended.then(() => reject(new Error(`It ended without ${JSON.stringify(text)}:\n${stdout}\n${stderr}`)));
        look();
      }),
  };
}

/** All processes that descend from one. */
export function descendants(pid: number): readonly number[] {
  const pairs = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
  return children.flatMap((child) => [child, ...descendants(child)]);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
