import { spawn } from 'node:child_process';

/** One call of git. */
export interface GitOrder {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Written to standard input, one after the other. */
  readonly input: readonly Uint8Array[];
  /** Goes to a git that keeps running and answers many orders, one after the other; see long-running-git.ts. */
  readonly isLongRunning?: boolean;
}

export interface GitReport {
  /** What git ended with; null when it was killed or could not be started. */
  readonly status: number | null;
  readonly out: Uint8Array;
  readonly err: string;
}

/** Starts git and reports how it ended. Never rejects. */
export function startGit({ cwd, args, env, input }: GitOrder): Promise<GitReport> {
  const child = spawn('git', args, { cwd, env });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A git that fails early closes its input; its exit status says why, EPIPE does not.
  child.stdin.on('error', () => {});
  for (const chunk of input) child.stdin.write(chunk);
  child.stdin.end();
  return new Promise((resolve) => {
    const end = (status: number | null, more = '') =>
      resolve({ status, out: Buffer.concat(out), err: Buffer.concat(err).toString() + more });
    child.once('error', (error) => end(null, error.message));
    child.once('close', (status) => end(status));
  });
}
