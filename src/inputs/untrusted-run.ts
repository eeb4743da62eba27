import { at, textAt } from './event-fields.ts';

/**
 * A run that has the secrets of this repository although a stranger may have started it, and may have written what is
 * checked out. https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
export interface UntrustedRun {
  readonly event: string;
  /** The repository that the code may be from, as `owner/name`; undefined when the event does not name it. */
  readonly from?: string | undefined;
  /** Commits that the stranger wrote, as far as the event names them. */
  readonly commits: readonly string[];
  /** Commits that are certainly of this repository. */
  readonly trusted: readonly string[];
}

/** Anybody with an account can start these, and none of them names the commit that a step may check out. */
const STARTED_BY_ANYBODY = [
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'check_run',
  'check_suite',
  'status',
];

/** Undefined for a run that no stranger can start, or that gets no secrets when one does, as `pull_request`. */
export function untrustedRun(
  env: Readonly<Record<string, string | undefined>>,
  payload: unknown,
): UntrustedRun | undefined {
  const event = env['GITHUB_EVENT_NAME'] ?? '';
  const trusted = [env['GITHUB_SHA'], textAt(payload, 'pull_request', 'base', 'sha')].filter(
    (sha) => sha !== undefined,
  );
  const own = textAt(payload, 'repository', 'full_name');
  const head = headOf(event, payload);
  // Without what GitHub says of the event nobody knows whose code it is.
  if (STARTED_BY_ANYBODY.includes(event) || (head !== undefined && own === undefined)) {
    return { event, commits: head?.commits ?? [], trusted };
  }
  if (head === undefined || head.from === own) return undefined;
  return { event, from: head.from ?? 'a repository that was deleted', commits: head.commits, trusted };
}

/** The repository and commits that the event is about. */
function headOf(event: string, payload: unknown) {
  if (event === 'workflow_run') {
    const run = at(payload, 'workflow_run');
    return { from: textAt(run, 'head_repository', 'full_name'), commits: known(textAt(run, 'head_sha')) };
  }
  const isDispatched = event === 'repository_dispatch';
  const pullRequest = isDispatched ? at(payload, 'client_payload', 'pull_request') : at(payload, 'pull_request');
  if (event !== 'pull_request_target' && (!isDispatched || pullRequest === undefined)) return undefined;
  return {
    from: textAt(pullRequest, 'head', 'repo', 'full_name'),
    commits: known(textAt(pullRequest, 'head', 'sha'), textAt(pullRequest, 'merge_commit_sha')),
  };
}

function known(...commits: readonly (string | undefined)[]): readonly string[] {
  return commits.filter((commit) => commit !== undefined);
}
