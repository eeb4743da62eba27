import { lfsLine, lfsRules } from '../../git/git-attributes.ts';
import { writePointer } from '../../git/lfs-pointer.ts';
import type { Tree } from '../../git/repository.ts';
import type { Addition, Author } from '../../git/write-commit.ts';
import { badRequest, entryNotFound } from '../http/refusals.ts';
import type { Space } from '../space/space.ts';
import type { CommitRequest, FileChange } from './commit-request.ts';
import { type Blob, checkRegularFiles } from './content-rules.ts';

export interface CommitTarget {
  readonly ref: string;
  readonly parent: string;
  readonly tree: Tree;
  readonly author: Author;
  readonly date: Date;
}

/** Makes a commit on top of `target.parent`, also when nothing differs (hub-contract §11), and returns its id. */
export async function makeCommit(space: Space, request: CommitRequest, target: CommitTarget): Promise<string> {
  const { tree } = target;
  for (const path of request.deletions) checkDeletion(path, tree);
  checkRegularFiles(request.changes.flatMap(regularFile), target.ref);
  const moved = request.changes.flatMap((change) => (change.kind === 'rename' ? [change.from] : []));
  const additions = await Promise.all(request.changes.map((change) => addition(space, change, tree)));
  return space.repository.commit({
    ref: target.ref,
    parent: target.parent,
    message: request.description ? `${request.summary}\n\n${request.description}` : request.summary,
    author: target.author,
    date: target.date,
    deletions: [...request.deletions.map((path) => path.replace(/\/$/, '')), ...moved],
    additions: [...additions, ...(await newLfsRules(space, request, tree))],
  });
}

/** Any deletion may name a folder, with or without a final slash; only a file has none (hub-contract §11). */
function checkDeletion(path: string, tree: Tree): void {
  const isFolder = path.endsWith('/');
  const entry = tree.byPath.get(path.replace(/\/$/, ''));
  if (entry && (entry.type === 'directory' || !isFolder)) return;
  throw entryNotFound(`A ${isFolder ? 'folder' : 'file'} with this name doesn't exist: "${path}"`);
}

function regularFile(change: FileChange): Blob[] {
  return change.kind === 'content' ? [change] : [];
}

async function addition(space: Space, change: FileChange, tree: Tree): Promise<Addition> {
  if (change.kind === 'content') return change;
  if (change.kind === 'object') return { path: change.path, content: await pointer(space, change.oid, change.size) };
  const source = tree.byPath.get(change.from);
  if (source?.type !== 'file') throw entryNotFound(`A file with this name doesn't exist: "${change.from}"`);
  return { path: change.path, blob: source.oid };
}

/** The Hub's words for an object that was never uploaded are not known (hub-contract §11). */
async function pointer(space: Space, oid: string, size: number | undefined): Promise<Buffer> {
  const stored = await space.objects.size(oid);
  if (stored === undefined) throw badRequest(`LFS pointer pointed to a file that does not exist: ${oid}`);
  if (size !== undefined && size !== stored) throw badRequest(`LFS object ${oid} has ${stored} bytes, not ${size}`);
  return writePointer({ oid, size: stored });
}

/** `.gitattributes` with a line for each new LFS file that no pattern covers (hub-contract §11). */
async function newLfsRules(space: Space, request: CommitRequest, tree: Tree): Promise<Addition[]> {
  const path = '.gitattributes';
  const sent = request.changes.findLast((change) => change.kind === 'content' && change.path === path);
  const present = request.deletions.includes(path) ? undefined : tree.byPath.get(path);
  const text = sent?.kind === 'content' ? sent.content : present && (await space.repository.blob(present.oid));
  const covered = lfsRules(text?.toString() ?? '');
  const missing = request.changes.filter((change) => change.kind === 'object' && !covered(change.path));
  if (missing.length === 0) return [];
  const before = text?.toString().replace(/(?<=[^\n])$/, '\n') ?? '';
  return [{ path, content: Buffer.from(before + missing.map((change) => lfsLine(change.path)).join('')) }];
}
