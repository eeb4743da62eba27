import { objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

/** URL of the running app, without a slash at its end. Asked for, never computed: long names are shortened (hub-contract §16.1). */
export async function spaceHost(hub: Hub, id: string): Promise<string> {
  const call = {
    what: `say where ${id} answers`,
    method: 'GET',
    path: `/api/spaces/${id}/host`,
    expects: 'json',
    repeatable: true,
  } as const;
  const host = textOf(objectOf(accepted(call, await send(hub, call)).json)['host']) ?? '';
  return host.replace(/\/$/, '');
}
