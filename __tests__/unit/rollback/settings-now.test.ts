import { expect, test } from '@jest/globals';
import type { Step } from '../../../src/plan/plan.ts';
import { readSettingsNow } from '../../../src/rollback/settings-now.ts';
import { EMPTY_SNAPSHOT } from '../../../src/space/snapshot.ts';
import { fakeHub } from '../hub/fake-hub.ts';

const LEADS = { type: 'dataset', source: 'me/leads', mountPath: '/leads', readOnly: true } as const;
const MOUNTED: Step = { kind: 'set-volumes', from: [], to: [LEADS], reason: 'the input says so' };

test.each([
  ['what this run mounted', LEADS, [LEADS]],
  ['something of a masked source', { ...LEADS, source: '****/******' }, 'of-others'],
  ['something of an unknown kind', { ...LEADS, type: 'kernel' }, 'of-others'],
])('before a rollback, %s is mounted', async (_what, volume, expected) => {
  // Two requests at the same time get the same answer: as variables it means nothing.
  const answer = { status: 200, body: JSON.stringify({ runtime: { volumes: [volume] } }) };
  const { session } = fakeHub(answer, answer);
  const changes = { inputs: { secrets: new Map() }, snapshot: EMPTY_SNAPSHOT, done: [MOUNTED] };
  const { volumes } = await readSettingsNow(session, 'me/app', changes, { stage: 'RUNNING' });
  expect(volumes).toEqual(expected);
});
