import type { FastifyInstance } from 'fastify';
import { checkedExpand } from '../http/expand.ts';
import { nextPage } from '../http/next-page.ts';
import { badRequest, revisionNotFound } from '../http/refusals.ts';
import { param, search, switchedOn } from '../http/request-parts.ts';
import { readable } from '../space/access.ts';
import { shownCommit } from '../space/shown-commit.ts';
import type { World } from '../world/world.ts';

const base = '/api/spaces/:owner/:name';

/** Branches and tags, commits, and the differences between two of them (hub-contract §7). */
export function historyRoutes(app: FastifyInstance, world: World): void {
  app.get(`${base}/refs`, async (request) => {
    const { space } = readable(world, request);
    const { branches, tags, pullRequests } = await space.repository.refs();
    return {
      branches,
      tags,
      converts: [],
      pullRequests: switchedOn(request, 'include_prs') ? pullRequests : undefined,
    };
  });

  app.get(`${base}/commits/:rev`, async (request, reply) => {
    const { space } = readable(world, request);
    const { commit } = await space.revision(param(request, 'rev'));
    const expand = checkedExpand(request, ['formatted']);
    const page = Number(search(request).get('p') ?? 0);
    const count = Math.min(Number(search(request).get('limit') ?? 50), 1000);
    if (!Number.isInteger(page) || page < 0 || !(count > 0)) throw badRequest('"p" and "limit" must be positive');
    const commits = await space.repository.log(commit, { skip: page * count, count });
    const isLast = commits.length > 0 && commits.length < count;
    const total = isLast ? page * count + commits.length : await space.repository.count(commit);
    reply.header('x-total-count', total);
    if ((page + 1) * count < total) reply.header('link', nextPage(world.url, request, { p: String(page + 1) }));
    return commits.map((one) => shownCommit(one, expand.includes('formatted')));
  });

  app.get(`${base}/compare/:range`, async (request, reply) => {
    const { space } = readable(world, request);
    const [from, to, ...rest] = param(request, 'range').split(/\.{2,3}/);
    if (!from || !to || rest.length > 0) throw revisionNotFound(param(request, 'range'));
    const [a, b] = [await space.revision(from), await space.revision(to)];
    // The Hub's `raw` is `git diff --raw`, which only says which files differ.
    const form = switchedOn(request, 'raw') ? ['--raw'] : ['--patch'];
    const diff = await space.repository.git('diff', ...form, a.commit, b.commit);
    // A JSON string, not text (the Hub's OpenAPI).
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(diff.toString()));
  });

  app.get(`${base}/treesize/:rev/*`, async (request) => {
    const { space } = readable(world, request);
    const { tree } = await space.revision(param(request, 'rev'));
    const path = param(request, '*').replaceAll(/^\/+|\/+$/g, '');
    const { entries } = await space.repository.tree(tree);
    const inside = entries.filter((entry) => path === '' || entry.path === path || entry.path.startsWith(`${path}/`));
    return { path: `/${path}`, size: inside.reduce((sum, { size }) => sum + size, 0) };
  });
}
