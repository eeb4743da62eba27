import type { Visibility } from '../inputs/inputs.ts';
import type { HubSdk } from '../source/source.ts';
import { type JsonObject, objectOf, textOf } from './http/json.ts';
import { accepted, saidBy } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';
import { type Runtime, readRuntime } from './runtime.ts';

export interface SpaceInfo {
  /** As the Hub spells it; a renamed Space answers under its new name. */
  readonly id: string;
  /** Commit at the tip of `main`. */
  readonly head: string;
  readonly sdk?: string;
  /** `public` stands for protected too, where only `private` was asked for. */
  readonly visibility: string;
  readonly runtime?: Runtime;
  /** Front matter of its README, by key. */
  readonly card: JsonObject;
}

/** `expand` keeps the list of all files out of the answer; `visibility` is not among what can be expanded. */
const FIELDS = ['sha', 'sdk', 'private', 'runtime', 'cardData'].map((name) => `expand=${name}`).join('&');

/**
 * A Space, or undefined when there is none that this token can see. `whole` also tells protected from public, and
 * costs a list of all files.
 */
export async function spaceInfo(session: Session, id: string, whole: boolean): Promise<SpaceInfo | undefined> {
  const call = {
    what: `read the Space ${id}`,
    method: 'GET',
    path: `/api/spaces/${id}${whole ? '' : `?${FIELDS}`}`,
    expects: 'json',
    repeatable: true,
  } as const;
  const answer = await send(session, call);
  return answer.status === 404 ? undefined : parse(objectOf(accepted(call, answer).json), id);
}

function parse(body: JsonObject, id: string): SpaceInfo {
  const sdk = textOf(body['sdk']);
  return {
    id: textOf(body['id']) ?? id,
    head: textOf(body['sha']) ?? '',
    card: objectOf(body['cardData']),
    visibility: textOf(body['visibility']) ?? (body['private'] === true ? 'private' : 'public'),
    ...(sdk === undefined ? {} : { sdk }),
    ...(body['runtime'] === undefined ? {} : { runtime: readRuntime(body['runtime']) }),
  };
}

export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly description?: string | undefined;
}

export interface NewSpace {
  readonly owner: string;
  readonly name: string;
  readonly sdk: HubSdk;
  readonly visibility: Visibility;
  readonly variables: readonly Setting[];
  readonly secrets: readonly Setting[];
  readonly hardware?: string | undefined;
  /** -1 is never. */
  readonly sleepTimeSeconds?: number | undefined;
}

/** Said with a 409 while something else is done to the name, a creation of somebody else included (hub-contract §2.2). */
const BUSY = /conflicting operation/;
const TRIES = 8;

/**
 * Creates a Space with its settings in the same call (hub-contract §5.1). `exists` when somebody made it meanwhile,
 * a lost answer of our own try included.
 *
 * @throws Failure when the plan of the owner (402) or the rights of the token (401, 403) do not allow it
 */
export async function createSpace(session: Session, space: NewSpace): Promise<'created' | 'exists'> {
  const { owner, ...rest } = space;
  const call = {
    what: `create the Space ${owner}/${space.name}`,
    method: 'POST',
    path: '/api/repos/create',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'space', organization: owner, ...rest }),
    expects: 'json',
    repeatable: true,
  } as const;
  for (let attempt = 1; ; attempt++) {
    const answer = await send(session, call);
    const isBusy = answer.status === 409 && BUSY.test(saidBy(answer));
    if (answer.status === 409 && !isBusy) return 'exists';
    if (!isBusy || attempt === TRIES) {
      accepted(call, answer);
      return 'created';
    }
    await session.clock.sleep(attempt * 1_000, session.signal);
  }
}

/** Deletes a Space with its history, settings and app, for good; one that is gone already is no error (hub-contract §5.3). */
export async function deleteSpace(session: Session, id: string): Promise<void> {
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
  const answer = await send(session, call);
  if (answer.status !== 404) accepted(call, answer);
}

/** Changes who can see a Space (hub-contract §5.4). */
export async function setVisibility(session: Session, id: string, visibility: Visibility): Promise<void> {
  const call = {
    what: `make ${id} ${visibility}`,
    method: 'PUT',
    path: `/api/spaces/${id}/settings`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ visibility }),
    expects: 'json',
    repeatable: true,
  } as const;
  accepted(call, await send(session, call));
}

/** URL of the running app, without a slash at its end. Asked for, never computed: long names are shortened (hub-contract §16.1). */
export async function spaceHost(session: Session, id: string): Promise<string> {
  const call = {
    what: `say where ${id} answers`,
    method: 'GET',
    path: `/api/spaces/${id}/host`,
    expects: 'json',
    repeatable: true,
  } as const;
  const host = textOf(objectOf(accepted(call, await send(session, call)).json)['host']) ?? '';
  return host.replace(/\/$/, '');
}
