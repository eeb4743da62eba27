import type { TreeEntry } from '../../git/list-tree.ts';
import { objectId } from '../accounts/accounts.ts';
import { badRequest } from '../http/refusals.ts';
import { shownRuntime } from './shown-runtime.ts';
import { shownVisibility } from './shown-visibility.ts';
import { slugOf } from './slug.ts';
import type { Space } from './space.ts';
import { type StoredVolume, shownVolumes } from './volumes.ts';

/** What `expand` may name (hub-contract §6). */
export const INFO_FIELDS = (
  'author cardData createdAt datasets disabled lastModified likes models private region resourceGroup runtime sdk sha ' +
  'siblings subdomain tags trendingScore usedStorage'
).split(' ');

interface InfoOptions {
  /** Sizes and ids with each file. */
  readonly blobs: boolean;
  /** Only these fields, when there are any. */
  readonly expand: readonly string[];
  /** Whether the caller may not see where a volume comes from. */
  readonly isHidden: (volume: StoredVolume) => boolean;
}

/** What `GET /api/spaces/{id}` answers (hub-contract §6). */
export async function spaceInfo(space: Space, rev: string, options: InfoOptions): Promise<Record<string, unknown>> {
  const { blobs, expand } = options;
  if (blobs && expand.length > 0) throw badRequest('"blobs" and "expand" exclude each other');
  const all = await wholeInfo(space, rev, options);
  if (expand.length === 0) return all;
  return Object.fromEntries(Object.entries(all).filter(([key]) => ['_id', 'id', ...expand].includes(key)));
}

async function wholeInfo(
  space: Space,
  rev: string,
  { blobs, isHidden }: InfoOptions,
): Promise<Record<string, unknown>> {
  const { commit, tree } = await space.revision(rev);
  const [[last], { entries }, card] = await Promise.all([
    space.repository.log(commit, { count: 1 }),
    space.repository.tree(tree),
    // A README that cannot be read was pushed to another branch, where it is not checked.
    space.frontMatter(commit).catch(() => ({})),
  ]);
  const { sdk } = space;
  const runtime = shownRuntime(space);
  return {
    _id: space.record.key,
    id: space.id,
    author: space.owner,
    sha: commit,
    lastModified: last?.date,
    createdAt: space.record.createdAt,
    ...shownVisibility(space),
    gated: false,
    disabled: false,
    likes: 0,
    trendingScore: 0,
    usedStorage: entries.reduce((sum, { size }) => sum + size, 0),
    tags: [sdk, 'region:us'],
    region: 'us',
    host: space.runtime.appUrl,
    subdomain: slugOf(space.id),
    sdk,
    cardData: card,
    siblings: entries.filter(({ type }) => type === 'file').map((entry) => sibling(entry, blobs)),
    models: [],
    datasets: [],
    // Here they always are; `/runtime` may lack them (hub-contract §13.1).
    runtime: {
      ...runtime,
      volumes: shownVolumes(space.record.volumes, isHidden),
      sha: space.readings.U1 === 'a' ? undefined : runtime.sha,
    },
    authorData: { _id: objectId(`account ${space.owner}`), name: space.owner },
  };
}

function sibling({ path, oid, size, lfs }: TreeEntry, blobs: boolean): Record<string, unknown> {
  if (!blobs) return { rfilename: path };
  const large = lfs && { sha256: lfs.oid, size: lfs.size, pointerSize: lfs.pointerSize };
  return { rfilename: path, size, blobId: oid, lfs: large };
}
