import type { Inputs } from '../inputs/inputs.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { writeTrailers } from '../marks/trailers.ts';
import type { Source } from '../source/source.ts';
import { type PreviousVariables, type Snapshot, writePreviousVariables } from '../space/snapshot.ts';

export interface CommitMessage {
  readonly subject: string;
  readonly body: string;
}

/** One line for people, and trailers by which the next run recognises this one. */
export function commitMessage(inputs: Inputs, source: Source, snapshot: Snapshot): CommitMessage {
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

/** Of the variables that this deployment sets or deletes, what they were. */
function previousVariables(
  { environment, variables, secrets, settingsStrategy }: Inputs,
  { variables: before }: Snapshot,
): PreviousVariables {
  const wanted = new Map([[APP_ENV, environment], ...variables]);
  const goes = (name: string) => wanted.has(name) || secrets.has(name) || settingsStrategy === 'mirror';
  const names = [...new Set([...wanted.keys(), ...before.keys()])];
  return Object.fromEntries(
    names
      .filter((name) => goes(name) && wanted.get(name) !== before.get(name))
      .map((name) => [name, before.get(name) ?? null]),
  );
}

function previousVisibility({ visibility }: Inputs, { visibility: before }: Snapshot): string | undefined {
  return visibility.explicit && before !== visibility.value ? before : undefined;
}
