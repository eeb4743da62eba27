import type { Inputs } from '../inputs/inputs.ts';
import { looksSecret } from '../inputs/settings-warnings.ts';
import { writePreviousSettings } from '../marks/previous-settings.ts';
import { type PreviousVariables, writePreviousVariables } from '../marks/previous-variables.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { writeTrailers } from '../marks/trailers.ts';
import type { Source } from '../source/source.ts';
import type { Snapshot } from '../space/snapshot.ts';
import { type Audience, mayNameCommit, mayNameRepository, sourceTrailers } from './source-trailers.ts';

export interface CommitMessage {
  readonly subject: string;
  readonly body: string;
}

/**
 * Writes one line for people, and trailers by which the next run recognises this one. `visibility` is that of the Space
 * when the commit is made.
 */
export async function writeCommitMessage(
  inputs: Inputs,
  source: Source,
  snapshot: Snapshot,
  visibility: string,
): Promise<CommitMessage> {
  const audience = { spaceId: inputs.space.id, visibility };
  return {
    subject: writeSubject(inputs, source, audience),
    body: writeTrailers({
      ...(await sourceTrailers(inputs.run, source, audience)),
      environment: inputs.environment,
      sourceDigest: source.sourceDigest,
      contentDigest: source.contentDigest,
      healthPath: inputs.healthPath,
      previousCommit: snapshot.commit,
      previousVariables:
        snapshot.commit === undefined ? undefined : writePreviousVariables(previousVariables(inputs, snapshot)),
      previousVisibility: snapshot.commit === undefined ? undefined : previousVisibility(inputs, snapshot),
      previousSettings: settingsBefore(snapshot),
    }),
  };
}

function writeSubject({ environment, run }: Inputs, source: Source, audience: Audience): string {
  if (!mayNameRepository(run, audience)) return `Deploy to ${environment}`;
  const commit = mayNameCommit(run, source, audience) ? source.commit : undefined;
  const of = run.repository === undefined ? '' : ` of ${run.repository}`;
  return `Deploy ${commit === undefined ? 'files' : commit.slice(0, 7)}${of} to ${environment}`;
}

/** The previous values of the variables that this deployment sets or deletes. */
function previousVariables(
  { environment, variables, secrets, settingsStrategy }: Inputs,
  { variables: before }: Snapshot,
): PreviousVariables {
  const wanted = new Map([[APP_ENV, environment], ...variables]);
  const isChanged = (name: string) => wanted.has(name) || secrets.has(name) || settingsStrategy === 'mirror';
  const names = [...new Set([...wanted.keys(), ...before.keys()])];
  return Object.fromEntries(
    names
      .filter((name) => isChanged(name) && wanted.get(name) !== before.get(name))
      .map((name) => [name, before.get(name) ?? null]),
  );
}

/** A longer value is not recorded: a commit message is no place for it. */
const LONGEST_VALUE = 1_000;
/** Characters of all values together; what does not fit is not recorded. */
const MOST_CHARACTERS = 8_000;

/**
 * All settings before a deployment, for whoever wants to go back to that version later (ADR 16). A value that looks like
 * a secret is left out: the history of a Space is for good, and may become public.
 */
export function settingsBefore({ variables, secrets }: Pick<Snapshot, 'variables' | 'secrets'>): string | undefined {
  let room = MOST_CHARACTERS;
  const shortestFirst = [...variables].sort(([, a], [, b]) => a.length - b.length);
  const recorded = shortestFirst.map(([name, value]): [string, string | null] => {
    const fits = value.length <= Math.min(LONGEST_VALUE, room) && !looksSecret(name, value);
    if (fits) room -= value.length;
    return [name, fits ? value : null];
  });
  return writePreviousSettings({ variables: Object.fromEntries(recorded.sort(byName)), secrets: [...secrets].sort() });
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function previousVisibility({ visibility }: Inputs, { visibility: before }: Snapshot): string | undefined {
  return visibility.explicit && before !== visibility.value ? before : undefined;
}
