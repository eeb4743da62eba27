import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { Step } from './plan.ts';

/**
 * The deletion of large files that no kept version has, before the commit needs their room. A file of the source that
 * has the size of one may be that very file, and is then not uploaded again: so that one stays. Pure.
 */
export function planPruning(
  { pruneLargeFiles }: Pick<Inputs, 'pruneLargeFiles'>,
  { files }: Pick<Source, 'files'>,
  space: SpaceState,
): readonly Step[] {
  if (!pruneLargeFiles || space.kind === 'missing') return [];
  const sizes = new Set([...files.values()].map(({ size }) => size));
  const objects = (space.oldObjects ?? []).filter(({ size }) => !sizes.has(size));
  if (objects.length === 0) return [];
  return [
    {
      kind: 'prune-large-files',
      objects: objects.map(({ fileOid, size, path }) => ({ fileOid, size, path })),
      reason: 'none of the versions that are kept has them',
    },
  ];
}
