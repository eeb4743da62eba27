import type { Session } from '../hub/hub.ts';
import { getSettings } from '../hub/settings.ts';
import { mountedVolumes } from '../hub/volumes.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { hasFingerprint } from '../marks/fingerprint.ts';
import type { Step } from '../plan/plan.ts';
import { secretsIfListed } from '../space/secrets-if-listed.ts';
import type { Snapshot } from '../space/snapshot.ts';
import type { Runtime } from '../space/space-state.ts';
import type { SettingsNow } from './plan-rollback.ts';

interface Changes {
  readonly inputs: Pick<Inputs, 'secrets'>;
  readonly snapshot: Snapshot;
  readonly done: readonly Step[];
}

/** Reads the settings of a Space before a rollback, to see which of them are still as this deployment left them. */
export async function readSettingsNow(
  session: Session,
  id: string,
  { inputs, snapshot, done }: Changes,
  runtime: Runtime,
): Promise<SettingsNow> {
  const [variables, mounted] = await Promise.all([
    getSettings(session, id, 'variables'),
    done.some(({ kind }) => kind === 'set-volumes') ? mountedVolumes(session, id) : undefined,
  ]);
  // The run mounted only what it could name, and what its token can see.
  const volumes = mounted !== undefined && mounted.unknown.length > 0 ? 'of-others' : mounted?.volumes;
  const set = new Set([
    ...done.flatMap((step) => (step.kind === 'set-secret' ? [step.name] : [])),
    ...snapshot.touched.secrets,
  ]);
  const deleted = done.flatMap((step) => (step.kind === 'delete-secret' ? [step.name] : []));
  if (set.size + deleted.length === 0) return { variables, foreignSecrets: new Set(), runtime, volumes };
  // Where the token may not list them, they count as ours.
  const secrets = await secretsIfListed(session, id);
  const foreign = await Promise.all(
    [...set].map(async (name) => {
      const [stored, value] = [secrets?.get(name), inputs.secrets.get(name)];
      const isOurs = stored === undefined || value === undefined || (await hasFingerprint(stored.description, value));
      return isOurs ? [] : [name];
    }),
  );
  const setAgain = deleted.filter((name) => !set.has(name) && secrets?.has(name));
  return { variables, foreignSecrets: new Set([...foreign.flat(), ...setAgain]), runtime, volumes };
}
