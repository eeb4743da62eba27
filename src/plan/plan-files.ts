import { Failure } from '../base/failure.ts';
import { globMatcher } from '../inputs/globs.ts';
import { GIT_ATTRIBUTES } from '../source/file-names.ts';
import type { DeployFile, Source } from '../source/source.ts';
import type { RemoteFile, SpaceState } from '../space/space-state.ts';
import type { ChangedFile, Step } from './plan.ts';
import { protectedClashes } from './protected-clashes.ts';

/**
 * One commit that makes the files of the Space those of the source; no step when they are the same.
 *
 * @throws Failure `refused` when it would delete a protected file
 */
export function planFiles(
  source: Source,
  space: SpaceState,
  protect: readonly string[],
  sameLargeFiles: ReadonlySet<string>,
) {
  if (space.kind === 'present' && space.tree === undefined)
    return { steps: [] as Step[], unchanged: source.files.size };
  const tree: ReadonlyMap<string, RemoteFile> = (space.kind === 'present' ? space.tree : undefined) ?? new Map();
  const isSame = ({ path, blobId }: DeployFile) =>
    sameLargeFiles.has(path) || (tree.get(path)?.lfs === undefined && tree.get(path)?.oid === blobId);
  const isProtected = globMatcher([GIT_ATTRIBUTES, ...protect]);
  const clashes = protectedClashes(source.files.keys(), [...tree.keys()].filter(isProtected));
  if (clashes.length > 0) throw new Failure('refused', clashes);
  const ours = [...source.files.values()];
  const added = ours.filter(({ path }) => !tree.has(path));
  const changed = ours.flatMap((file): ChangedFile[] => {
    const there = tree.get(file.path);
    return there === undefined || isSame(file) ? [] : [{ ...file, was: there.size }];
  });
  const deleted = [...tree.values()]
    .filter(({ path }) => !source.files.has(path) && !isProtected(path))
    .map(({ path, size }) => ({ path, size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const unchanged = ours.length - added.length - changed.length;
  if (added.length + changed.length + deleted.length === 0) return { steps: [] as Step[], unchanged };
  const step: Step = {
    kind: 'commit',
    added,
    changed,
    deleted,
    reason: `${added.length} to add, ${changed.length} to change, ${deleted.length} to delete`,
    parent: space.kind === 'present' ? space.head : undefined,
  };
  return { steps: [step] as Step[], unchanged };
}
