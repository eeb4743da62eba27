import type { RuntimeAnswer } from '../../space-runtime.ts';
import type { Space } from './space.ts';

/** The runtime as the API shows it. Dev mode is stored in the Space's record. */
export function shownRuntime(space: Space): RuntimeAnswer {
  const answer = space.runtime.answer();
  const { current, requested } = answer.hardware;
  const hardware = { current: shownFlavor(space, current), requested: shownFlavor(space, requested) };
  return {
    ...answer,
    hardware,
    devMode: answer.devMode === undefined ? undefined : space.record.devMode || answer.devMode,
  };
}

/** ZeroGPU has two names; which of them is shown is not established (hub-contract §24, U15). */
function shownFlavor({ readings }: Space, flavor: string | null): string | null {
  if (flavor !== 'zerogpu' && flavor !== 'zero-a10g') return flavor;
  return readings.U15 === 'a' ? 'zero-a10g' : 'zerogpu';
}
