import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authorOf } from '../accounts/caller.ts';
import { type CommitRequest, readJsonCommit, readNdjsonCommit } from '../commit/commit-request.ts';
import { makeCommit } from '../commit/make-commit.ts';
import { HubError } from '../http/hub-error.ts';
import { notModelled } from '../http/not-modelled.ts';
import { badRequest, revisionNotFound } from '../http/refusals.ts';
import { param, switchedOn } from '../http/request-parts.ts';
import { type Access, proposable, writable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

const noWriteRight = 'Forbidden: pass `create_pr=1` as a query parameter to create a Pull Request.';
const staleParent = 'The branch was updated since you opened this page. Please refresh and try again.';

/** Commits files to a branch, or to a new pull request (hub-contract §11). */
export function commitRoute(app: FastifyInstance, world: World): void {
  app.post('/api/spaces/:owner/:name/commit/:rev', async (request) => {
    if (switchedOn(request, 'hot_reload')) throw notModelled('hot_reload=1');
    const asPullRequest = switchedOn(request, 'create_pr');
    const access = asPullRequest ? proposable(world, request) : writable(world, request, noWriteRight);
    const wanted = await readCommit(request);
    const { space } = access;
    return space.repository.writing(async () => {
      const target = await targetOf(space, param(request, 'rev'), wanted, asPullRequest);
      const commit = await commitOn(world, access, wanted, target);
      const large = wanted.changes.flatMap((change) => (change.kind === 'object' ? [change] : []));
      await space.noticePush(target.ref, large);
      await space.noticeHead();
      return answer(world, space, commit, target.pullRequest);
    });
  });
}

function readCommit(request: FastifyRequest): CommitRequest | Promise<CommitRequest> {
  return request.body instanceof Readable ? readNdjsonCommit(request.body) : readJsonCommit(request.body);
}

interface Target {
  readonly ref: string;
  readonly parent: string;
  readonly pullRequest?: number;
}

/** Where the commit goes; throws 412 when the branch is no longer where the client saw it. */
async function targetOf(space: Space, rev: string, wanted: CommitRequest, asPullRequest: boolean): Promise<Target> {
  const { parentCommit } = wanted;
  const full = rev.startsWith('refs/') ? rev : `refs/heads/${rev === 'HEAD' ? 'main' : rev}`;
  const tip = await tipOf(space, full);
  if (asPullRequest) {
    // A pull request starts from a branch, not from a commit or a tag (hub-contract §11).
    if (!tip) throw revisionNotFound(rev);
    const { pullRequests } = await space.repository.refs();
    const pullRequest = pullRequests.length + 1;
    const parent = parentCommit ? (await space.revision(parentCommit)).commit : tip;
    return { ref: `refs/pr/${pullRequest}`, parent, pullRequest };
  }
  if (!tip) throw (await space.repository.resolve(rev)) ? badRequest(`${rev} is not a branch`) : revisionNotFound(rev);
  if (parentCommit && parentCommit !== tip) throw new HubError(412, staleParent);
  return { ref: full, parent: tip };
}

/** The commit of a branch or pull request; undefined when there is none of that name. */
async function tipOf(space: Space, full: string): Promise<string | undefined> {
  if (full === 'refs/heads/main') return space.repository.head();
  const { branches, pullRequests } = await space.repository.refs();
  return [...branches, ...pullRequests].find(({ ref }) => ref === full)?.targetCommit;
}

async function commitOn(world: World, access: Access, wanted: CommitRequest, target: Target): Promise<string> {
  const { space, caller } = access;
  const { tree } = await space.revision(target.parent);
  return makeCommit(space, wanted, {
    ...target,
    tree: await space.repository.tree(tree),
    author: authorOf(caller),
    date: world.now(),
  });
}

function answer(world: World, space: Space, commit: string, pullRequest: number | undefined): Record<string, unknown> {
  const page = `${world.url}/spaces/${space.id}`;
  return {
    success: true,
    commitOid: commit,
    commitUrl: `${page}/commit/${commit}`,
    hookOutput: '',
    pullRequestUrl: pullRequest === undefined ? undefined : `${page}/discussions/${pullRequest}`,
  };
}
