import { applyStep } from '../apply/apply-plan.ts';
import { restoreTree } from '../apply/restore-tree.ts';
import { Failure } from '../errors.ts';
import { headCommit } from '../hub/head-commit.ts';
import type { Hub } from '../hub/hub.ts';
import { getRuntime } from '../hub/runtime.ts';
import { getSettings } from '../hub/settings.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Step } from '../plan/plan.ts';
import { planSettingsRestoration } from '../plan/plan-undo.ts';
import type { Keepsake } from '../space/keepsake.ts';
import { proofOf } from './content-proof.ts';
import type { VerifyEvent } from './events.ts';
import { type Claim, verifyDeployment } from './verify-deployment.ts';

/** What an undo achieved. */
export interface Undone {
  /** The commit that runs now. */
  readonly commit: string;
  /** Secrets whose values before could not be restored. */
  readonly lost: readonly string[];
}

/**
 * Brings back what was there before a deployment that is not well, and proves that it runs. Tried once, and only while
 * the newest commit is still ours.
 *
 * @throws Failure `refused` when somebody else's commit is on top, or any failure of applying and proving
 */
export async function* rollBack(
  hub: Hub,
  failed: Claim,
  keepsake: Keepsake,
  done: readonly Step[],
  inputs: Inputs,
): AsyncGenerator<VerifyEvent, Undone> {
  const head = await headCommit(hub, failed.id);
  if (head.id !== failed.commit) throw notOurs(failed, head.id);
  const settings = planSettingsRestoration(keepsake, done, await getSettings(hub, failed.id, 'variables'));
  for (const step of settings.steps) {
    await applyStep(hub, failed.id, step, inputs);
    yield { kind: 'undid', step };
  }
  const before = await getRuntime(hub, failed.id);
  const { commit, step } = await restoreTree(hub, failed.id, head.id, keepsake.commit ?? head.id, inputs.run);
  if (step !== undefined) yield { kind: 'undid', step };
  const now = hub.clock.now();
  const { proof: _, ...claim } = failed;
  const proof = failed.isStatic ? proofOf(step, []) : undefined;
  yield* verifyDeployment(hub, {
    ...claim,
    commit,
    before,
    wrote: step === undefined ? 'settings' : 'commit',
    wroteAt: now,
    deadline: now + inputs.timeoutMs,
    // What the new version was asked to say, the old one need not know.
    healthExpect: [],
    ...(proof === undefined ? {} : { proof }),
  });
  return { commit, lost: settings.lost };
}

function notOurs({ id, commit }: Claim, head: string): Failure {
  return new Failure('refused', {
    where: `Space ${id}`,
    what: `Nothing was put back: ${head.slice(0, 7)} came on top of our ${commit.slice(0, 7)}, and only what is still ours is undone.`,
    cure: 'Look at what the Space is now, and deploy again if it is not right.',
  });
}
