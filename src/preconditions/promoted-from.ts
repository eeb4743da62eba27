import { Failure, type Problem } from '../base/failure.ts';
import { appOf } from '../health/app.ts';
import { healthPathBefore, healthPathOf } from '../health/health-path.ts';
import { type HealthAnswer, probe } from '../health/probe.ts';
import { headCommit, listTree } from '../hub/history.ts';
import { spaceHost } from '../hub/host.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime, type Runtime } from '../hub/runtime.ts';
import { type SpaceInfo as Info, spaceInfo } from '../hub/space.ts';
import { isAsleep, isBuilding, isPaused, isRunning, isServing, isStarting } from '../hub/stages.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readTrailers, type Trailers } from '../marks/trailers.ts';
import type { Source } from '../source/source.ts';
import { differingFiles } from './differing-files.ts';

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
  const info = await spaceInfo(session, promotedFrom.id, false);
  const problem =
    info === undefined
      ? { what: `There is no Space ${promotedFrom.id} that this token can see.` }
      : await findProblem(session, { ...info, runtime: await getRuntime(session, info.id) }, inputs, source);
  return problem === undefined ? undefined : refused(inputs, problem);
}

/** The other Space, with what runs there; only `/runtime` is sure to name the commit (hub-contract §6). */
interface SpaceInfo extends Info {
  readonly runtime: Runtime;
}

async function findProblem(
  session: Session,
  info: SpaceInfo,
  inputs: Inputs,
  source: Source,
): Promise<Problem | undefined> {
  const running = commitThatRuns(info);
  if (running === undefined) return notRunning(info);
  const trailers = readTrailers((await headCommit(session, info.id, running)).message);
  if (trailers.sourceDigest !== source.sourceDigest)
    return describeOtherSource(session, { info, running, trailers }, inputs, source);
  const paths = new Set([healthPathOf(inputs, source), healthPathBefore(trailers, source)]);
  const answers = await askOn(session, info, [...paths]);
  return answers.some(({ ok }) => ok)
    ? undefined
    : { what: `${info.id} runs this source, but is not healthy: it ${answers[0]?.message}.` };
}

/** While another version is built, the one that runs goes on running. */
function commitThatRuns({ runtime, sdk, head }: SpaceInfo): string | undefined {
  if (sdk === 'static') return isRunning(runtime.stage) ? head : undefined;
  return isServing(runtime.stage) ? runtime.sha : undefined;
}

function notRunning({ id, runtime }: SpaceInfo): Problem {
  const { stage } = runtime;
  const what = `${id} does not run: it is in ${stage}.`;
  if (isAsleep(stage))
    return { what, cause: 'It is asleep.', fix: 'Wake it: open its page, wait until it runs, then run this again.' };
  if (isPaused(stage))
    return {
      what,
      cause: 'Its owner has paused it.',
      fix: 'Restart it in its settings, then run this again.',
    };
  if (isBuilding(stage) || isStarting(stage)) return { what, fix: 'Wait until it runs, then run this again.' };
  return { what };
}

/** Its own deployment may have asked it on another path. */
async function askOn(session: Session, info: SpaceInfo, paths: readonly string[]): Promise<readonly HealthAnswer[]> {
  const app = appOf(session, {
    appUrl: await spaceHost(session, info.id),
    isPrivate: info.visibility === 'private',
  });
  return Promise.all(paths.map((path) => probe(app, path, [])));
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
  { info, running, trailers: { sourceDigest, sourceCommit } }: Running,
  inputs: Inputs,
  source: Source,
): Promise<Problem> {
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
      `Source-Digest there: ${sourceDigest}${of(sourceCommit)}`,
      `Source-Digest here:  ${source.sourceDigest}${of(source.commit)}`,
      ...(await differingFiles(await listTree(session, info.id, running), inputs, source)),
    ],
  };
}

async function readHeadDigest(session: Session, { id, head }: SpaceInfo): Promise<string | undefined> {
  return readTrailers((await headCommit(session, id, head)).message).sourceDigest;
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
