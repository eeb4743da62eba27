import { applyStep } from '../apply/apply-plan.ts';
import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { EMPTY_PLAN } from '../plan/plan.ts';
import { planRemoval } from '../plan/plan-removal.ts';
import type { Reporter } from '../report/reporter.ts';
import type { RunResult } from '../report/run-event.ts';
import { notSeen } from '../space/missing-space.ts';
import { readOwner } from '../space/read-owner.ts';
import { FIRST_LOOK } from './look-and-plan.ts';

/**
 * Deletes a Space that is certainly this environment's and ours.
 *
 * @throws Failure `refused` when it is not
 */
export async function remove(session: Session, inputs: Inputs, reporter: Reporter): Promise<RunResult> {
  const space = await reporter.phase(FIRST_LOOK, () => readOwner(session, inputs));
  const steps = planRemoval(inputs, space);
  reporter.onEvent({ kind: 'planned', plan: { ...EMPTY_PLAN, steps } });
  if (space === undefined) {
    reporter.warn(`${notSeen(inputs.space.id)}, so there is nothing to remove.`);
    return { result: 'unchanged' };
  }
  await reporter.phase('Remove', async () => {
    for (const step of steps) {
      await applyStep(session, space.id, step, inputs);
      reporter.onEvent({ kind: 'applied', step });
    }
  });
  return { result: 'removed' };
}
