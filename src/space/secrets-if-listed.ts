import { Failure } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { getSettings } from '../hub/settings.ts';
import type { StoredSetting } from './space-state.ts';

/** What is said where it does not matter. */
export const SECRETS_UNKNOWN =
  'The token may not list the secrets of the Space. None are to be set, so that does not matter.';

/**
 * The names of the secrets of a Space, with what is said of them; undefined where the token may not list them, as one that
 * was exchanged for the identity of a job (hub-contract §24, U6).
 */
export async function secretsIfListed(
  session: Session,
  id: string,
): Promise<ReadonlyMap<string, StoredSetting> | undefined> {
  try {
    return await getSettings(session, id, 'secrets');
  } catch (error) {
    if (error instanceof Failure && error.kind === 'credentials') return undefined;
    throw error;
  }
}
