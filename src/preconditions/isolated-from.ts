import { Failure } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { getSettings } from '../hub/settings.ts';
import { spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { compareDatabases, type DatabaseStatus, fingerprintOf } from '../marks/fingerprint.ts';
import { DATABASE_URL } from '../marks/setting-names.ts';
import { secretsIfListed } from '../space/secrets-if-listed.ts';

const WHY_UNKNOWN: Readonly<Record<Exclude<DatabaseStatus, 'same' | 'another'>, string>> = {
  'another-user': 'it is on the same server under the same name, with another user',
  unmarked: `its ${DATABASE_URL} was not set by Spaceport, so it has no fingerprint`,
  'not-understood': `one of the two ${DATABASE_URL} is written in a form that Spaceport cannot read`,
};

/**
 * Checks that a deployment has a database of its own. Gives a sentence for the person when that cannot be known.
 *
 * @throws Failure `refused` when the other Space has the same `DATABASE_URL`, in whatever way it is written
 */
export async function checkIsolatedFrom(session: Session, inputs: Inputs): Promise<string | undefined> {
  const { isolatedFrom, secrets, variables } = inputs;
  const ours = secrets.get(DATABASE_URL) ?? variables.get(DATABASE_URL);
  if (isolatedFrom === undefined) return undefined;
  const unknown = (why: string) => `Whether ${isolatedFrom.id} has another database is not known: ${why}.`;
  if (ours === undefined) return unknown('no `database-url` was given here');
  // A Space that is not there shares nothing, and neither does one that has no such setting.
  if ((await spaceInfo(session, isolatedFrom.id, 'brief')) === undefined) return undefined;
  const [stored, visible] = await Promise.all([
    secretsIfListed(session, isolatedFrom.id),
    getSettings(session, isolatedFrom.id, 'variables'),
  ]);
  const asVariable = visible.get(DATABASE_URL)?.value;
  if (asVariable === undefined && stored === undefined) return unknown('the token may not list its secrets');
  if (asVariable === undefined && !stored?.has(DATABASE_URL)) return undefined;
  const theirs = asVariable === undefined ? stored?.get(DATABASE_URL)?.description : await fingerprintOf(asVariable);
  const status = await compareDatabases(theirs, ours);
  if (status === 'another') return undefined;
  if (status !== 'same') return unknown(WHY_UNKNOWN[status]);
  throw new Failure('refused', {
    where: 'input `database-url`',
    what: `This is the database of ${isolatedFrom.id}, which \`isolated-from\` rules out.`,
    cause: 'Both connection strings lead to the same database, however they are written.',
    fix: `Give ${inputs.environment} a database of its own; is the right secret passed as \`database-url\`?`,
  });
}
