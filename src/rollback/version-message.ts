import { type CommitMessage, settingsBefore } from '../apply/commit-message.ts';
import { sourceTrailers } from '../apply/source-trailers.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { writePreviousValue } from '../marks/previous-value.ts';
import { writePreviousVariables } from '../marks/previous-variables.ts';
import { type Trailers, writeTrailers } from '../marks/trailers.ts';
import type { Step } from '../plan/plan.ts';
import { type Snapshot, takeSnapshot } from '../space/snapshot.ts';
import type { LookedBack } from './look-back.ts';
import { lastingTrailers } from './restore-tree.ts';

/** What the restored version says of itself. Pure. */
export function trailersOf({ choice }: Pick<LookedBack, 'choice'>): Trailers {
  return lastingTrailers(choice.version.trailers);
}

/** The message of the commit that restores a version: what that version says of itself, and what was there before. */
export async function writeVersionMessage(
  { run, environment }: Pick<Inputs, 'run' | 'environment'>,
  looked: LookedBack,
  steps: readonly Step[],
): Promise<CommitMessage> {
  const { space, choice } = looked;
  const { commit } = choice.version;
  const lasting = trailersOf(looked);
  const snapshot = takeSnapshot(space, false, run.id);
  const source = { commit: lasting.sourceCommit, commitUrl: lasting.sourceUrl };
  return {
    subject: `Roll back ${space.head.slice(0, 7)}: restore ${commit.slice(0, 7)}`,
    body: writeTrailers({
      ...lasting,
      ...(await sourceTrailers(run, source, { spaceId: space.id, visibility: space.visibility })),
      environment,
      previousCommit: snapshot.commit,
      previousVariables: writePreviousVariables(variablesBefore(snapshot, looked, steps)),
      previousSettings: settingsBefore(snapshot),
      undoes: space.head,
      rolledBackTo: commit,
    }),
  };
}

/** The previous values of the variables that the rollback changes, also those that a killed attempt of it has changed. */
function variablesBefore(
  { variables, touched }: Snapshot,
  { settings }: LookedBack,
  steps: readonly Step[],
): Readonly<Record<string, string | null>> {
  const changed = steps.flatMap((step) =>
    step.kind === 'set-variable' || step.kind === 'delete-variable' ? [step.name] : [],
  );
  const names = [...new Set([...changed, ...touched.variables])];
  return Object.fromEntries(
    names
      .map((name): [string, string | null] => [name, variables.get(name) ?? null])
      .filter(([name, before]) => before !== (settings.variables.get(name) ?? null)),
  );
}

/** What was there before, in the description of a variable: the commit that would say it may never be made. */
export function previousValueOf(step: Step, { space }: LookedBack, runId: string | undefined): string | undefined {
  if (step.kind !== 'set-variable') return undefined;
  return writePreviousValue(runId, space.variables.get(step.name)?.value ?? null);
}
