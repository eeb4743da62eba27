import { looksSecret } from '../inputs/settings-warnings.ts';
import { dateOf, objectOf, textOf } from './http/json.ts';
import { changeCall, getJson, sendAccepted } from './http/requests.ts';
import type { Session } from './hub.ts';
import type { Setting } from './space.ts';

/** The two collections have one protocol; of secrets the values never come back (hub-contract §14). */
export type SettingsKind = 'variables' | 'secrets';

export interface StoredSetting {
  /** Always absent for a secret. */
  readonly value?: string | undefined;
  readonly description?: string | undefined;
  /** When it was last set, in milliseconds since the epoch, by the Hub's clock. */
  readonly updatedAt?: number | undefined;
}

/** The variables or secrets of a Space, by name. A variable that looks like a secret is masked: reports show old values. */
export async function getSettings(
  session: Session,
  id: string,
  kind: SettingsKind,
): Promise<ReadonlyMap<string, StoredSetting>> {
  const stored = objectOf(await getJson(session, pathOf(id, kind), `list the ${kind} of ${id}`));
  const settings = new Map(
    Object.entries(stored)
      .map(([name, setting]) => [name, objectOf(setting)] as const)
      .map(([name, { value, description, updatedAt }]) => [
        name,
        { value: textOf(value), description: textOf(description), updatedAt: dateOf(updatedAt) },
      ]),
  );
  for (const [name, { value = '' }] of settings) if (looksSecret(name, value)) session.mask(value);
  return settings;
}

/** Sets one; setting it twice is the same as once. */
export async function putSetting(session: Session, id: string, kind: SettingsKind, setting: Setting): Promise<void> {
  const what = `set ${setting.key} among the ${kind} of ${id}`;
  await sendAccepted(session, changeCall('POST', pathOf(id, kind), setting, what));
}

/** Deletes one; one that is not there is no error (hub-contract §14). */
export async function deleteSetting(session: Session, id: string, kind: SettingsKind, name: string): Promise<void> {
  const what = `delete ${name} from the ${kind} of ${id}`;
  await sendAccepted(session, changeCall('DELETE', pathOf(id, kind), { key: name }, what));
}

function pathOf(id: string, kind: SettingsKind): string {
  return `/api/spaces/${id}/${kind}`;
}
