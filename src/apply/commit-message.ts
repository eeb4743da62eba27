import type { Inputs } from '../inputs/inputs.ts';
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

function previousVisibility({ visibility }: Inputs, { visibility: before }: Snapshot): string | undefined {
  return visibility.explicit && before !== visibility.value ? before : undefined;
}
