import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

/** Deletes a Space with its history, settings and app, for good; one that is gone already is no error (hub-contract §5.3). */
export async function deleteSpace(hub: Hub, id: string): Promise<void> {
  const [organization, name] = id.split('/');
  const call = {
    what: `delete the Space ${id}`,
    method: 'DELETE',
    path: '/api/repos/delete',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'space', organization, name }),
    expects: 'no-page',
    repeatable: true,
  } as const;
  const answer = await send(hub, call);
  if (answer.status !== 404) accepted(call, answer);
}
