import { appOf } from '../health/app.ts';
import { healthPathBefore } from '../health/health-path.ts';
import { type HealthAnswer, probe } from '../health/probe.ts';
import type { Session } from '../hub/hub.ts';
import { isServing, stageMeaning } from '../hub/stages.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { readDeployed } from '../space/read-deployed.ts';
import type { PresentSpace } from '../space/space-state.ts';
import { readVersions, type Version } from '../space/versions.ts';
import { requestedSdkOf } from '../verify/target-without-source.ts';

/** What runs in a Space, and how it is. */
export interface Status {
  readonly space: string;
  /** Of its variable APP_ENV, as the Hub has it. */
  readonly environment?: string | undefined;
  readonly appUrl: string;
  readonly stage: string;
  readonly meaning: string;
  /** Then what runs may be no commit at all. */
  readonly isInDevMode?: boolean | undefined;
  /** The commit that serves; absent where none does, and for static Spaces. */
  readonly running?: string | undefined;
  readonly head: string;
  /** What was deployed with the commit that serves; absent where it is no deployment of ours. */
  readonly version?: Version | undefined;
  /** Absent where the app was not asked: asking one that sleeps would wake it. */
  readonly health?: HealthAnswer | undefined;
}

/** Looks at a Space and asks its app once. Writes nothing, and wakes nothing. */
export async function readStatus(session: Session, inputs: Inputs): Promise<Status> {
  const space = await readDeployed(session, inputs);
  const versions = await readVersions(session, space.id);
  const { stage, sha, devMode } = space.runtime;
  const serves = sha ?? (space.sdk === 'static' ? space.head : undefined);
  return {
    space: space.id,
    environment: space.variables.get(APP_ENV)?.value,
    appUrl: space.appUrl,
    stage,
    meaning: devMode ? 'in dev mode: what runs may be no commit at all' : stageMeaning(stage),
    isInDevMode: devMode === true,
    running: serves,
    head: space.head,
    version: versions.find(({ commit }) => commit === serves),
    health: isServing(stage) ? await ask(session, inputs, space) : undefined,
  };
}

/** Whether the newest commit serves, and says that it is healthy. */
export function isGreen({ running, head, health, isInDevMode }: Status): boolean {
  return running === head && health?.ok === true && isInDevMode !== true;
}

async function ask(session: Session, inputs: Inputs, space: PresentSpace): Promise<HealthAnswer> {
  const app = appOf(session, { appUrl: space.appUrl, isPrivate: space.visibility === 'private' });
  const requestedSdk = requestedSdkOf(inputs, space, space.card);
  const path = inputs.healthPath ?? healthPathBefore(space.trailers, { requestedSdk });
  return probe(app, path, inputs.healthExpect);
}
