import type { FastifyInstance } from 'fastify';
import { lastCommits } from '../../git/last-commits.ts';
import { Fields } from '../http/fields.ts';
import { badRequest } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import { readable } from '../space/access.ts';
import { treeItem } from '../space/tree-item.ts';
import type { World } from '../world/world.ts';

const pathsPerCall = 2000;

/** Looks up single paths; missing ones are absent from the answer (hub-contract §7). */
export function pathsInfoRoute(app: FastifyInstance, world: World): void {
  app.post('/api/spaces/:owner/:name/paths-info/:rev', async (request) => {
    const { space } = readable(world, request);
    const body = new Fields(request.body);
    const paths = body.texts('paths');
    if (paths.length > pathsPerCall) throw badRequest(`"paths" must contain at most ${pathsPerCall} items`);
    const { commit, tree } = await space.revision(param(request, 'rev'));
    const { byPath } = await space.repository.tree(tree);
    const entries = paths.flatMap((path) => byPath.get(path.replace(/\/$/, '')) ?? []);
    // Python sends a form, where the switch is text; JS sends JSON.
    const expand = /^true$/i.test(String(body.raw('expand')));
    const last = expand ? await lastCommits(space.repository.gitDir, commit, entries) : undefined;
    return entries.map((entry) => treeItem(entry, last && { lastCommit: last.get(entry.path) }));
  });
}
