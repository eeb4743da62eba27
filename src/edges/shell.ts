import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findInPath } from './find-in-path.ts';
import { followLines } from './output-lines.ts';
import { endGroup } from './process-group.ts';
import { formsOf } from './secret-forms.ts';
import { hasToken, isWithheld } from './withheld.ts';

/** A command of the person, for the shell. */
export interface ShellCommand {
  readonly script: string;
  /** Where it runs, absolute. */
  readonly directory: string;
  /** Added to its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** No variable with one of these in its value is handed on, whatever its name. */
  readonly tokens: readonly string[];
  /** Milliseconds after which it is ended. */
  readonly deadlineMs: number;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

/** How a command ended. */
export type ShellEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'not-started'; readonly why: string };

/**
 * Runs a command and gives the lines that it prints, which are untrusted. With its end, everything that
 * it started in its process group ends, too. Rejects only when its signal aborts.
 */
export type Shell = (command: ShellCommand) => AsyncGenerator<readonly string[], ShellEnd>;

/** Files by which a step speaks to GitHub's runner: what a check prints there would be a word of this action. */
const FILES_OF_THE_RUNNER = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];

/** How long a command may take to end after it was asked to. */
const GRACE_MS = 2_000;
/** What it printed last is still read for this long, also where something that it started holds its output open. */
const LAST_WORDS_MS = 500;
/** Lines are collected for this long. */
const BATCH_MS = 200;

/** The machine's bash, or its sh, from PATH. */
export const systemShell: Shell = async function* (command) {
  command.signal.throwIfAborted();
  const shell = findShell();
  if (shell === undefined) return { kind: 'not-started', why: 'neither bash nor sh is installed' };
  // The command is in a file, as GitHub's runner does it: everybody on the machine can read the arguments of a process.
  const place = await mkdtemp(join(process.env['RUNNER_TEMP'] || tmpdir(), 'spaceport-check-'));
  try {
    const script = join(place, 'check.sh');
    await writeFile(script, `${command.script}\n`, { mode: 0o600 });
    return yield* run([...shell, script], command);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};

function findShell(): readonly string[] | undefined {
  const bash = findInPath('bash', process.env);
  if (bash !== undefined) return [bash, '--noprofile', '--norc', '-eo', 'pipefail'];
  const sh = findInPath('sh', process.env);
  return sh === undefined ? undefined : [sh, '-e'];
}

async function* run(
  [program = '', ...args]: readonly string[],
  command: ShellCommand,
): AsyncGenerator<readonly string[], ShellEnd> {
  const child = spawn(program, args, {
    cwd: command.directory,
    env: { ...inherited(command.tokens), ...command.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that all that it starts can be ended.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const lines = followLines([child.stdout, child.stderr]);
  const ended = endOf(child, command);
  let end: ShellEnd | undefined;
  let isEnded = false;
  try {
    while (end === undefined) {
      end = await Promise.race([ended, pause(BATCH_MS, undefined)]);
      const fresh = lines.take();
      if (fresh.length > 0) yield fresh;
    }
    await endGroup(child, GRACE_MS);
    isEnded = true;
    await Promise.race([lines.closed, pause(LAST_WORDS_MS)]);
    const last = lines.end();
    if (last.length > 0) yield last;
  } finally {
    if (!isEnded) await endGroup(child, GRACE_MS);
    lines.end();
  }
  command.signal.throwIfAborted();
  return end;
}

function inherited(tokens: readonly string[]): NodeJS.ProcessEnv {
  const forms = tokens.flatMap(formsOf);
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name, value = '']) => !isWithheld(name) && !FILES_OF_THE_RUNNER.includes(name) && !hasToken(value, forms),
    ),
  );
}

/** Waits for its end, for the end of its time, or for the end of the job. */
async function endOf(child: ChildProcess, { deadlineMs, signal }: ShellCommand): Promise<ShellEnd> {
  const over = new AbortController();
  const exited = new Promise<ShellEnd>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'not-started', why: error.message }));
    child.once('exit', (code, by) =>
      resolve(code === null ? { kind: 'killed', by: String(by) } : { kind: 'exited', code }),
    );
  });
  const isOver = AbortSignal.any([over.signal, signal]);
  const timeUp = pause(deadlineMs, undefined, { signal: isOver }).catch(() => undefined);
  const first = await Promise.race([exited, timeUp]);
  over.abort();
  return first ?? { kind: 'timed-out' };
}
