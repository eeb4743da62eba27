import type { Restart, Step } from './plan.ts';
import { isDoneByCreate, restartOf } from './step-kinds.ts';

/** What the app goes through when these steps are done, in order. A static Space is built and has nothing to start. */
export function restartsOf(steps: readonly Step[], isStatic: boolean): readonly Restart[] {
  const isNew = steps.some(({ kind }) => kind === 'create');
  return steps
    .filter((step) => !(isNew && isDoneByCreate(step)))
    .flatMap((step) => restartOf(step) ?? [])
    .filter(({ kind }) => !isStatic || kind === 'build');
}
