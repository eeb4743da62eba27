import { readFile } from 'node:fs/promises';

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
