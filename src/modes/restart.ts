import { applyStep } from '../apply/apply-plan.ts';
import { Failure } from '../base/failure.ts';
import { isAsleep, isPaused } from '../hub/stages.ts';
import { EMPTY_PLAN, type StepOf } from '../plan/plan.ts';
import { restartsOf } from '../plan/restarts.ts';
import type { RunResult } from '../report/run-event.ts';
import { devModeProblem } from '../space/dev-mode.ts';
import { readDeployed } from '../space/read-deployed.ts';
import { refuseOtherEnvironment } from '../space/refuse-foreign.ts';
import type { PresentSpace } from '../space/space-state.ts';
import { startBeforeWrite } from '../verify/app-start.ts';
import { checksOf } from '../verify/checks.ts';
import type { Target } from '../verify/target.ts';
import { requestedSdkOf, targetWithoutSource } from '../verify/target-without-source.ts';
import { verifyDeployment } from '../verify/verify-deployment.ts';
import type { Demand } from './job.ts';
import { FIRST_LOOK } from './look-and-plan.ts';

/** Restarts a Space, or builds it again without the cache, and proves that its newest commit runs. */
export async function restart(demand: Demand): Promise<RunResult> {
  const { session, inputs, reporter } = demand;
  const space = await look(demand);
  const step = restartStep(space, inputs.factory === true);
  const restarts = restartsOf([step], false);
  await reporter.phase('Plan', async () =>
    reporter.onEvent({ kind: 'planned', plan: { ...EMPTY_PLAN, steps: [step], restarts } }),
  );
  const requestedSdk = requestedSdkOf(inputs, space, space.card);
  const startBefore = await startBeforeWrite(session, space, inputs, { requestedSdk });
  await reporter.phase('Restart', async () => {
    await applyStep(session, space.id, step, inputs);
    reporter.onEvent({ kind: 'applied', step });
  });
  const { trailers, card } = space;
  const target = targetWithoutSource(inputs, space, { trailers, card, now: session.clock.now() });
  // Only another start counts, as after new settings.
  const proven: Target = {
    ...target,
    wrote: 'settings',
    startBefore,
    healthExpect: inputs.healthExpect,
    checks: checksOf(inputs, { requestedSdk }, { space, commit: space.head, previousCommit: space.head }),
  };
  for await (const event of verifyDeployment(session, proven)) reporter.onEvent(event);
  return { result: 'restarted' };
}

async function look({ session, inputs, reporter }: Demand): Promise<PresentSpace> {
  const space = await reporter.phase(FIRST_LOOK, async () => {
    const found = await readDeployed(session, inputs);
    reporter.log(`${found.runtime.stage}, head ${found.head.slice(0, 7)}`);
    return found;
  });
  refuseOtherEnvironment(space, inputs);
  if (space.sdk === 'static') throw nothingToRestart(space.id);
  const problem = devModeProblem(space.id, space.runtime);
  if (problem !== undefined) throw new Failure('refused', problem);
  reporter.onEvent({ kind: 'head', commit: space.head });
  reporter.onEvent({ kind: 'commit', commit: space.head });
  reporter.onEvent({ kind: 'digest', digest: space.trailers.contentDigest });
  reporter.onEvent({ kind: 'app', url: space.appUrl });
  for (const warning of space.warnings ?? []) reporter.warn(warning);
  return space;
}

function restartStep({ runtime: { stage } }: PresentSpace, factory: boolean): StepOf<'restart'> {
  const [ends, state] = isPaused(stage)
    ? (['pause', '; it is paused'] as const)
    : isAsleep(stage)
      ? (['sleep', '; it sleeps'] as const)
      : (['process', ''] as const);
  return { kind: 'restart', factory, ends, reason: `asked for by \`mode: restart\`${state}` };
}

function nothingToRestart(id: string): Failure {
  return new Failure('refused', {
    where: `Space ${id}`,
    what: 'A static Space cannot be restarted.',
    cause: 'It has no process: the Hub serves its files.',
    fix: 'Deploy it again if it does not serve what it should.',
  });
}
