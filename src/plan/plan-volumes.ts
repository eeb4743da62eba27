import type { Inputs } from '../inputs/inputs.ts';
import { areSameVolumes } from '../inputs/volumes.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { StepOf } from './plan.ts';

/** Mounts what the input names in place of what is mounted, where that differs; without the input nothing. */
export function planVolumes({ volumes }: Pick<Inputs, 'volumes'>, space: SpaceState): readonly StepOf<'set-volumes'>[] {
  const mounted = space.volumes ?? [];
  if (volumes === undefined || areSameVolumes(volumes, mounted)) return [];
  return [{ kind: 'set-volumes', from: mounted, to: volumes, reason: 'the input says so' }];
}
