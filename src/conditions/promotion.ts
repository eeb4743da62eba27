import { healthPathOf } from '../app/health-path.ts';
import { probe } from '../app/probe.ts';
import { Failure, type Problem } from '../errors.ts';
import { headCommit } from '../hub/head-commit.ts';
import type { Hub } from '../hub/hub.ts';
import { spaceHost } from '../hub/space-host.ts';
import { type SpaceInfo, spaceInfo } from '../hub/space-info.ts';
import { listTree } from '../hub/tree.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import { readTrailers } from '../trailers.ts';

const MOST_FILES = 20;

/**
 * Holds a deployment to what another Space runs, healthy, right now: the same source, by its digest. Card, renames and
 * settings may differ between environments.
 *
 * @throws Failure `refused` when that Space does not run it, or is not well
 */
export async function refuseUnlessPromoted(hub: Hub, inputs: Inputs, source: Source): Promise<void> {
  const { promotedFrom } = inputs;
  if (promotedFrom === undefined) return;
  const info = await spaceInfo(hub, promotedFrom.id, false);
  if (info === undefined)
    throw refused(inputs, { what: `There is no Space ${promotedFrom.id} that this token can see.` });
  const running = info.sdk === 'static' ? info.head : info.runtime?.sha;
  if (info.runtime?.stage !== 'RUNNING' || running === undefined) {
    throw refused(inputs, { what: `${info.id} does not run: it is in ${info.runtime?.stage ?? 'an unknown stage'}.` });
  }
  const { sourceDigest } = readTrailers((await headCommit(hub, info.id, running)).message);
  if (sourceDigest !== source.sourceDigest)
    throw refused(inputs, await otherSource(hub, info, running, sourceDigest, source));
  const answer = await probe(hub.fetch, await targetOf(hub, info, inputs, source), hub.signal, hub.clock.now);
  if (!answer.ok)
    throw refused(inputs, { what: `${info.id} runs this source, and is not healthy: it ${answer.said}.` });
}

async function targetOf(hub: Hub, info: SpaceInfo, inputs: Inputs, source: Source) {
  const url = (await spaceHost(hub, info.id)) + healthPathOf(inputs, source);
  const token = info.visibility === 'private' ? hub.token : undefined;
  return { url, expectations: [], redact: hub.redact, ...(token === undefined ? {} : { token }) };
}

async function otherSource(
  hub: Hub,
  info: SpaceInfo,
  running: string,
  digest: string | undefined,
  source: Source,
): Promise<Problem> {
  if (digest === undefined) {
    return {
      what: `${info.id} runs commit ${running.slice(0, 7)}, which was not made by Spaceport: what source it is cannot be told.`,
    };
  }
  const tree = await listTree(hub, info.id, running);
  const differing = [...source.files.values()].filter(({ path, blobId, size }) => {
    const there = tree.get(path);
    return there?.lfs === undefined ? there?.oid !== blobId : there.size !== size;
  });
  const missing = [...tree.keys()].filter((path) => !source.files.has(path) && path !== '.gitattributes');
  const lines = [...differing.map(({ path }) => path), ...missing].sort();
  return {
    what: `${info.id} runs another source than the one about to go out: ${digest.slice(0, 12)} there, ${source.sourceDigest.slice(0, 12)} here.`,
    evidence: [
      'Files that differ, generated ones among them:',
      ...lines.slice(0, MOST_FILES),
      ...(lines.length > MOST_FILES ? [`… and ${lines.length - MOST_FILES} more`] : []),
    ],
  };
}

function refused({ promotedFrom, environment }: Inputs, problem: Problem): Failure {
  return new Failure('refused', {
    where: `input \`promoted-from\`, Space ${promotedFrom?.id}`,
    cause: `Only what runs there, healthy, goes to ${environment}.`,
    cure: 'Deploy this source there first, and let it become healthy.',
    ...problem,
  });
}
