import type { Inputs } from '../inputs/inputs.ts';
import { type PreviousVariables, writePreviousVariables } from '../marks/previous-variables.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { writeTrailers } from '../marks/trailers.ts';
import type { Source } from '../source/source.ts';
import type { Snapshot } from '../space/snapshot.ts';

export interface CommitMessage {
  readonly subject: string;
  readonly body: string;
}

/** Writes one line for people, and trailers by which the next run recognises this one. */
export function writeCommitMessage(inputs: Inputs, source: Source, snapshot: Snapshot): CommitMessage {
  const { repository, id, url } = inputs.run;
  const what = source.commit === undefined ? 'files' : source.commit.slice(0, 7);
  // The run's repository is not always the source's: a job may check out another one, or deploy a submodule.
  const sourceUrl =
    source.commit && (source.commitUrl ?? url?.replace(/\/actions\/runs\/.*$/, `/commit/${source.commit}`));
  return {
    subject: `Deploy ${what}${repository === undefined ? '' : ` of ${repository}`} to ${inputs.environment}`,
    body: writeTrailers({
      sourceCommit: source.commit,
      sourceUrl,
      runUrl: url,
      runId: id,
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
