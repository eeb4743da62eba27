import type { PullRequest } from '../edges/pull-request-comment.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** The pull request whose run this is, when somebody has given a token to comment on it with. */
export function pullRequestOf({
  githubToken,
  run: { system, repository, pullRequest },
}: Inputs): PullRequest | undefined {
  // Of another CI system the number is that of a merge request elsewhere.
  return system !== undefined || githubToken === undefined || repository === undefined || pullRequest === undefined
    ? undefined
    : { repository, number: pullRequest, token: githubToken };
}

/** Why there is no comment, and what it needs. */
export function commentFailed({ number }: PullRequest, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The comment on pull request ${number} could not be written: ${reason}. It needs \`permissions: pull-requests: write\`; with an empty \`github-token\` there is no comment.`;
}
