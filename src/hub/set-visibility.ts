import type { Visibility } from '../inputs/inputs.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

/** Changes who can see a Space (hub-contract §5.4). */
export async function setVisibility(hub: Hub, id: string, visibility: Visibility): Promise<void> {
  const call = {
    what: `make ${id} ${visibility}`,
    method: 'PUT',
    path: `/api/spaces/${id}/settings`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ visibility }),
    expects: 'json',
    repeatable: true,
  } as const;
  accepted(call, await send(hub, call));
}
