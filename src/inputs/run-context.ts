import type { GithubEvent } from './github-event.ts';
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
    wished: Number(env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1 || env['GITHUB_EVENT_NAME'] === 'workflow_dispatch',
    ...(env['GITHUB_EVENT_NAME'] === 'pull_request_target' && event.forkHead !== undefined
      ? { untrustedCommit: event.forkHead }
      : {}),
  };
}
