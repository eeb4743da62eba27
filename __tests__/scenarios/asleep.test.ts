import { expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { until } from './support/other-client.ts';

const STAGING = { space: 'me/app-staging', environment: 'staging' };
const promoted = { environment: 'production', 'promoted-from': 'me/app-staging' };
const RESTART = 'POST /api/spaces/me/app-staging/restart';

/** A staging that was deployed and has fallen asleep since. */
async function withSleepingStaging(server?: string, inputs = {}): Promise<Lab> {
  const lab = await openLab(dockerApp('1', server));
  await lab.deploy({ ...STAGING, ...inputs });
  lab.space('me/app-staging').runtime.sleep();
  return lab;
}

test.concurrent.each(['public', 'private'])(
  'a %s staging that sleeps is woken by a visit, and promotes',
  async (visibility) => {
    await using lab = await withSleepingStaging(undefined, { visibility });

    const run = await lab.deploy(promoted);

    expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
    expect(writes(run.requests)).not.toContain(RESTART);
    expect(run.log).toMatch(/^me\/app-staging is asleep; waking it\.$/m);
  },
);

test.concurrent('one that a visit does not wake is restarted', async () => {
  await using lab = await withSleepingStaging();
  const { runtime } = lab.space('me/app-staging');
  runtime.pretend({ stage: 'SLEEPING' });
  const deployed = lab.deploy(promoted);
  await until(() => lab.hub.requests.some(({ method, path }) => `${method} ${path}` === RESTART));
  runtime.pretend(undefined);

  const run = await deployed;

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.log).toMatch(/^A visit did not wake me\/app-staging; restarting it\.$/m);
});

test.concurrent('one that needs a while to become healthy has the time that `timeout` gives', async () => {
  const slow = "() => process.uptime() > 3 || process.env.APP_ENV === 'production' ? [200, {}] : [503, {}]";
  await using lab = await withSleepingStaging();
  lab.workspace.commit({ 'server.js': scriptedServer(slow) });
  await lab.deploy(STAGING);
  lab.space('me/app-staging').runtime.sleep();

  const run = await lab.deploy(promoted);

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
});

test.concurrent('one that does not start again promotes nothing', async () => {
  await using lab = await withSleepingStaging(
    `if (process.env.BROKEN) process.exit(1);\n${dockerApp('1')['server.js']}`,
  );
  await fetch(`${lab.hub.url}/api/spaces/me/app-staging/secrets`, {
    method: 'POST',
    headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'BROKEN', value: '1' }),
  });
  await until(() => lab.space('me/app-staging').runtime.answer().stage === 'RUNTIME_ERROR');
  lab.space('me/app-staging').runtime.sleep();

  const run = await lab.deploy(promoted);

  expect(writes(run.requests)).toEqual([]);
  expect(run.errors).toEqual([
    [
      'me/app-staging was asleep, and does not run this source after it was woken: it is in RUNTIME_ERROR.',
      'Where: input `promoted-from`, Space me/app-staging',
      'Cause: Only a source that runs there and is healthy may be deployed to staging.'.replace(
        'staging.',
        'production.',
      ),
      'Fix: Look at its logs; deploy this source there again, or raise `timeout` if it only starts slowly.',
    ].join('\n'),
  ]);
});

test.concurrent('one that sleeps with another source is not woken for nothing, and a plan wakes nobody', async () => {
  await using lab = await withSleepingStaging();
  const plan = await lab.deploy({ ...promoted, mode: 'plan' });
  lab.workspace.commit({ 'new.txt': 'new' });
  const other = await lab.deploy(promoted);

  expect([plan.errors, plan.warnings, plan.outputs['result']]).toEqual([[], [], 'planned']);
  expect(plan.log).toMatch(/^me\/app-staging is asleep; a deployment wakes it first and checks that it is healthy\.$/m);
  expect(other.errors).toEqual([
    expect.stringMatching(/^The source that runs in me\/app-staging differs from this one/),
  ]);
  expect(lab.space('me/app-staging').runtime.answer().stage).toBe('SLEEPING');
});
