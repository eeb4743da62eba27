import type { SpaceId } from '../inputs/space-id.ts';
import type { Answer } from './http/call.ts';
import { objectOf, textOf } from './http/json.ts';
import { saidBy } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

export type Exchanged =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'refused'; readonly message: string };

/** The Hub answers an outage of its own with the same 400 as a refusal, but for these words (hub-contract §4.2). */
const OUTAGE = /operation was aborted/i;
const TRIES = 3;

/** Exchanges a CI job's identity for a token of one hour that may write to this one Space (trusted publishers). */
export async function exchangeToken(session: Session, space: SpaceId, idToken: string): Promise<Exchanged> {
  for (let attempt = 1; ; attempt++) {
    const answer = await post(session, space, idToken);
    const token = textOf(objectOf(answer.json)['access_token']);
    if (token !== undefined) return { kind: 'token', token };
    const message = saidBy(answer);
    if (!OUTAGE.test(message) || attempt === TRIES) return { kind: 'refused', message };
    await session.clock.sleep(attempt * 1_000, session.signal);
  }
}

function post(session: Session, space: SpaceId, idToken: string): Promise<Answer> {
  return send(session, {
    what: 'exchange the identity of this job for a token',
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: idToken,
      resource: `spaces/${space.id}`,
    }),
    expects: 'json',
    repeatable: true,
  });
}
