import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

const LAST_WORDS_MS = 1000;

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

/**
 * A command and all its children. They end when it is told to stop, and also when this process dies, in whatever way.
 */
export class ProcessGroup {
  /** Resolves with the exit code: 128 + n after signal n, 127 when the command cannot be started. Never rejects. */
  readonly exited: Promise<number>;
  readonly #child: ChildProcess;
  #over = false;

  constructor(launch: Launch) {
    const { command, args, cwd, env, onLine } = launch;
    this.#child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const allSaid = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));
    const watchdog = this.#child.pid === undefined ? undefined : startWatchdog(this.#child.pid);
    this.exited = this.#exit(launch).then(async (code) => {
      // What the command left behind in its group must not outlive it; its last words must not be lost.
      this.#signal('SIGKILL');
      watchdog?.kill('SIGKILL');
      await Promise.race([allSaid, delay(LAST_WORDS_MS, undefined, { ref: false })]);
      this.#over = true;
      return code;
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) readLines(stream, onLine);
  }

  get over(): boolean {
    return this.#over;
  }

  /** Sends SIGTERM, and SIGKILL if that does not help in time. Resolves when all processes have ended. */
  async stop(patienceMs: number): Promise<void> {
    if (this.#over) return;
    if (patienceMs > 0) {
      this.#signal('SIGTERM');
      const timer = setTimeout(() => this.#signal('SIGKILL'), patienceMs);
      await this.exited;
      clearTimeout(timer);
    } else {
      this.#signal('SIGKILL');
      await this.exited;
    }
  }

  #exit({ command, onLine }: Launch): Promise<number> {
    return new Promise((resolve) => {
      this.#child.once('error', (error: NodeJS.ErrnoException) => {
        onLine(error.code === 'ENOENT' ? `exec: "${command}": executable file not found in $PATH` : error.message);
        resolve(127);
      });
      // 'exit', not 'close': a grandchild that inherited the pipes would hold 'close' back for as long as it lives.
      this.#child.once('exit', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
    });
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is gone already.
    }
  }
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}

/**
 * A shell that waits for the end of its input, which comes when this process ends, and then kills the group.
 * An 'exit' handler would not do: it is not called on SIGKILL, nor on a signal that nobody handles.
 */
function startWatchdog(group: number): ChildProcess {
  const watchdog = spawn('/bin/sh', ['-c', `read -r _; kill -s KILL -- -${group}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return watchdog;
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 1 : constants.signals[signal];
}
