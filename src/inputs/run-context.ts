import { readFile } from 'node:fs/promises';
import { ciSystemOf } from './ci-systems.ts';
import { at, textAt } from './event-fields.ts';
import { type UntrustedRun, untrustedRun } from './untrusted-run.ts';

/** Who deploys, from the environment of the CI system; everything is absent on a person's own machine. */
export interface RunContext {
  /** The CI system, where it is not GitHub Actions. */
  readonly system?: string | undefined;
  /** `owner/name` on GitHub. */
  readonly repository?: string | undefined;
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  /** Outside of CI: the web page of the repository, by the git remote of the directory. */
  readonly page?: string | undefined;
  /** The commit that the run is for, where another system than GitHub says so. */
  readonly commit?: string | undefined;
  /** Whether everybody can read the repository; absent where that is not known. */
  readonly isPublic?: boolean | undefined;
  /** Number of the pull request whose run this is. */
  readonly pullRequest?: number | undefined;
  /** The newest commit of its branch, which GitHub checks out merged with the base. */
  readonly pullRequestHead?: string | undefined;
  /** Whether a person asked for this run: a re-run, or one started by hand. */
  readonly isManual: boolean;
  /** Where a stranger may have started this run, and written the code, although it has the secrets of the repository. */
  readonly untrusted?: UntrustedRun | undefined;
  /** Whether Dependabot started it: then it gets Dependabot's secrets in place of those of GitHub Actions. */
  readonly isDependabot?: boolean | undefined;
}

/** Which run this is, from the variables that the CI system sets for every step, and GitHub's event. */
export function runContext(env: Readonly<Record<string, string | undefined>>, event: GithubEvent): RunContext {
  const system = ciSystemOf(env);
  return system === undefined ? githubContext(env, event) : { system: system.name, ...system.read(env) };
}

function githubContext(env: Readonly<Record<string, string | undefined>>, event: GithubEvent): RunContext {
  const repository = env['GITHUB_REPOSITORY'] || undefined;
  const id = env['GITHUB_RUN_ID'] || undefined;
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const eventName = env['GITHUB_EVENT_NAME'];
  return {
    repository,
    id,
    url: repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined,
    isPublic: event.repositoryIsPrivate === undefined ? undefined : !event.repositoryIsPrivate,
    pullRequest: event.pullRequest,
    pullRequestHead: event.pullRequestHead,
    isManual: Number(env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1 || eventName === 'workflow_dispatch',
    untrusted: untrustedRun(env, event.payload),
    isDependabot: env['GITHUB_ACTOR'] === 'dependabot[bot]' || undefined,
  };
}

/** An address by which the repository of a run is recognised: the run's own, or outside of CI the page of its remote. */
export function homeOf({ url, page }: RunContext): string | undefined {
  return url ?? page;
}

/** What GitHub's event says that matters to a deployment; absent keys are not known. */
export interface GithubEvent {
  readonly repositoryIsPrivate?: boolean | undefined;
  /** Number of the pull request that the event is about. */
  readonly pullRequest?: number | undefined;
  /** The newest commit of its branch. */
  readonly pullRequestHead?: string | undefined;
  /** All that GitHub says of the event; not checked. */
  readonly payload?: unknown;
}

/** Reads the event file of the run; an empty event where there is none, as on a person's own machine. */
export async function readGithubEvent(path: string | undefined): Promise<GithubEvent> {
  const payload = await parsed(path);
  const isPrivate = at(payload, 'repository', 'private');
  const number = at(payload, 'pull_request', 'number');
  return {
    repositoryIsPrivate: typeof isPrivate === 'boolean' ? isPrivate : undefined,
    pullRequest: typeof number === 'number' ? number : undefined,
    pullRequestHead: textAt(payload, 'pull_request', 'head', 'sha'),
    payload,
  };
}

async function parsed(path: string | undefined): Promise<unknown> {
  try {
    return path === undefined ? undefined : JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
