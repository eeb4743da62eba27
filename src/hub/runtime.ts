import { numberOf, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

export interface Runtime {
  /** As the Hub spells it; an open set. */
  readonly stage: string;
  /** The commit that serves; while building, still the old one. Absent when nothing ever ran, and for static Spaces. */
  readonly sha?: string;
  readonly errorMessage?: string;
  /** Flavor that was asked for; absent for static Spaces. */
  readonly hardware?: string;
  /** Seconds without a visit until it sleeps; absent when it never does (hub-contract §13.1). */
  readonly sleepSeconds?: number;
}

/** What runs now. Never cached: the Hub is asked each time. */
export async function getRuntime(session: Session, id: string): Promise<Runtime> {
  const call = {
    what: `say what runs in ${id}`,
    method: 'GET',
    path: `/api/spaces/${id}/runtime`,
    expects: 'json',
    repeatable: true,
  } as const;
  return readRuntime(accepted(call, await send(session, call)).json);
}

export function readRuntime(value: unknown): Runtime {
  const body = objectOf(value);
  const sha = textOf(body['sha']);
  const errorMessage = textOf(body['errorMessage']);
  const hardware = textOf(objectOf(body['hardware'])['requested']);
  const sleepSeconds = numberOf(body['gcTimeout']);
  return {
    stage: textOf(body['stage']) ?? 'UNKNOWN',
    ...(sha === undefined ? {} : { sha }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(hardware === undefined ? {} : { hardware }),
    ...(sleepSeconds === undefined ? {} : { sleepSeconds }),
  };
}

/** Restarts a Space; `factory` builds it again without a cache. The only way out of PAUSED (hub-contract §13.3). */
export async function restartSpace(session: Session, id: string, factory: boolean): Promise<Runtime> {
  const path = `/api/spaces/${id}/restart${factory ? '?factory=true' : ''}`;
  const call = { what: `restart ${id}`, method: 'POST', path, expects: 'json', repeatable: true } as const;
  return readRuntime(accepted(call, await send(session, call)).json);
}

/**
 * Puts a Space on other hardware, which starts its app anew; `sleepTimeSeconds` of -1 is never (hub-contract §13.3).
 *
 * @throws Failure `hub` when the owner cannot pay for it (402)
 */
export async function setHardware(
  session: Session,
  id: string,
  flavor: string,
  sleepTimeSeconds?: number,
): Promise<void> {
  await post(session, `put ${id} on ${flavor}`, `/api/spaces/${id}/hardware`, {
    flavor,
    ...(sleepTimeSeconds === undefined ? {} : { sleepTimeSeconds }),
  });
}

/** Says after how many seconds without a visit a Space sleeps, -1 being never; not on free hardware (hub-contract §13.3). */
export async function setSleepTime(session: Session, id: string, seconds: number): Promise<void> {
  await post(session, `set the sleep time of ${id}`, `/api/spaces/${id}/sleeptime`, { seconds });
}

async function post(session: Session, what: string, path: string, body: object): Promise<void> {
  const call = {
    what,
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    expects: 'json',
    repeatable: true,
  } as const;
  accepted(call, await send(session, call));
}
