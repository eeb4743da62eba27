import { type JsonObject, listOf, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

/** A commit as the history of a Space shows it; title, message and author are untrusted. */
export interface HeadCommit {
  readonly id: string;
  readonly title: string;
  /** The rest of the message. */
  readonly message: string;
  readonly author?: string;
}

/** The newest commit of `main`, or the commit that a revision names (hub-contract §7). */
export async function headCommit(hub: Hub, id: string, revision = 'main'): Promise<HeadCommit> {
  const what = revision === 'main' ? `read the newest commit of ${id}` : `read commit ${revision.slice(0, 7)} of ${id}`;
  const [newest] = await history(hub, what, id, revision, 1);
  return newest ?? { id: '', title: '', message: '' };
}

/** The newest commits of `main`, newest first, at most `count` of them. */
export async function newestCommits(hub: Hub, id: string, count: number): Promise<readonly HeadCommit[]> {
  return history(hub, `read the newest commits of ${id}`, id, 'main', count);
}

async function history(hub: Hub, what: string, id: string, revision: string, count: number) {
  const path = `/api/spaces/${id}/commits/${revision}?limit=${count}`;
  const call = { what, method: 'GET', path, expects: 'json', repeatable: true } as const;
  return listOf(accepted(call, await send(hub, call)).json)
    .map(objectOf)
    .map(parse);
}

function parse(commit: JsonObject): HeadCommit {
  const author = textOf(objectOf(listOf(commit['authors'])[0])['user']);
  return {
    id: textOf(commit['id']) ?? '',
    title: textOf(commit['title']) ?? '',
    message: textOf(commit['message']) ?? '',
    ...(author === undefined ? {} : { author }),
  };
}
