import { openGithub } from './github.ts';

/** Where a comment belongs. */
export interface PullRequest {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  /** GitHub's, with `pull-requests: write`. */
  readonly token: string;
}

/** A comment is worth no long wait, and none at all when GitHub is away. */
const DEADLINE_MS = 10_000;

/**
 * Writes a comment on a pull request; one that begins with the same first line is edited in its place, if it is of
 * somebody who may write here: anybody can write a first line.
 *
 * @throws what GitHub answered
 */
export async function writeComment({ repository, number, token }: PullRequest, body: string): Promise<void> {
  const [owner = '', repo = ''] = repository.split('/');
  const octokit = await openGithub(token, AbortSignal.timeout(DEADLINE_MS));
  const marker = body.split('\n', 1)[0] ?? '';
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const ours = data.find((comment) => comment.body?.split(/\r?\n/, 1)[0] === marker && mayBeOurs(comment));
    if (ours === undefined) continue;
    await octokit.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body });
    return;
  }
  await octokit.rest.issues.createComment({ owner, repo, issue_number: number, body });
}

function mayBeOurs(comment: {
  readonly user: { readonly type?: string } | null;
  readonly author_association?: string;
}) {
  return comment.user?.type === 'Bot' || /^(OWNER|MEMBER|COLLABORATOR)$/.test(comment.author_association ?? '');
}
