import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { lastCommits } from '../../git/last-commits.ts';
import type { TreeEntry } from '../../git/list-tree.ts';
import { nextPage } from '../http/next-page.ts';
import { badRequest, entryNotFound } from '../http/refusals.ts';
import { param, search, switchedOn } from '../http/request-parts.ts';
import { readable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import { treeItem } from '../space/tree-item.ts';
import type { World } from '../world/world.ts';

const pageSize = 1000;
const expandedPageSize = 100;

/** Lists files and folders, in pages (hub-contract §7). */
export function treeRoutes(app: FastifyInstance, world: World): void {
  const list = async (request: FastifyRequest, reply: FastifyReply) => {
    const { space } = readable(world, request);
    const { commit, tree } = await space.revision(param(request, 'rev'));
    const page = readCursor(search(request).get('cursor')) ?? { tree, offset: 0 };
    const expand = switchedOn(request, 'expand');
    const entries = await listed(
      space,
      page.tree,
      param(request, '*').replace(/\/$/, ''),
      switchedOn(request, 'recursive'),
    );
    const end = page.offset + readLimit(request, expand ? expandedPageSize : pageSize);
    if (end < entries.length) {
      reply.header('link', nextPage(world.url, request, { cursor: writeCursor({ tree: page.tree, offset: end }) }));
    }
    const shown = entries.slice(page.offset, end);
    const last = expand ? await lastCommits(space.repository.gitDir, commit, shown) : undefined;
    return shown.map((entry) => treeItem(entry, last && { lastCommit: last.get(entry.path) }));
  };
  app.get('/api/spaces/:owner/:name/tree/:rev', list);
  app.get('/api/spaces/:owner/:name/tree/:rev/*', list);
}

async function listed(space: Space, tree: string, folder: string, recursive: boolean): Promise<readonly TreeEntry[]> {
  const { entries, byPath } = await space.repository.tree(tree);
  if (folder !== '' && byPath.get(folder)?.type !== 'directory') throw entryNotFound();
  const prefix = folder === '' ? '' : `${folder}/`;
  if (prefix === '' && recursive) return entries;
  return entries.filter(({ path }) => path.startsWith(prefix) && (recursive || !path.includes('/', prefix.length)));
}

function readLimit(request: FastifyRequest, most: number): number {
  const limit = Number(search(request).get('limit') ?? most);
  if (!Number.isInteger(limit) || limit < 1) throw badRequest('"limit" must be a positive integer');
  return Math.min(limit, most);
}

interface Cursor {
  /** Later pages list the tree of the first one, whatever is pushed meanwhile. */
  readonly tree: string;
  readonly offset: number;
}

function writeCursor({ tree, offset }: Cursor): string {
  return Buffer.from(`${tree}:${offset}`).toString('base64url');
}

function readCursor(cursor: string | null): Cursor | undefined {
  if (cursor === null) return undefined;
  const [, tree, offset] = /^([0-9a-f]{40}):(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!tree) throw badRequest('Invalid cursor');
  return { tree, offset: Number(offset) };
}
