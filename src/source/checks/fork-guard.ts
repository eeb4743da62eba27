import type { Problem } from '../../base/failure.ts';
import type { RunContext } from '../../inputs/inputs.ts';

/**
 * `pull_request_target` runs with the secrets of this repository. Together with a checkout of what a stranger wrote it
 * hands them over: the code runs on the Space with its secrets, before anybody has read it.
 * https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
export function forkProblems(run: RunContext, commit: string | undefined): readonly Problem[] {
  if (run.untrustedCommit === undefined || commit !== run.untrustedCommit) return [];
  return [
    {
      where: `commit ${commit.slice(0, 7)}`,
      what: 'This is the code of a pull request from a fork, checked out under pull_request_target.',
      cause:
        'Whoever opened it would get the token and the secrets of this repository, before anybody has read the code.',
      fix: 'Deploy on push, or use the event pull_request, where forks get no secrets: `mode: plan` needs none of them to write.',
    },
  ];
}
