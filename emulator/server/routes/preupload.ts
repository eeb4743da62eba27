import type { FastifyInstance } from 'fastify';
import ignore from 'ignore';
import { lfsRules } from '../../git/git-attributes.ts';
import type { Tree } from '../../git/repository.ts';
import { checkPath } from '../commit/commit-request.ts';
import { isBinary, regularLimitBytes } from '../commit/content-rules.ts';
import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import { param, switchedOn } from '../http/request-parts.ts';
import { proposable, writable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

const filesPerCall = 1000;

/** Tells how to upload each file, and the id of what is there now (hub-contract §9). */
export function preuploadRoute(app: FastifyInstance, world: World): void {
  app.post('/api/spaces/:owner/:name/preupload/:rev', async (request) => {
    const { space } = switchedOn(request, 'create_pr') ? proposable(world, request) : writable(world, request);
    const body = new Fields(request.body, 422);
    const files = body.objects('files').map(readFile);
    if (files.length > filesPerCall) throw new HubError(422, `"files" must contain at most ${filesPerCall} items`);
    const revision = await space.revision(param(request, 'rev'));
    const tree = await space.repository.tree(revision.tree);
    const isLfs = lfsRules(body.optionalText('gitAttributes') ?? (await present(space, tree, '.gitattributes')));
    const ignored = ignore().add(body.optionalText('gitIgnore') ?? (await present(space, tree, '.gitignore')));
    return {
      commitOid: revision.commit,
      files: files.map((file) => ({
        path: file.path,
        uploadMode: needsLfs(file, isLfs) ? 'lfs' : 'regular',
        shouldIgnore: ignored.ignores(file.path),
        ...presentId(tree, file.path),
      })),
    };
  });
}

interface Candidate {
  readonly path: string;
  readonly size: number;
  readonly sample: Buffer;
}

function readFile(file: Fields): Candidate {
  const path = checkPath(file.text('path'), 'files');
  return { path, size: file.number('size'), sample: Buffer.from(file.text('sample'), 'base64') };
}

function needsLfs(file: Candidate, isLfs: (path: string) => boolean): boolean {
  return isLfs(file.path) || file.size > regularLimitBytes || isBinary(file.sample);
}

function presentId(tree: Tree, path: string): { oid?: string } {
  const entry = tree.byPath.get(path);
  return entry?.type === 'file' ? { oid: entry.lfs?.oid ?? entry.oid } : {};
}

async function present(space: Space, tree: Tree, path: string): Promise<string> {
  const entry = tree.byPath.get(path);
  return entry ? (await space.repository.blob(entry.oid)).toString() : '';
}
