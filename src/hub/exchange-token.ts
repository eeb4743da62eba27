import type { SpaceId } from '../inputs/space-id.ts';
import { numberOf, objectOf, textOf } from './http/json.ts';
import { EXCHANGE_ABORTED } from './http/meanings.ts';
import { accepted, saidBy, whereAnswered } from './http/refusal.ts';
import { jsonCall } from './http/requests.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

export type Exchanged =
  | {
      readonly kind: 'token';
      readonly token: string;
      /** Milliseconds. */
      readonly livesMs: number;
    }
  | {
      readonly kind: 'refused';
      readonly message: string;
      /** Request and answer. */
      readonly where: string;
    };

/** As documented, where the answer does not say it (hub-contract §4.2). */
const HOUR_S = 3_600;

/**
 * Exchanges a CI job's identity for a token of one hour that may write to this one Space (hub-contract §4.2).
 *
 * @throws Failure `hub` when the Hub is away, `network` when it cannot be reached
 */
export async function exchangeToken(session: Session, space: SpaceId, idToken: string): Promise<Exchanged> {
  const body = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    subject_token: idToken,
    resource: `spaces/${space.id}`,
  };
  const call = jsonCall('POST', '/oauth/token', body, 'exchange the identity of this job for a token');
  const answer = await send(session, call);
  // Whatever is wrong with the publisher is one and the same 400; an outage has it too, but other words.
  const [said, where] = [saidBy(answer), whereAnswered(call, answer)];
  if (answer.status === 400 && !EXCHANGE_ABORTED.test(said)) return { kind: 'refused', message: said, where };
  const granted = objectOf(accepted(call, answer).json);
  const token = textOf(granted['access_token']);
  if (token === undefined) return { kind: 'refused', message: 'it answered without a token', where };
  return { kind: 'token', token, livesMs: (numberOf(granted['expires_in']) ?? HOUR_S) * 1_000 };
}
