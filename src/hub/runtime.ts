import { listOf, numberOf, objectOf, textOf } from './http/json.ts';
import { changeCall, getJson, postJson, sendAccepted } from './http/requests.ts';
import type { Session } from './hub.ts';
import { NO_STAGE } from './stages.ts';

export interface Runtime {
  /** As the Hub spells it; an open set. */
  readonly stage: string;
  /** The commit that serves; while building, still the old one. Absent when nothing ever ran, and for static Spaces. */
  readonly sha?: string | undefined;
  readonly errorMessage?: string | undefined;
  /** Flavor that was asked for; absent for static Spaces. */
  readonly hardware?: string | undefined;
  /** Seconds without a visit until it sleeps; absent when it never does (hub-contract §13.1). */
  readonly sleepSeconds?: number | undefined;
  /** Whether somebody works inside the running container: then commits are not built (hub-contract §11). */
  readonly devMode?: boolean | undefined;
  /** How many processes are to answer; absent where the Hub does not say. */
  readonly replicas?: number | 'auto' | undefined;
  /** Those that somebody added to the Space; its own host is not among them. */
  readonly customDomains?: readonly CustomDomain[] | undefined;
}

export interface CustomDomain {
  readonly domain: string;
  /** `READY` when it leads to the app; an open set (hub-contract §13.1). */
  readonly stage: string;
}

/** What runs now. Never cached: the Hub is asked each time. */
export async function getRuntime(session: Session, id: string): Promise<Runtime> {
  return readRuntime(await getJson(session, `/api/spaces/${id}/runtime`, `say what runs in ${id}`));
}

/** What the Hub says of a runtime, with everything absent that it does not say. */
function readRuntime(value: unknown): Runtime {
  const body = objectOf(value);
  const replicas = objectOf(body['replicas'])['requested'];
  return {
    stage: textOf(body['stage']) ?? NO_STAGE,
    sha: textOf(body['sha']),
    errorMessage: textOf(body['errorMessage']),
    hardware: textOf(objectOf(body['hardware'])['requested']),
    sleepSeconds: numberOf(body['gcTimeout']),
    devMode: body['devMode'] === true ? true : undefined,
    replicas: replicas === 'auto' ? replicas : numberOf(replicas),
    customDomains: customDomains(body['domains']),
  };
}

function customDomains(value: unknown): readonly CustomDomain[] | undefined {
  const found = listOf(value)
    .map(objectOf)
    .flatMap(({ domain, stage, isCustom }): CustomDomain[] => {
      const name = textOf(domain);
      return isCustom === true && name !== undefined ? [{ domain: name, stage: textOf(stage) ?? 'UNKNOWN' }] : [];
    });
  return found.length === 0 ? undefined : found;
}

/** Restarts a Space; `factory` builds it again without a cache. The only way out of PAUSED (hub-contract §13.3). */
export async function restartSpace(session: Session, id: string, factory: boolean): Promise<Runtime> {
  const path = `/api/spaces/${id}/restart${factory ? '?factory=true' : ''}`;
  return readRuntime(await postJson(session, path, undefined, `restart ${id}`));
}

/** Moves a Space to other hardware, which restarts its app; `sleepTimeSeconds` of -1 is never (hub-contract §13.3). */
export async function setHardware(
  session: Session,
  id: string,
  flavor: string,
  sleepTimeSeconds?: number,
): Promise<void> {
  const body = { flavor, sleepTimeSeconds };
  await sendAccepted(session, changeCall('POST', `/api/spaces/${id}/hardware`, body, `put ${id} on ${flavor}`));
}

/** Sets after how many seconds without a visit a Space sleeps, -1 being never; not on free hardware (hub-contract §13.3). */
export async function setSleepTime(session: Session, id: string, seconds: number): Promise<void> {
  const what = `set the sleep time of ${id}`;
  await sendAccepted(session, changeCall('POST', `/api/spaces/${id}/sleeptime`, { seconds }, what));
}

/** Ends dev mode; the Space is then built and started as its repository says (hub-contract §13.3). */
export async function endDevMode(session: Session, id: string): Promise<void> {
  const what = `end the dev mode of ${id}`;
  await sendAccepted(session, changeCall('POST', `/api/spaces/${id}/dev-mode`, { enabled: false }, what));
}
