import type { FastifyInstance } from 'fastify';
import type { Author } from '../../git/write-commit.ts';
import { authorOf } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import { badRequest, revisionNotFound } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import { writable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

interface Made {
  readonly author: Author;
  readonly date: Date;
}

const base = '/api/spaces/:owner/:name';

/** Branches and tags (hub-contract §7.1). */
export function branchRoutes(app: FastifyInstance, world: World): void {
  app.post(`${base}/branch/:rev`, async (request) => {
    const { space, caller } = writable(world, request);
    const body = new Fields(request.body);
    const ref = await checkedRef(space, `refs/heads/${param(request, 'rev')}`, 'branch');
    if (!body.flag('overwrite')) await refuseTaken(space, ref);
    if (body.flag('emptyBranch')) {
      await moveToEmptyCommit(space, ref, { author: authorOf(caller), date: world.now() });
      return {};
    }
    const start = await space.revision(body.optionalText('startingPoint') ?? 'main');
    await move(space, ref, start.commit);
    return {};
  });

  app.delete(`${base}/branch/:rev`, async (request) => {
    const { space } = writable(world, request);
    const ref = `refs/heads/${param(request, 'rev')}`;
    if (ref === 'refs/heads/main') throw badRequest(`Cannot delete ${ref}`);
    await remove(space, ref);
    return {};
  });

  app.post(`${base}/tag/:rev`, async (request) => {
    const { space } = writable(world, request);
    const body = new Fields(request.body);
    // The revision first: a missing one is 404 also where the name is wrong (hub-contract §7.1).
    const { commit } = await space.revision(param(request, 'rev'));
    const ref = await checkedRef(space, `refs/tags/${body.text('tag')}`, 'tag');
    await refuseTaken(space, ref);
    await move(space, ref, commit);
    return {};
  });

  app.delete(`${base}/tag/:rev`, async (request) => {
    const { space } = writable(world, request);
    await remove(space, `refs/tags/${param(request, 'rev')}`);
    return {};
  });
}

async function checkedRef(space: Space, ref: string, kind: string): Promise<string> {
  const isValid = await space.repository.git('check-ref-format', ref).then(
    () => true,
    () => false,
  );
  // 40 hex digits would shadow a commit.
  if (!isValid || /^refs\/heads\/(refs\/.*|[0-9a-f]{40})$/.test(ref)) {
    throw badRequest(`Invalid reference for a ${kind}`);
  }
  return ref;
}

async function refuseTaken(space: Space, ref: string): Promise<void> {
  if (await space.repository.resolve(ref)) throw new HubError(409, `Reference ${ref} already exists`);
}

async function move(space: Space, ref: string, commit: string): Promise<void> {
  await space.repository.writing(async () => {
    await space.repository.git('update-ref', ref, commit);
    await space.noticeHead();
  });
}

/** A commit without files and without a parent; what the Hub calls it is not known. */
async function moveToEmptyCommit(space: Space, ref: string, { author, date }: Made): Promise<void> {
  await space.repository.writing(async () => {
    await space.repository.moveToRootCommit(ref, {
      tree: await space.repository.emptyTree(),
      message: 'initial commit',
      author,
      date,
    });
    await space.noticeHead();
  });
}

async function remove(space: Space, ref: string): Promise<void> {
  if (!(await space.repository.resolve(ref))) throw revisionNotFound(ref);
  await space.repository.writing(() => space.repository.git('update-ref', '-d', ref));
}
