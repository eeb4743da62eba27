import type { Problem } from '../base/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readableByAll } from '../source/checks/confidential.ts';
import type { Source } from '../source/source.ts';
import type { SpaceState } from '../space/space-state.ts';
import { exposedVariables, isShownToAll } from './exposed-variables.ts';

/** What everybody could read in a Space that is as `visible` as this: files that hold secrets, and such variables. */
export function exposures(
  inputs: Inputs,
  source: Pick<Source, 'confidential' | 'sdk'>,
  visible: string,
  space: SpaceState = { kind: 'missing' },
): readonly Problem[] {
  return [
    ...(visible === 'public' ? source.confidential.map((file) => readableByAll(file, source.sdk)) : []),
    ...(isShownToAll(visible, source.sdk) ? exposedVariables(inputs, space) : []),
  ];
}
