import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ownProgram } from '../own-file.ts';
import type { GitOrder, GitReport } from './start-git.ts';

const PROGRAM = ownProgram('./git/git-launcher-process');

interface Waiting {
  readonly child: ChildProcess;
  readonly answered: (report: GitReport) => void;
}

interface Answer {
  readonly id: number;
  readonly report: GitReport;
}

/**
 * Lets a small process start git. Starting a process from this one takes some 50 ms for each GB of its memory, and one
 * request to the Hub starts git several times.
 */
export class GitLauncher {
  readonly #waiting = new Map<number, Waiting>();
  #process: ChildProcess | undefined;
  #orders = 0;
  #users = 0;

  get isHeld(): boolean {
    return this.#users > 0;
  }

  /** Keeps the small process until everybody who called this has called the returned function. */
  hold(): () => Promise<void> {
    this.#users++;
    let isHeld = true;
    return async () => {
      if (isHeld) this.#users--;
      isHeld = false;
      const child = this.#process;
      if (this.#users > 0 || child === undefined) return;
      child.ref();
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    };
  }

  run(order: GitOrder): Promise<GitReport> {
    const id = ++this.#orders;
    const child = this.#running();
    return new Promise((resolve) => {
      this.#waiting.set(id, { child, answered: resolve });
      child.ref();
      child.channel?.ref();
      child.send({ id, order }, (error) => error && this.#answered({ id, report: failed(error.message) }));
    });
  }

  #running(): ChildProcess {
    if (this.#process?.connected) return this.#process;
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const env = { PATH, NODE_COMPILE_CACHE };
    const child = fork(PROGRAM, { serialization: 'advanced', execArgv: [], env });
    child.on('message', (answer: Answer) => this.#answered(answer));
    child.on('error', () => {});
    child.once('exit', () => this.#gone(child));
    this.#process = child;
    return child;
  }

  #answered({ id, report }: Answer): void {
    this.#waiting.get(id)?.answered(report);
    this.#waiting.delete(id);
    if (this.#waiting.size > 0) return;
    // Nothing is under way, so it must not keep this process alive.
    this.#process?.unref();
    this.#process?.channel?.unref();
  }

  #gone(child: ChildProcess): void {
    if (this.#process === child) this.#process = undefined;
    // Another one may have been started since, which goes on.
    for (const [id, waiting] of [...this.#waiting])
      if (waiting.child === child) this.#answered({ id, report: failed('the process that starts git ended') });
  }
}

function failed(err: string): GitReport {
  return { status: null, out: new Uint8Array(), err };
}
