import { healthPathBefore } from '../health/health-path.ts';
import { type Proof, proofOf } from '../health/static-content.ts';
import { fileContent, listTree } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import type { Inputs, Sdk } from '../inputs/inputs.ts';
import { SDKS } from '../inputs/sdk.ts';
import { STREAMLIT_PORT } from '../source/card/streamlit.ts';
import type { DeployFile, Source } from '../source/source.ts';
import type { SpaceHead } from '../space/read-head.ts';
import { pythonModulesOf } from './causes/python-modules.ts';
import { checksOf } from './checks.ts';
import { startupOf } from './startup.ts';
import type { Target } from './target.ts';

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
  const { id, head, sdk, runtime, card, trailers, appUrl } = space;
  const isStatic = sdk === 'static';
  const requestedSdk = inputs.sdk ?? source?.requestedSdk ?? sdkOf(space);
  const isComparable = isStatic && card['app_build_command'] === undefined;
  const proof = isComparable ? await proofOfHead(session, space) : undefined;
  const now = session.clock.now();
  return {
    version: 'The newest commit',
    isReadOnly: true,
    id,
    commit: head,
    isStatic,
    wrote: 'nothing',
    before: runtime,
    wroteAt: now,
    deadline: now + inputs.timeoutMs,
    restartsOften: false,
    appUrl,
    requestedSdk,
    healthPath: inputs.healthPath ?? healthPathBefore(trailers, { requestedSdk }),
    isHealthPathGuessed: inputs.healthPath === undefined && trailers.healthPath === undefined,
    healthExpect: inputs.healthExpect,
    isPrivate: space.visibility === 'private',
    proof,
    startup: startupOf(card),
    ownModules: source === undefined ? undefined : pythonModulesOf(source),
    checks: checksOf(inputs, { requestedSdk }, { space, commit: head, previousCommit: head }),
  };
}

/** What the Hub says; a Streamlit app is a docker Space there, and shows by its port only. */
function sdkOf({ sdk, card }: SpaceHead): Sdk {
  if (card['app_port'] === STREAMLIT_PORT) return 'streamlit';
  return SDKS.find((each) => each === sdk) ?? 'docker';
}

/** A file of the newest commit that a static Space must serve, with its content; undefined where none can be fetched. */
async function proofOfHead(session: Session, { id, head }: SpaceHead): Promise<Proof | undefined> {
  const tree = await listTree(session, id, head);
  const small = [...tree.values()].filter(({ lfs }) => lfs === undefined);
  const proof = proofOf(
    undefined,
    small.map(({ path, size, oid }) => withoutContent(path, size, oid)),
  );
  const file = proof?.kind === 'serves' ? tree.get(proof.file.path) : undefined;
  if (file === undefined) return undefined;
  const bytes = await fileContent(session, id, head, file);
  return {
    kind: 'serves',
    file: { ...withoutContent(file.path, file.size, file.oid), content: { kind: 'memory', bytes } },
  };
}

function withoutContent(path: string, size: number, blobId: string): DeployFile {
  return { path, size, blobId, content: { kind: 'memory', bytes: new Uint8Array() } };
}
