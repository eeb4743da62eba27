import { Failure, type Problem } from '../base/failure.ts';
import { appOf } from '../health/app.ts';
import { findWorkingPath } from '../health/check-health.ts';
import { healthPathBefore, healthPathOf } from '../health/health-path.ts';
import { headCommit, listTree } from '../hub/history.ts';
import { spaceHost } from '../hub/host.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime, type Runtime } from '../hub/runtime.ts';
import { type SpaceInfo, spaceInfo } from '../hub/space.ts';
import { isAsleep, isOnItsWay, isPaused, isRunning, isServing } from '../hub/stages.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readTrailers, type Trailers } from '../marks/trailers.ts';
import type { Source } from '../source/source.ts';
import { devModeProblem } from '../space/dev-mode.ts';
import { differingFiles } from '../space/differing-files.ts';
import { missingSpace } from '../space/missing-space.ts';
import { waitUntilHealthy, wakeUp } from '../verify/wake-up.ts';

/**
 * Checks that another Space runs this very source, by its digest, right now, and is healthy. Card, renames and settings
 * may differ between environments. Gives the failure, `refused`, when it does not; the caller decides whether to throw.
 */
export async function checkPromotedFrom(
  session: Session,
  inputs: Inputs,
  source: Source,
): Promise<Failure | undefined> {
  const { promotedFrom } = inputs;
  if (promotedFrom === undefined) return undefined;
  const info = await spaceInfo(session, promotedFrom.id, 'brief');
  const problem = info === undefined ? missingThere(promotedFrom.id) : await findProblem(session, info, inputs, source);
  return problem === undefined ? undefined : refused(inputs, problem);
}

async function findProblem(
  session: Session,
  info: SpaceInfo,
  inputs: Inputs,
  source: Source,
): Promise<Problem | undefined> {
  const runtime = await getRuntime(session, info.id);
  const inDevMode = devModeProblem(info.id, runtime);
  if (inDevMode !== undefined) return inDevMode;
  const running = commitThatRuns(info, runtime);
  if (running === undefined) return notRunning(info, runtime);
  const trailers = readTrailers((await headCommit(session, info.id, running)).message);
  if (trailers.sourceDigest !== source.sourceDigest)
    return describeOtherSource(session, { info, running, trailers }, inputs, source);
  if (isAsleep(runtime.stage) && inputs.mode === 'plan') {
    session.onNotice(`${info.id} is asleep; a deployment wakes it first and checks that it is healthy.`);
    return undefined;
  }
  const paths = new Set([healthPathOf(inputs, source), healthPathBefore(trailers, source)]);
  const illness = await findIllness(session, { info, runtime, running }, [...paths], inputs);
  return illness && { evidence: digestLine(trailers), ...illness };
}

/** Why it is not healthy; a Space that sleeps is woken, and has the time of `timeout` to become healthy. */
async function findIllness(
  session: Session,
  { info, runtime, running }: { readonly info: SpaceInfo; readonly runtime: Runtime; readonly running: string },
  paths: readonly string[],
  { timeoutMs, healthPath }: Inputs,
): Promise<Problem | undefined> {
  const app = appOf(session, { appUrl: await spaceHost(session, info.id), isPrivate: info.visibility === 'private' });
  const wasAsleep = isAsleep(runtime.stage);
  const now = session.clock.now();
  const sleeper = { id: info.id, app, deadline: wasAsleep ? now + timeoutMs : now };
  if (wasAsleep) {
    session.onNotice(`${info.id} is asleep; waking it.`);
    const woken = await wakeUp(session, sleeper);
    if (commitThatRuns(info, woken) !== running || !isRunning(woken.stage)) return notWoken(info, woken);
  }
  // Its own deployment may have asked it on another path.
  const answer = await waitUntilHealthy(session, sleeper, paths);
  const [path] = paths;
  // A deployment there would have found the other path by itself.
  const isGuessed = healthPath === undefined && answer?.status === 404 && path !== undefined;
  const elsewhere = isGuessed ? await findWorkingPath(app, path, answer) : undefined;
  return answer?.ok || elsewhere !== undefined
    ? undefined
    : { what: `${info.id} runs this source, but is not healthy: it ${answer?.message ?? 'was not asked'}.` };
}

/** While another version is built, the one that runs goes on running; one that sleeps has its newest commit in general. */
function commitThatRuns({ sdk, head }: SpaceInfo, { stage, sha }: Runtime): string | undefined {
  if (sdk === 'static') return isRunning(stage) ? head : undefined;
  if (isAsleep(stage)) return sha ?? head;
  return isServing(stage) ? sha : undefined;
}

function notRunning({ id }: SpaceInfo, { stage }: Runtime): Problem {
  const what = `${id} does not run: it is in ${stage}.`;
  if (isPaused(stage))
    return {
      what,
      cause: 'Its owner has paused it.',
      fix: 'Restart it in its settings, then run this again.',
    };
  if (isOnItsWay(stage)) return { what, fix: 'Wait until it runs, then run this again.' };
  return { what };
}

function notWoken({ id }: SpaceInfo, { stage }: Runtime): Problem {
  return {
    what: `${id} was asleep, and does not run this source after it was woken: it is in ${stage}.`,
    fix: 'Look at its logs; deploy this source there again, or raise `timeout` if it only starts slowly.',
  };
}

/** What runs in the other Space. */
interface Running {
  readonly info: SpaceInfo;
  /** The commit that runs, and what it says of itself. */
  readonly running: string;
  readonly trailers: Trailers;
}

async function describeOtherSource(
  session: Session,
  { info, running, trailers }: Running,
  inputs: Inputs,
  source: Source,
): Promise<Problem> {
  const { sourceDigest, sourceCommit } = trailers;
  if (sourceDigest === undefined) {
    return {
      what: `${info.id} runs commit ${running.slice(0, 7)}, which was not made by Spaceport, so its source is not known.`,
    };
  }
  const isOnItsWay = info.head !== running && (await readHeadDigest(session, info)) === source.sourceDigest;
  const of = (commit: string | undefined) => (commit === undefined ? '' : `, of commit ${commit.slice(0, 7)}`);
  return {
    what: `The source that runs in ${info.id} differs from this one: ${sourceDigest.slice(0, 12)} there, ${source.sourceDigest.slice(0, 12)} here.`,
    ...(isOnItsWay && NOT_YET),
    evidence: [
      ...digestLine(trailers),
      `Source-Digest there: ${sourceDigest}${of(sourceCommit)}`,
      `Source-Digest here:  ${source.sourceDigest}${of(source.commit)}`,
      ...(await differingFiles(await listTree(session, info.id, running), inputs, source)),
    ],
  };
}

/** By which the attestation of what runs there is found. */
function digestLine({ contentDigest }: Trailers): readonly string[] {
  return contentDigest === undefined
    ? []
    : [`Deployed there: sha256:${contentDigest}, the output \`digest\` of its deployment`];
}

async function readHeadDigest(session: Session, { id, head }: SpaceInfo): Promise<string | undefined> {
  return readTrailers((await headCommit(session, id, head)).message).sourceDigest;
}

function missingThere(id: string): Problem {
  const { what, cause } = missingSpace(id);
  return { what, cause, fix: 'Deploy this source there first, or check the name and the token.' };
}

const NOT_YET = {
  cause: 'This source was committed there, but does not run yet.',
  fix: 'Wait until it runs there and is healthy, then run this again.',
};

function refused({ promotedFrom, environment }: Inputs, problem: Problem): Failure {
  return new Failure('refused', {
    where: `input \`promoted-from\`, Space ${promotedFrom?.id}`,
    cause: `Only a source that runs there and is healthy may be deployed to ${environment}.`,
    fix: 'Deploy this source there first, and wait until it is healthy.',
    ...problem,
  });
}
