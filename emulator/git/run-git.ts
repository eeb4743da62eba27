import { GitLauncher } from './git-launcher.ts';
import { startGit } from './start-git.ts';

export interface GitRun {
  /** Written to standard input. */
  readonly input?: string | Uint8Array | Iterable<string | Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
  /** As in GitOrder; only while the launcher is kept. */
  readonly isLongRunning?: boolean;
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

/** Settings for one start of git, as variables of its environment. */
export function settingsEnv(settings: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(settings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(pairs.length / 2) };
}

/** Sending more than this to the small process takes longer than starting git from here. */
const MOST_SENT_BYTES = 1024 * 1024;

const launcher = new GitLauncher();

/** Keeps the small process that starts git, until the returned function is called. */
export function keepGitLauncher(): () => Promise<void> {
  return launcher.hold();
}

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
  const input = chunksOf(run.input);
  const bytes = input.reduce((sum, chunk) => sum + chunk.length, 0);
  const order = { cwd, args, env: { ...quietGitEnv, ...run.env }, input, isLongRunning: run.isLongRunning ?? false };
  const isSent = launcher.isHeld && bytes <= MOST_SENT_BYTES;
  const { status, out, err } = await (isSent ? launcher.run(order) : startGit(order));
  if (status !== 0) throw new GitError(args, status, err);
  return Buffer.from(out.buffer, out.byteOffset, out.byteLength);
}

function chunksOf(input: GitRun['input'] = []): readonly Uint8Array[] {
  const chunks = typeof input === 'string' || input instanceof Uint8Array ? [input] : [...input];
  return chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
}
