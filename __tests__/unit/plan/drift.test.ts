import { expect, test } from '@jest/globals';
import { driftOf } from '../../../src/plan/drift.ts';
import { EMPTY_PLAN, type Plan, type Step } from '../../../src/plan/plan.ts';

const restart = (ends: 'sleep' | 'pause' | 'error'): Step => ({ kind: 'restart', factory: false, ends, reason: '' });
const VARIABLE: Step = { kind: 'set-variable', name: 'A', to: 'x', reason: '' };

test.each<[string, Partial<Plan>]>([
  ['nothing to do', {}],
  ['asleep', { steps: [restart('sleep')] }],
])('%s is as it should be', (_, plan) => {
  expect(driftOf('me/app', { ...EMPTY_PLAN, ...plan })).toBeUndefined();
});

const BY_HAND = {
  since: 'a'.repeat(40),
  commits: [{ id: 'b'.repeat(40), title: 'By hand', message: '' }],
  files: [],
};

test.each<[string, Partial<Plan>, string]>([
  [
    'a setting',
    { steps: [VARIABLE] },
    'Its settings were changed, something was never deployed, or the deployment had other inputs.',
  ],
  [
    'a pause',
    { steps: [restart('pause')] },
    'Its settings were changed, something was never deployed, or the deployment had other inputs.',
  ],
  ['edits', { steps: [VARIABLE], edits: BY_HAND }, 'It was changed by hand: 1 commit came on top of our aaaaaaa.'],
])('%s is not', (_, plan, cause) => {
  const failure = driftOf('me/app', { ...EMPTY_PLAN, ...plan });
  expect([failure?.kind, failure?.problems.map((problem) => problem.cause)]).toEqual(['drift', [cause]]);
});
