import { type Lab, openLab } from '../../scenarios/support/lab.ts';
import { type CommandOptions, type CommandRun, runCommand } from './run-command.ts';

/** A local Hub and a repository, with the command between them. */
export interface CommandLab extends AsyncDisposable {
  readonly lab: Lab;
  /** Calls the command in the repository, for the Space `me/app` of staging, logged in as `me`. */
  call(
    command: string,
    args?: readonly string[],
    options?: Partial<CommandOptions>,
  ): Promise<CommandRun & { readonly requests: readonly string[] }>;
  /** Calls it with these arguments alone. */
  readonly callAs: typeof runCommand;
  /** Flags and environment of such a call, for one that a test makes itself. */
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export async function openCommandLab(files: Readonly<Record<string, string>>): Promise<CommandLab> {
  const lab = await openLab(files);
  const flags = ['--space', 'me/app', '--environment', 'staging'];
  const env = { HF_TOKEN: 'hf_me_write', HF_ENDPOINT: lab.hub.url };
  return {
    lab,
    callAs: runCommand,
    flags,
    env,
    async call(command, args = [], options = {}) {
      const before = lab.hub.requests.length;
      const run = await runCommand([command, ...flags, ...args], {
        cwd: lab.workspace.directory,
        ...options,
        env: { ...env, ...options.env },
      });
      return { ...run, requests: lab.hub.requests.slice(before).map(({ method, path }) => `${method} ${path}`) };
    },
    [Symbol.asyncDispose]: () => lab.close(),
  };
}

/** What was printed, without what differs from run to run: times, commits, ports. */
export function withoutChance(text: string): string {
  return text
    .replaceAll(/^ *(?:[\d.]+(?:ms|[smh]) ?)+ {2}/gm, '      TIME  ')
    .replaceAll(/\b[\d.]+(?:ms|s)\b(?: [\d.]+s\b)?/g, 'TIME')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'WHEN')
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'COMMIT')
    .replaceAll(/\b[0-9a-f]{7}\b/g, 'COMMIT7')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST');
}
