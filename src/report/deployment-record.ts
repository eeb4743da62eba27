import type { FailureKind } from '../base/failure.ts';
import type { DeploymentRecords, RecordedState, RecordPlace } from '../edges/deployment-record.ts';
import type { GithubTrouble } from '../edges/github.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isPreview } from '../inputs/preview.ts';
import { failureTitle } from './failure-lines.ts';
import type { RunRecord } from './record.ts';

/** The deployment of a preview, as GitHub's records follow it. */
export interface FollowedDeployment {
  /** Writes how it ended; returns a note for the log where something kept it from being written. */
  end(record: RunRecord): Promise<string | undefined>;
}

/** How long the last words may take, in milliseconds: a job that was cancelled is killed soon, a removal has many. */
const END_MS = { interrupted: 3_000, deployment: 12_000, removal: 60_000 };

/** Begins the record where there is one: for a preview that is deployed in a pull request, or removed. */
export function followDeployment(
  { environment, space, mode, run, githubToken }: Inputs,
  records: DeploymentRecords | undefined,
): FollowedDeployment | undefined {
  const { repository, pullRequest, pullRequestHead, url: runUrl } = run;
  // Of other environments GitHub itself keeps a record: the job names them as its `environment`.
  if (records === undefined || repository === undefined || !isPreview(environment)) return undefined;
  const isDeployed = mode === 'deploy' && pullRequest !== undefined && pullRequestHead !== undefined;
  if (!isDeployed && mode !== 'remove') return undefined;
  if (githubToken === undefined) return { end: async () => noToken(environment) };
  const place: RecordPlace = { repository, environment, space: space.id, token: githubToken, runUrl };
  if (isDeployed) return followNew(records, place, pullRequestHead);
  return {
    async end({ failure }) {
      if (failure !== undefined) return undefined;
      const removed = { state: 'inactive', description: `Removed ${space.id}.` } as const;
      const trouble = await records.closeAll(place, removed, END_MS.removal);
      return trouble && note(place, trouble);
    },
  };
}

function followNew(records: DeploymentRecords, place: RecordPlace, head: string): FollowedDeployment {
  const opened = records.open(place, head, { state: 'in_progress', description: `Deploying to ${place.space}.` });
  return {
    async end(record) {
      const isInterrupted = record.failure?.kind === 'interrupted';
      const withinMs = isInterrupted ? END_MS.interrupted : END_MS.deployment;
      const trouble = await opened.end(lastState(place, record), withinMs);
      return trouble && note(place, trouble);
    },
  };
}

/** What GitHub calls each kind of failure: `failure` is of the deployment, `error` of what is around it. */
const STATES: Readonly<Record<FailureKind, 'failure' | 'error'>> = {
  inputs: 'failure',
  unconfirmed: 'failure',
  credentials: 'failure',
  refused: 'failure',
  drift: 'failure',
  hub: 'error',
  network: 'error',
  build: 'failure',
  start: 'failure',
  health: 'failure',
  timeout: 'failure',
  interrupted: 'error',
  bug: 'error',
};

/** How GitHub is told that it ended. */
function lastState({ space }: RecordPlace, { failure, mode, result, rolledBack, appUrl }: RunRecord): RecordedState {
  if (failure === undefined) {
    const description = result === 'unchanged' ? `Nothing to change in ${space}.` : `Deployed to ${space}.`;
    return { state: 'success', description, appUrl };
  }
  const after = rolledBack ? '; the previous version runs again' : '';
  return { state: STATES[failure.kind], description: `${failureTitle(failure, mode)}${after}.` };
}

function noToken(environment: string): string {
  return `The deployment record of ${environment} on GitHub was not written: \`github-token\` is empty.`;
}

function note({ environment }: RecordPlace, { reason, isForbidden }: GithubTrouble): string {
  const needs = isForbidden
    ? ' It needs `permissions: deployments: write`, which a run of a fork or of Dependabot does not get.'
    : '';
  return `The deployment record of ${environment} on GitHub is missing or not complete: ${reason}.${needs}`;
}
