import type { Visibility } from '../inputs/inputs.ts';
import type { HubSdk } from '../source/source.ts';
import { accepted, saidBy } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
}

export interface NewSpace {
  readonly owner: string;
  readonly name: string;
  readonly sdk: HubSdk;
  readonly visibility: Visibility;
  readonly variables: readonly Setting[];
  readonly secrets: readonly Setting[];
  readonly hardware?: string;
  /** -1 is never. */
  readonly sleepTimeSeconds?: number;
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
export async function createSpace(hub: Hub, space: NewSpace): Promise<'created' | 'exists'> {
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
    const answer = await send(hub, call);
    const isBusy = answer.status === 409 && BUSY.test(saidBy(answer));
    if (answer.status === 409 && !isBusy) return 'exists';
    if (!isBusy || attempt === TRIES) {
      accepted(call, answer);
      return 'created';
    }
    await hub.clock.sleep(attempt * 1_000, hub.signal);
  }
}
