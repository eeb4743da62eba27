import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { GitOrder, GitReport } from './start-git.ts';

/** During a deployment a repository is asked many times in a second; after it, not for a long time. */
const IDLE_MS = 2000;

/** A `git cat-file --batch-command --buffer` of one repository, asked again and again. */
export class LongRunningGit {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #asking = pLimit(1);
  #out: Buffer[] = [];
  #err = '';
  #ended: { readonly status: number | null } | undefined;
  readonly #listeners: (() => void)[] = [];
  #idle: NodeJS.Timeout | undefined;
  #onLast: () => void;

  /** `onLast` is called once, when it must not be asked again: it was idle for a while, or ended with an error. */
  constructor({ cwd, args, env }: GitOrder, onLast: () => void) {
    this.#onLast = onLast;
    this.#child = spawn('git', args, { cwd, env });
    this.#child.stdin.on('error', () => {});
    this.#child.stdout.on('data', (chunk: Buffer) => this.#hear(() => this.#out.push(chunk)));
    this.#child.stderr.on('data', (chunk: Buffer) => this.#hear(() => (this.#err += chunk)));
    this.#child.once('error', (error) => this.#hear(() => this.#over(null, error.message)));
    this.#child.once('close', (status) => this.#hear(() => this.#over(status)));
  }

  /** Writes these lines, and returns what git answers. */
  ask(lines: readonly Uint8Array[]): Promise<GitReport> {
    clearTimeout(this.#idle);
    return this.#asking(async () => {
      const report = await this.#answer(lines);
      clearTimeout(this.#idle);
      if (this.#ended === undefined) this.#idle = setTimeout(() => this.#rest(), IDLE_MS);
      return report;
    });
  }

  /** Resolves when the process has ended. */
  async end(): Promise<void> {
    clearTimeout(this.#idle);
    this.#child.kill('SIGKILL');
    while (this.#ended === undefined) await this.#somethingHeard();
  }

  /** One more question marks the end of the answer: it asks for an object with a random name. */
  async #answer(lines: readonly Uint8Array[]): Promise<GitReport> {
    const unheardOf = randomUUID();
    for (const chunk of lines) this.#child.stdin.write(chunk);
    this.#child.stdin.write(`info ${unheardOf}\nflush\n`);
    const end = Buffer.from(`${unheardOf} missing\n`);
    while (this.#ended === undefined && !this.#endsWith(end)) await this.#somethingHeard();
    const out = Buffer.concat(this.#out);
    this.#out = [];
    if (this.#ended !== undefined) return { status: this.#ended.status || null, out, err: this.#err };
    return { status: 0, out: out.subarray(0, -end.length), err: '' };
  }

  #endsWith(end: Buffer): boolean {
    // The end may arrive in several chunks.
    if ((this.#out.at(-1)?.length ?? 0) < end.length) this.#out = [Buffer.concat(this.#out)];
    return this.#out.at(-1)?.subarray(-end.length).equals(end) ?? false;
  }

  #somethingHeard(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  #hear(change: () => void): void {
    change();
    for (const listener of this.#listeners.splice(0)) listener();
  }

  #over(status: number | null, reason = ''): void {
    this.#err += reason;
    this.#ended ??= { status };
    this.#retire();
  }

  #rest(): void {
    this.#retire();
    this.#child.stdin.end();
  }

  /** Only once: after that, another process may take its place. */
  #retire(): void {
    this.#onLast();
    this.#onLast = () => {};
  }
}
