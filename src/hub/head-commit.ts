import type { Hub } from './hub.ts';
import { listOf, objectOf, textOf } from './json.ts';
import { accepted } from './refusal.ts';
import { send } from './send.ts';

export interface HeadCommit {
  readonly id: string;
  readonly title: string;
  /** The rest of the message. */
  readonly message: string;
}

/** The newest commit of `main`, or the commit that a revision names (HUB_CONTRACT 7). */
export async function headCommit(hub: Hub, id: string, revision = 'main'): Promise<HeadCommit> {
  const call = {
    what: revision === 'main' ? `read the newest commit of ${id}` : `read commit ${revision.slice(0, 7)} of ${id}`,
    method: 'GET',
    path: `/api/spaces/${id}/commits/${revision}?limit=1`,
    expects: 'json',
    repeatable: true,
  } as const;
  const newest = objectOf(listOf(accepted(call, await send(hub, call)).json)[0]);
  return {
    id: textOf(newest['id']) ?? '',
    title: textOf(newest['title']) ?? '',
    message: textOf(newest['message']) ?? '',
  };
}
