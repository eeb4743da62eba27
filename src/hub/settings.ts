import { objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';
import type { Setting } from './space.ts';

/** The two collections have one protocol; of secrets the values never come back (hub-contract §14). */
export type SettingsKind = 'variables' | 'secrets';

export interface StoredSetting {
  /** Always absent for a secret. */
  readonly value?: string;
  readonly description?: string;
}

export async function getSettings(
  session: Session,
  id: string,
  kind: SettingsKind,
): Promise<ReadonlyMap<string, StoredSetting>> {
  const call = {
    what: `list the ${kind} of ${id}`,
    method: 'GET',
    path: `/api/spaces/${id}/${kind}`,
    expects: 'json',
    repeatable: true,
  } as const;
  const body = objectOf(accepted(call, await send(session, call)).json);
  return new Map(
    Object.entries(body).map(([name, stored]) => {
      const value = textOf(objectOf(stored)['value']);
      const description = textOf(objectOf(stored)['description']);
      return [
        name,
        { ...(value === undefined ? {} : { value }), ...(description === undefined ? {} : { description }) },
      ];
    }),
  );
}

/** Sets one; setting it twice is the same as once. */
export async function putSetting(session: Session, id: string, kind: SettingsKind, setting: Setting): Promise<void> {
  await change(session, id, kind, 'POST', setting, `set ${setting.key} among the ${kind} of ${id}`);
}

/** Deletes one; one that is not there is no error (hub-contract §14). */
export async function deleteSetting(session: Session, id: string, kind: SettingsKind, name: string): Promise<void> {
  await change(session, id, kind, 'DELETE', { key: name }, `delete ${name} from the ${kind} of ${id}`);
}

async function change(
  session: Session,
  id: string,
  kind: SettingsKind,
  method: 'POST' | 'DELETE',
  body: object,
  what: string,
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const call = {
    what,
    method,
    path: `/api/spaces/${id}/${kind}`,
    headers,
    body: JSON.stringify(body),
    expects: 'json',
    repeatable: true,
  } as const;
  accepted(call, await send(session, call));
}
