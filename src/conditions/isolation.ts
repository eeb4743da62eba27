import { Failure } from '../errors.ts';
import type { Hub } from '../hub/hub.ts';
import { getSettings } from '../hub/settings.ts';
import { spaceInfo } from '../hub/space-info.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isSameDatabase } from '../space/fingerprint.ts';

/**
 * Holds a deployment to a database of its own. Gives a sentence for the person when that cannot be known.
 *
 * @throws Failure `refused` when the other Space has the same `DATABASE_URL`, in whatever way it is written
 */
export async function refuseSharedDatabase(hub: Hub, inputs: Inputs): Promise<string | undefined> {
  const { isolatedFrom, secrets } = inputs;
  const ours = secrets.get('DATABASE_URL');
  if (isolatedFrom === undefined) return undefined;
  const unknown = (why: string) => `Whether ${isolatedFrom.id} has another database is not known: ${why}.`;
  if (ours === undefined) return unknown('no `database-url` was given here');
  // A Space that is not there shares nothing, and neither does one without the secret.
  if ((await spaceInfo(hub, isolatedFrom.id, false)) === undefined) return undefined;
  const stored = await secretsOf(hub, isolatedFrom.id);
  if (stored === undefined) return unknown('the token may not list its secrets');
  const theirs = stored.get('DATABASE_URL');
  if (theirs === undefined) return undefined;
  const same = await isSameDatabase(theirs.description, ours);
  if (same === undefined) return unknown('its DATABASE_URL was not set by Spaceport, so it bears no fingerprint');
  if (!same) return undefined;
  throw new Failure('refused', {
    where: 'input `database-url`',
    what: `This is the database of ${isolatedFrom.id}, which \`isolated-from\` rules out.`,
    cause: 'Both connection strings lead to the same database, however they are written.',
    cure: `Give ${inputs.environment} a database of its own; is the right secret passed as \`database-url\`?`,
  });
}

async function secretsOf(hub: Hub, id: string) {
  try {
    return await getSettings(hub, id, 'secrets');
  } catch (error) {
    if (error instanceof Failure && error.kind === 'credentials') return undefined;
    throw error;
  }
}
