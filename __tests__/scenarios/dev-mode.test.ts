import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { callHub } from './support/other-client.ts';
import { CRASHES } from './support/rollback-stories.ts';

const WARNING =
  'The Space is in dev mode, which ends with this deployment. Changes that were made inside of it and not committed are gone then.';

test.concurrent.each(['a', 'b'] as const)(
  'a Space in dev mode is deployed to: dev mode ends first (U18%s)',
  async (U18) => {
    await using lab = await openLab(dockerApp('1'), { readings: { U18 } });
    await lab.deploy();
    await callHub(lab.hub, '/api/spaces/me/app/dev-mode', { enabled: true });
    lab.workspace.commit({ 'server.js': healthyServer('2') });

    const planned = await lab.deploy({ mode: 'plan' });
    const run = await lab.deploy();

    expect(planned.log).toMatch(/^end dev mode \(it is in dev mode, in which the Hub builds no commit\)$/m);
    expect([planned.warnings, writes(planned.requests)]).toEqual([[WARNING], []]);
    expect([run.errors, run.warnings, run.outputs['result']]).toEqual([[], [WARNING], 'deployed']);
    expect(writes(run.requests)).toEqual(['POST /api/spaces/me/app/dev-mode', 'POST /api/spaces/me/app/commit/main']);
    expect(lab.space().runtime.answer()).toMatchObject({ devMode: false, sha: await lab.space().head() });
  },
);

test.concurrent('with nothing to deploy dev mode ends all the same, and a check for drift finds it', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  await callHub(lab.hub, '/api/spaces/me/app/dev-mode', { enabled: true });

  const drift = await lab.deploy({ mode: 'plan', expect: 'unchanged' });
  const run = await lab.deploy();
  const again = await lab.deploy();

  expect([drift.exitCode, drift.outputs['result']]).toEqual([1, 'failed']);
  expect([run.errors, run.outputs['result'], run.outputs['changed']]).toEqual([[], 'deployed', 'true']);
  expect([again.outputs['result'], again.warnings]).toEqual(['unchanged', []]);
});

test.concurrent('a version that fails after dev mode is rolled back', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  await callHub(lab.hub, '/api/spaces/me/app/dev-mode', { enabled: true });
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy();

  expect(run.outputs['result']).toBe('rolled-back');
});

test.concurrent('what runs in dev mode is not verified, promoted or restarted: it may be no commit at all', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  await callHub(lab.hub, '/api/spaces/me/app/dev-mode', { enabled: true });

  const verified = await lab.deploy({ mode: 'verify' });
  const promoted = await lab.deploy({ space: 'me/other', environment: 'production', 'promoted-from': 'me/app' });
  const restarted = await lab.deploy({ mode: 'restart' });

  expect([verified.outputs['result'], verified.errors.length, writes(verified.requests)]).toEqual(['failed', 1, []]);
  expect(verified.errors[0]).toContain('The Space is in dev mode');
  expect([promoted.outputs['result'], promoted.errors.length, writes(promoted.requests)]).toEqual(['failed', 1, []]);
  expect(promoted.errors[0]).toContain('The Space is in dev mode');
  expect([restarted.outputs['result'], restarted.errors.length, writes(restarted.requests)]).toEqual(['failed', 1, []]);
  expect(restarted.errors[0]).toContain('The Space is in dev mode');
});
