import { type JsonObject, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';
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
export async function spaceInfo(hub: Hub, id: string, whole: boolean): Promise<SpaceInfo | undefined> {
  const call = {
    what: `read the Space ${id}`,
    method: 'GET',
    path: `/api/spaces/${id}${whole ? '' : `?${FIELDS}`}`,
    expects: 'json',
    repeatable: true,
  } as const;
  const answer = await send(hub, call);
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
