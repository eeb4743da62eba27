import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer, scriptedServer, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { callHub, commitByHand } from './support/other-client.ts';

/** Says when its process has started. */
const STARTED = dockerApp(
  '1',
  scriptedServer('() => [200, { started: (globalThis.started ??= performance.timeOrigin) }]'),
);

async function startedAt(lab: Lab): Promise<number> {
  const answer = await fetch(`${lab.space().runtime.appUrl}/health`);
  return ((await answer.json()) as { started: number }).started;
}

test.concurrent.each([
  ['runs', async () => undefined, 'asked for by `mode: restart`'],
  ['sleeps', async (lab: Lab) => lab.space().runtime.sleep(), 'asked for by `mode: restart`; it sleeps'],
  ['is paused', async (lab: Lab) => lab.space().runtime.pause(), 'asked for by `mode: restart`; it is paused'],
] as const)('a Space that %s is restarted, and another process answers in the end', async (_, rest, reason) => {
  await using lab = await openLab(STARTED);
  await lab.deploy({ visibility: 'public' });
  const before = await startedAt(lab);
  await rest(lab);
  const head = await lab.space().head();

  const run = await lab.deploy({ mode: 'restart' }, { env: { GITHUB_WORKSPACE: '/nowhere/at/all' } });

  expect([run.errors, run.warnings]).toEqual([[], []]);
  expect(run.outputs).toMatchObject({
    result: 'restarted',
    commit: head,
    'previous-commit': head,
    changed: 'false',
    stage: 'RUNNING',
  });
  expect(JSON.parse(`${run.outputs['plan']}`).steps[0].reason).toBe(reason);
  expect(writes(run.requests)).toEqual(['POST /api/spaces/me/app/restart']);
  expect(await startedAt(lab)).toBeGreaterThan(before);
});

test.concurrent('with `factory` it is built again without the cache', async () => {
  await using lab = await openLab(STARTED);
  await lab.deploy({ visibility: 'public' });
  const before = await startedAt(lab);

  const run = await lab.deploy({ mode: 'restart', factory: 'true' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'restarted']);
  expect(lab.hub.requests.filter(({ path }) => path.endsWith('/restart?factory=true'))).toHaveLength(1);
  expect(run.log).toMatch(/BUILDING: building/);
  expect(await startedAt(lab)).toBeGreaterThan(before);
});

test.concurrent('an app that does not come up again is red, and said to be the restarted version', async () => {
  await using lab = await openLab(
    dockerApp('1', `if (process.env.BROKEN) throw new Error('no');${healthyServer('1')}`),
  );
  await lab.deploy({ visibility: 'public' });
  await callHub(lab.hub, '/api/spaces/me/app/variables', { key: 'BROKEN', value: '1' });

  const run = await lab.deploy({ mode: 'restart' });

  expect([run.exitCode, run.outputs['result']]).toEqual([1, 'failed']);
  expect(run.errors[0]).toMatch(/^RUNTIME_ERROR/);
  expect(run.summary).toMatch(/^## ❌ The restarted version did not start/);
});

test.concurrent('what cannot be restarted is refused before anything is written; a Space that git deploys to can be', async () => {
  await using lab = await openLab(staticSite('one'));
  const missing = await lab.deploy({ mode: 'restart' });
  await lab.deploy({ visibility: 'public' });
  const site = await lab.deploy({ mode: 'restart' });
  const other = await lab.deploy({ mode: 'restart', environment: 'production' });
  const given = await lab.deploy({ mode: 'restart', to: 'abcdef0' });
  const body = { type: 'space', name: 'by-hand', sdk: 'docker' };
  await callHub(lab.hub, '/api/repos/create', body);
  for (const [path, content] of Object.entries(dockerApp('9')))
    await commitByHand(lab.hub, path, content, 'me/by-hand');

  const runs = [missing, site, other, given];
  expect(runs.map(({ errors }) => errors.map((error) => error.split('\n')[0]))).toEqual([
    ['There is no Space me/app that this token can see.'],
    ['A static Space cannot be restarted.'],
    ['This Space belongs to the environment "staging", and this deployment is for "production".'],
    ['`to` has a meaning with `mode: rollback` only.'],
  ]);
  expect(runs.flatMap(({ requests }) => writes(requests))).toEqual([]);
  expect(await lab.deploy({ mode: 'restart', space: 'me/by-hand' })).toMatchObject({
    errors: [],
    outputs: { result: 'restarted' },
  });
});
