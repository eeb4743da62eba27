import type { SpaceId } from '../inputs/space-id.ts';
import { objectOf, textOf } from './http/json.ts';
import { saidBy } from './http/refusal.ts';
import { jsonCall } from './http/requests.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

export type Exchanged =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Exchanges a CI job's identity for a token of one hour that may write to this one Space (hub-contract §4.2). */
export async function exchangeToken(session: Session, space: SpaceId, idToken: string): Promise<Exchanged> {
  const body = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    subject_token: idToken,
    resource: `spaces/${space.id}`,
  };
  const call = jsonCall('POST', '/oauth/token', body, 'exchange the identity of this job for a token');
  const answer = await send(session, call);
  const token = textOf(objectOf(answer.json)['access_token']);
  return token === undefined ? { kind: 'refused', message: saidBy(answer) } : { kind: 'token', token };
}
