import { readFile } from 'node:fs/promises';
import type { RunContext } from './inputs.ts';

/** Which run this is, from the variables that GitHub sets for every step, and its event. */
export function runContext(env: Readonly<Record<string, string | undefined>>, event: GithubEvent): RunContext {
  const repository = env['GITHUB_REPOSITORY'];
  const id = env['GITHUB_RUN_ID'];
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  return {
    ...(repository ? { repository } : {}),
    ...(id ? { id } : {}),
    ...(repository && id ? { url: `${server}/${repository}/actions/runs/${id}` } : {}),
    ...(event.pullRequest === undefined ? {} : { pullRequest: event.pullRequest }),
    isManual: Number(env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1 || env['GITHUB_EVENT_NAME'] === 'workflow_dispatch',
    ...(env['GITHUB_EVENT_NAME'] === 'pull_request_target' && event.forkHead !== undefined
      ? { untrustedCommit: event.forkHead }
      : {}),
  };
}

/** What GitHub's event says that matters to a deployment; absent keys are not known. */
export interface GithubEvent {
  readonly repositoryIsPrivate?: boolean;
  /** Number of the pull request that the event is about. */
  readonly pullRequest?: number;
  /** Of a pull request from another repository: the commit that its author wrote. */
  readonly forkHead?: string;
}

/** Reads the event file of the run; an empty event where there is none, as on a person's own machine. */
export async function readGithubEvent(path: string | undefined): Promise<GithubEvent> {
  const event = await parsed(path);
  const isPrivate = at(event, 'repository', 'private');
  const [head, base] = [at(event, 'pull_request', 'head', 'repo', 'full_name'), at(event, 'repository', 'full_name')];
  const forkHead = at(event, 'pull_request', 'head', 'sha');
  const number = at(event, 'pull_request', 'number');
  return {
    ...(typeof isPrivate === 'boolean' ? { repositoryIsPrivate: isPrivate } : {}),
    ...(typeof number === 'number' ? { pullRequest: number } : {}),
    ...(typeof forkHead === 'string' && head !== base ? { forkHead } : {}),
  };
}

async function parsed(path: string | undefined): Promise<unknown> {
  try {
    return path === undefined ? undefined : JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
