import type { Visibility } from '../inputs/inputs.ts';
import type { HubSdk } from '../inputs/sdk.ts';
import type { Volume } from '../inputs/volumes.ts';
import { filesIn, type RemoteFile } from './history.ts';
import { type JsonObject, objectOf, textOf } from './http/json.ts';
import { accepted, type HubSaid, hubSaid } from './http/refusal.ts';
import { changeCall, getCall, sendAccepted } from './http/requests.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

export interface SpaceInfo {
  /** As the Hub spells it; a renamed Space answers under its new name. */
  readonly id: string;
  /** Commit at the tip of `main`. */
  readonly head: string;
  readonly sdk?: string | undefined;
  /** `public` stands for protected too, where only `private` was asked for. */
  readonly visibility: string;
  /** Whether the Hub says `visibility` itself: of a protected Space it may not (hub-contract §24, U5). */
  readonly isVisibilityKnown: boolean;
  /** Front matter of its README, by key. */
  readonly card: JsonObject;
  /** All files of `head`, by path; absent where they were not asked for, or the Hub does not tell all of them. */
  readonly files?: ReadonlyMap<string, RemoteFile> | undefined;
}

/**
 * How much is asked for: `brief` tells only of `private`; `whole` also tells protected from public, and costs a list of all
 * names; `files` also gives the files of the very commit that it names.
 */
export type Detail = 'brief' | 'whole' | 'files';

/** `expand` keeps the list of all files out of the answer; `visibility` is not among what can be expanded. */
const FIELDS = ['sha', 'sdk', 'private', 'cardData'].map((name) => `expand=${name}`).join('&');
const QUERIES: Readonly<Record<Detail, string>> = { brief: `?${FIELDS}`, whole: '', files: '?blobs=true' };

/** A Space, or undefined when there is none that this token can see. */
export async function spaceInfo(session: Session, id: string, detail: Detail): Promise<SpaceInfo | undefined> {
  const call = getCall(`/api/spaces/${id}${QUERIES[detail]}`, `read the Space ${id}`);
  const answer = await send(session, call);
  return answer.status === 404 ? undefined : parse(objectOf(accepted(call, answer).json), id);
}

function parse(body: JsonObject, id: string): SpaceInfo {
  return {
    id: textOf(body['id']) ?? id,
    head: textOf(body['sha']) ?? '',
    card: objectOf(body['cardData']),
    visibility: textOf(body['visibility']) ?? (body['private'] === true ? 'private' : 'public'),
    isVisibilityKnown: textOf(body['visibility']) !== undefined,
    sdk: textOf(body['sdk']),
    files: filesIn(body),
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
  readonly volumes?: readonly Volume[] | undefined;
  readonly hardware?: string | undefined;
  /** -1 is never. */
  readonly sleepTimeSeconds?: number | undefined;
}

export type Creation = { readonly because: 'created' } | ({ readonly because: 'exists' } & HubSaid);

/**
 * Creates a Space with its settings in the same call (hub-contract §5.1). `exists` when somebody made it meanwhile,
 * a lost answer of our own try included.
 *
 * @throws Failure when the plan of the owner (402) or the rights of the token (401, 403) do not allow it
 */
export async function createSpace(session: Session, { owner, ...space }: NewSpace): Promise<Creation> {
  const body = { type: 'space', organization: owner, ...space };
  const call = changeCall('POST', '/api/repos/create', body, `create the Space ${owner}/${space.name}`);
  const answer = await send(session, call);
  if (answer.status === 409) return { because: 'exists', ...hubSaid(call, answer) };
  accepted(call, answer);
  return { because: 'created' };
}

/** Deletes a Space with its history, settings and app, for good; one that is gone already is no error (hub-contract §5.3). */
export async function deleteSpace(session: Session, id: string): Promise<void> {
  const [organization, name] = id.split('/');
  const body = { type: 'space', organization, name };
  const call = changeCall('DELETE', '/api/repos/delete', body, `delete the Space ${id}`);
  const answer = await send(session, call);
  if (answer.status !== 404) accepted(call, answer);
}

/** Changes who can see a Space (hub-contract §5.4). */
export async function setVisibility(session: Session, id: string, visibility: Visibility): Promise<void> {
  await sendAccepted(
    session,
    changeCall('PUT', `/api/spaces/${id}/settings`, { visibility }, `make ${id} ${visibility}`),
  );
}
