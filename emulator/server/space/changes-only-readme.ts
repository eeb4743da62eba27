import { isDeepStrictEqual } from 'node:util';
import type { TreeEntry } from '../../git/list-tree.ts';
import type { Repository, Revision } from '../../git/repository.ts';
import type { FrontMatter } from './front-matter.ts';

/** Keys of the front matter that no build depends on (hub-contract §12.1). */
const FOR_THE_PAGE = new Set(
  'title emoji colorFrom colorTo pinned short_description license tags models datasets thumbnail header fullWidth'.split(
    ' ',
  ),
);

interface Versions {
  readonly repository: Repository;
  revision(rev: string): Promise<Revision>;
  frontMatter(rev: string): Promise<FrontMatter>;
}

/** Whether a build of one commit and of the other would be the same: they differ in README.md alone, and not in a key for builds. */
export async function changesOnlyReadme(space: Versions, from: string, to: string): Promise<boolean> {
  const [before, after] = await Promise.all([filesOf(space, from), filesOf(space, to)]);
  if (!before.delete('README.md') || !after.delete('README.md') || !isDeepStrictEqual(before, after)) return false;
  const [old, now] = await Promise.all([buildKeys(space, from), buildKeys(space, to)]);
  return old !== undefined && isDeepStrictEqual(old, now);
}

async function filesOf(space: Versions, rev: string): Promise<Map<string, string>> {
  const { tree } = await space.revision(rev);
  const { entries } = await space.repository.tree(tree);
  return new Map(entries.filter(isFile).map(({ path, oid }) => [path, oid]));
}

function isFile({ type }: TreeEntry): boolean {
  return type === 'file';
}

/** Undefined when the front matter cannot be read. */
async function buildKeys(space: Versions, rev: string): Promise<Map<string, unknown> | undefined> {
  const card = await space.frontMatter(rev).catch(() => undefined);
  return card && new Map(Object.entries(card).filter(([key]) => !FOR_THE_PAGE.has(key)));
}
