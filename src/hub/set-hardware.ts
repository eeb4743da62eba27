import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

/**
 * Puts a Space on other hardware, which starts its app anew; `sleepTimeSeconds` of -1 is never (hub-contract §13.3).
 *
 * @throws Failure `hub` when the owner cannot pay for it (402)
 */
export async function setHardware(hub: Hub, id: string, flavor: string, sleepTimeSeconds?: number): Promise<void> {
  await post(hub, `put ${id} on ${flavor}`, `/api/spaces/${id}/hardware`, {
    flavor,
    ...(sleepTimeSeconds === undefined ? {} : { sleepTimeSeconds }),
  });
}

/** Says after how many seconds without a visit a Space sleeps, -1 being never; not on free hardware (hub-contract §13.3). */
export async function setSleepTime(hub: Hub, id: string, seconds: number): Promise<void> {
  await post(hub, `set the sleep time of ${id}`, `/api/spaces/${id}/sleeptime`, { seconds });
}

async function post(hub: Hub, what: string, path: string, body: object): Promise<void> {
  const call = {
    what,
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    expects: 'json',
    repeatable: true,
  } as const;
  accepted(call, await send(hub, call));
}
