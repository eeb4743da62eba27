import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';
import { type Runtime, readRuntime } from './runtime.ts';

/** Restarts a Space; `factory` builds it again without a cache. The only way out of PAUSED (hub-contract §13.3). */
export async function restartSpace(hub: Hub, id: string, factory: boolean): Promise<Runtime> {
  const path = `/api/spaces/${id}/restart${factory ? '?factory=true' : ''}`;
  const call = { what: `restart ${id}`, method: 'POST', path, expects: 'json', repeatable: true } as const;
  return readRuntime(accepted(call, await send(hub, call)).json);
}
