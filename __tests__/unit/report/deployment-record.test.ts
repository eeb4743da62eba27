import { expect, test } from '@jest/globals';
import { Failure, type FailureKind } from '../../../src/base/failure.ts';
import type { DeploymentRecords, RecordedState } from '../../../src/edges/deployment-record.ts';
import { followDeployment } from '../../../src/report/deployment-record.ts';
import { newRecord } from '../../../src/report/record.ts';
import { inputsOf } from '../inputs-of.ts';

const PREVIEW = inputsOf({
  environment: 'preview-7',
  githubToken: 'ghs_token',
  run: { isManual: false, repository: 'acme/app', pullRequest: 7, pullRequestHead: 'a'.repeat(40) },
});

/** The last state that GitHub is told when a preview fails in this way. */
async function lastState(kind: FailureKind): Promise<RecordedState | undefined> {
  const told: RecordedState[] = [];
  const records: DeploymentRecords = {
    open: () => ({ end: async (state) => void told.push(state) }),
    closeAll: async () => undefined,
  };
  const failure = new Failure(kind, { what: 'No.' });
  await followDeployment(PREVIEW, records)?.end({ ...newRecord(0), failure });
  return told[0];
}

test.each<[FailureKind, string]>([
  ['inputs', 'failure: Nothing was deployed: the inputs are not right.'],
  ['unconfirmed', 'failure: Nothing was done: this needs a yes.'],
  ['credentials', 'failure: Nothing was deployed: the Hub does not let us in.'],
  ['refused', 'failure: Refused.'],
  ['drift', 'failure: The Space has drifted.'],
  ['build', 'failure: The new version was not built.'],
  ['start', 'failure: The new version did not start.'],
  ['health', 'failure: The new version is not healthy.'],
  ['timeout', 'failure: Not proven in time.'],
  ['hub', 'error: The Hub did not do it.'],
  ['network', 'error: The Hub could not be reached.'],
  ['interrupted', 'error: Cancelled.'],
  ['bug', 'error: Spaceport itself failed.'],
])('of a deployment that fails as %s GitHub is told "%s"', async (kind, told) => {
  const { state, description } = (await lastState(kind)) ?? {};
  expect(`${state}: ${description}`).toBe(told);
});
