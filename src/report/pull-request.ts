import { plainLine } from '../base/plain-line.ts';
import type { PullRequest } from '../edges/pull-request-comment.ts';
import type { Runner } from '../edges/runner.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** The pull request whose run this is, when somebody has given a token to comment on it with. */
export function pullRequestOf({ githubToken, run: { repository, pullRequest } }: Inputs): PullRequest | undefined {
  return githubToken === undefined || repository === undefined || pullRequest === undefined
    ? undefined
    : { repository, number: pullRequest, token: githubToken };
}

/** Writes the one comment, or says why it could not: a deployment is none the worse for it. */
export async function tellPullRequest(runner: Runner, on: PullRequest, markdown: string): Promise<void> {
  try {
    await runner.comment(on, markdown);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const fix = 'It needs `permissions: pull-requests: write`; an empty `github-token` asks for none.';
    const text = `The comment on pull request ${on.number} could not be written: ${why}. ${fix}`;
    runner.annotate('notice', plainLine(text));
  }
}
