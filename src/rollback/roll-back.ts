import { applyStep } from '../apply/apply-plan.ts';
import { Failure } from '../base/failure.ts';
import { healthPathBefore } from '../health/health-path.ts';
import { proofOf } from '../health/static-content.ts';
import { headCommit } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime } from '../hub/runtime.ts';
import { spaceInfo } from '../hub/space.ts';
import { isRunning } from '../hub/stages.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { StepOf } from '../plan/plan.ts';
import { restartsOf } from '../plan/restarts.ts';
import type { RunEvent } from '../report/run-event.ts';
import type { Snapshot } from '../space/snapshot.ts';
import { visibilityOf } from '../space/space-state.ts';
import { readAppStart } from '../verify/app-start.ts';
import type { Reconciled, Target } from '../verify/target.ts';
import { verifyDeployment } from '../verify/verify-deployment.ts';
import { type LostSecrets, planSettingsRestoration, planVisibilityRestoration } from './plan-rollback.ts';
import { type RestoredTree, restoreTree } from './restore-tree.ts';
import { readSettingsNow } from './settings-now.ts';

/** A deployment that was made and failed, and what it was made with. */
export interface FailedDeployment {
  readonly inputs: Inputs;
  readonly reconciled: Reconciled;
  readonly target: Target;
  readonly failure: Failure;
}

/** What a rollback achieved. */
export interface RolledBack {
  /** The commit that runs now. */
  readonly commit: string;
  /** Secrets whose previous values could not be restored. */
  readonly lost: LostSecrets;
  /** Settings that somebody else changed after this deployment did. */
  readonly kept: readonly string[];
}

/**
 * Restores what was there before a deployment that failed, and proves that it runs. Tried once, and only while
 * the newest commit is still ours; files only where that commit was made by us.
 *
 * @throws Failure `refused` when somebody else's commit is on top, or any failure of applying and proving
 */
export async function* rollBack(
  session: Session,
  { inputs, reconciled: { space, snapshot, headIsOurs, done }, target: failed }: FailedDeployment,
): AsyncGenerator<RunEvent, RolledBack> {
  const head = await headCommit(session, failed.id);
  if (head.id !== failed.commit) throw notOurs(failed, head.id);
  const before = await getRuntime(session, failed.id);
  const now = await readSettingsNow(session, failed.id, { inputs, snapshot, done }, before);
  const settings = planSettingsRestoration(snapshot, done, now);
  const closing = await planClosing(session, { inputs, snapshot }, failed.id);
  const restarts = restartsOf(settings.steps, failed.isStatic);
  const startBefore =
    restarts.length > 0 && isRunning(before.stage) ? await readAppStart(session, failed, false) : undefined;
  for (const step of [...(closing === undefined ? [] : [closing]), ...settings.steps]) {
    await applyStep(session, failed.id, step, inputs);
    yield { kind: 'restored', step };
  }
  const target = (headIsOurs ? snapshot.commit : undefined) ?? head.id;
  const visibility = visibilityOf(inputs, space);
  const restored = await restoreTree(session, failed.id, { head: head.id, target }, { run: inputs.run, visibility });
  const { commit, step } = restored;
  if (step !== undefined) yield { kind: 'restored', step, commit };
  yield { kind: 'digest', digest: restored.trailers.contentDigest };
  const wroteAt = session.clock.now();
  yield* verifyDeployment(session, {
    ...previousTarget(failed, snapshot, restored),
    before,
    startBefore,
    restartsOften: restarts.length > 1,
    wroteAt,
    deadline: wroteAt + inputs.timeoutMs,
    isPrivate: closing === undefined ? failed.isPrivate : closing.to === 'private',
  });
  return { commit, lost: settings.lost, kept: settings.kept };
}

/** The step that closes what the run opened, unless somebody else closed it since. */
async function planClosing(
  session: Session,
  { inputs, snapshot }: Pick<FailedDeployment, 'inputs'> & Pick<Reconciled, 'snapshot'>,
  id: string,
): Promise<StepOf<'set-visibility'> | undefined> {
  const closing = planVisibilityRestoration(snapshot, inputs);
  if (closing?.from !== 'public') return closing;
  const info = await spaceInfo(session, id, 'whole');
  return info === undefined || info.visibility === 'public' ? closing : undefined;
}

/** What must be proven of the previous version; it need not answer what the new one was asked. */
function previousTarget(failed: Target, { sdk }: Snapshot, { commit, step, trailers }: RestoredTree): Target {
  const otherHealthPath = healthPathBefore(trailers, failed);
  const isStatic = sdk === undefined ? failed.isStatic : sdk === 'static';
  return {
    ...failed,
    version: 'The previous version',
    commit,
    isStatic,
    wrote: step === undefined ? 'settings' : 'commit',
    otherHealthPath: otherHealthPath === failed.healthPath ? undefined : otherHealthPath,
    healthExpect: [],
    // Where the new version could not be compared with what is served, the previous one cannot either.
    proof: isStatic && failed.proof !== undefined ? proofOf(step, []) : undefined,
    // Neither its page nor its time to start is a matter of this run, and the checks are those of the new version.
    page: undefined,
    checks: undefined,
    startup: undefined,
  };
}

function notOurs({ id, commit }: Target, head: string): Failure {
  return new Failure('refused', {
    where: `Space ${id}`,
    what: `Nothing was rolled back: ${head.slice(0, 7)} came on top of our ${commit.slice(0, 7)}, and only what is still ours is rolled back.`,
    fix: 'Look at the Space, and deploy again if it is not right.',
  });
}
