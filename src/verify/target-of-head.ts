import type { Proof } from '../health/static-content.ts';
import { listTree, newestCommits } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import type { SpaceHead } from '../space/read-head.ts';
import { pythonModulesOf } from './causes/python-modules.ts';
import { checksOf } from './checks.ts';
import { proofFromTree } from './proof-from-tree.ts';
import type { Target } from './target.ts';
import { requestedSdkOf, targetWithoutSource } from './target-without-source.ts';

/**
 * What is to be proven of the newest commit of a Space while nothing of it is changed: that it runs, is healthy and
 * passes the checks. `source` is what is checked out, if anything is.
 */
export async function targetOfHead(
  session: Session,
  inputs: Inputs,
  space: SpaceHead,
  source: Source | undefined,
): Promise<Target> {
  const { head, trailers, card } = space;
  const isStatic = space.sdk === 'static';
  const proof = isStatic ? await proofOfHead(session, space) : undefined;
  const sdk = inputs.sdk ?? source?.requestedSdk;
  const requestedSdk = requestedSdkOf({ sdk }, space, card);
  return {
    ...targetWithoutSource({ ...inputs, sdk }, space, { trailers, card, now: session.clock.now() }),
    version: 'The newest commit',
    isReadOnly: true,
    healthExpect: inputs.healthExpect,
    proof,
    ownModules: source === undefined ? undefined : pythonModulesOf(source),
    checks: checksOf(inputs, { requestedSdk }, { space, commit: head, previousCommit: head }),
  };
}

/** The Hub may serve the commit before it for a while, so a file that both have proves nothing. */
async function proofOfHead(session: Session, { id, head, card }: SpaceHead): Promise<Proof | undefined> {
  const [tree, [, before]] = await Promise.all([listTree(session, id, head), newestCommits(session, id, 2, head)]);
  const was = before === undefined ? undefined : await listTree(session, id, before.id);
  return proofFromTree(session, { id, commit: head, tree, card, was });
}
