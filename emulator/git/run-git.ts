import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';

export interface GitRun {
  /** Written to standard input. */
  readonly input?: string | Uint8Array | Iterable<string | Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Settings of the person at this machine (aliases, LFS filters, hooks) must not change what the local Hub stores. */
export const quietGitEnv: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

export class GitError extends Error {
  readonly stderr: string;
  constructor(args: readonly string[], status: number | null, stderr: string) {
    super(`git ${args[0]} ended with ${status}: ${stderr.trim()}`);
    this.name = 'GitError';
    this.stderr = stderr;
  }
}

/** Runs git in a directory and answers what it printed; throws GitError when it fails. */
export async function runGit(cwd: string, args: readonly string[], run: GitRun = {}): Promise<Buffer> {
  const options: SpawnOptionsWithoutStdio = { cwd, env: { ...quietGitEnv, ...run.env } };
  const child = spawn('git', args, options);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A git that fails early closes its input; its exit status tells the story, not EPIPE.
  child.stdin.on('error', () => {});
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  feed(child.stdin, run.input);
  const status = await ended;
  if (status !== 0) throw new GitError(args, status, Buffer.concat(err).toString());
  return Buffer.concat(out);
}

function feed(stdin: NodeJS.WritableStream, input: GitRun['input']): void {
  if (typeof input === 'string' || input instanceof Uint8Array) stdin.write(input);
  else for (const chunk of input ?? []) stdin.write(chunk);
  stdin.end();
}
