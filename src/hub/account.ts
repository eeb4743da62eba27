import { Failure } from '../base/failure.ts';
import { objectOf, textOf } from './http/json.ts';
import { getJson } from './http/requests.ts';
import type { Session } from './hub.ts';

/** The name of the account whose token this is; undefined where the Hub does not say, as of a publisher's (hub-contract §4.1). */
export async function accountName(session: Session): Promise<string | undefined> {
  const account = objectOf(await getJson(session, '/api/whoami-v2', 'ask whose token this is').catch(nobody));
  return account['type'] === 'user' ? textOf(account['name']) : undefined;
}

function nobody(error: unknown): undefined {
  if (error instanceof Failure && error.kind !== 'interrupted') return undefined;
  throw error;
}
