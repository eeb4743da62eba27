import { Failure } from '../base/failure.ts';
import { type App, askApp, VISIT } from '../health/app.ts';
import { type HealthAnswer, probe } from '../health/probe.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime, restartSpace } from '../hub/runtime.ts';
import { isAsleep, isOnItsWay, isRunning } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { pollDelayMs } from './poll-schedule.ts';

/** A visit that wakes a Space shows in its stage by then. */
const WAKING_MS = 10_000;

/** What is waited for, and until when (milliseconds since the epoch). */
export interface Sleeper {
  readonly id: string;
  readonly app: App;
  readonly deadline: number;
}

/**
 * Wakes a Space that sleeps by a visit, as anybody would (hub-contract §16.3), and by a restart where a visit does not
 * help. Waits until it has settled, or the time is over, and gives what runs then.
 */
export async function wakeUp(session: Session, { id, app, deadline }: Sleeper): Promise<Runtime> {
  const { clock, signal } = session;
  const begunAt = clock.now();
  let changedAt = begunAt;
  let hasRestarted = false;
  await askApp(app, VISIT);
  let runtime = await getRuntime(session, id);
  while (!hasSettled(runtime) && clock.now() < deadline) {
    if (isAsleep(runtime.stage) && !hasRestarted && clock.now() - begunAt >= WAKING_MS) {
      session.onNotice(`A visit did not wake ${id}; restarting it.`);
      hasRestarted = true;
      await restartIfAllowed(session, id);
    }
    await clock.sleep(pollDelayMs(clock.now() - changedAt), signal);
    const { stage } = runtime;
    runtime = await getRuntime(session, id);
    if (runtime.stage !== stage) changedAt = clock.now();
  }
  return runtime;
}

/** The commit that runs is known a moment later than that one runs (hub-contract §16.3). */
function hasSettled({ stage, sha }: Runtime): boolean {
  return !isAsleep(stage) && !isOnItsWay(stage) && !(isRunning(stage) && sha === undefined);
}

/** The token may be for the other Space only: then a later visit must do. */
async function restartIfAllowed(session: Session, id: string): Promise<void> {
  try {
    await restartSpace(session, id, false);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'credentials') throw error;
    session.onNotice(`The token may not restart ${id}.`);
  }
}

/** Asks on each path until one answer is good, or the time is over; at least once. Gives the good answer, or the first of the last ones. */
export async function waitUntilHealthy(
  { clock, signal }: Session,
  { app, deadline }: Sleeper,
  paths: readonly string[],
): Promise<HealthAnswer | undefined> {
  const begunAt = clock.now();
  for (;;) {
    const answers = await Promise.all(paths.map((path) => probe(app, path, [])));
    const good = answers.find(({ ok }) => ok);
    if (good !== undefined || clock.now() >= deadline) return good ?? answers[0];
    await clock.sleep(pollDelayMs(clock.now() - begunAt), signal);
  }
}
