import { expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { callHub } from './support/other-client.ts';
import { newestTitle } from './support/rollback-stories.ts';

/** Healthy in its first version; the second answers 500 until the time is over. */
const SICK = scriptedServer("() => [500, 'sick']");

test.concurrent('settings that somebody else changed after the deployment stay as they set them', async () => {
  await using lab = await openLab(dockerApp('1'));
  const before = { variables: 'GREETING=hello\nTHEME=light', secrets: 'OLD=1' };
  await lab.deploy(before);
  const first = await lab.space().head();
  lab.workspace.commit({ 'server.js': SICK });

  const failing = lab.deploy({
    variables: 'GREETING=goodbye\nTHEME=dark\nADDED=1',
    secrets: 'OLD=1\nNEW=1\nOTHER=1',
    timeout: '8s',
  });
  while ((await lab.space().head()) === first) await new Promise((resolve) => setTimeout(resolve, 20));
  await callHub(lab.hub, '/api/spaces/me/app/variables', { key: 'GREETING', value: 'by hand' });
  await callHub(lab.hub, '/api/spaces/me/app/secrets', { key: 'NEW', value: 'by hand' });
  const run = await failing;

  expect(run.outputs['result']).toBe('rolled-back');
  const { variables, secrets } = lab.space();
  expect(Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value]))).toEqual({
    APP_ENV: 'staging',
    GREETING: 'by hand',
    THEME: 'light',
  });
  expect(Object.keys(secrets).sort()).toEqual(['NEW', 'OLD']);
  expect(run.errors[1]?.split('\n')[0]).toMatch(
    / is not\. Left as somebody else set them after this deployment: GREETING, NEW\.$/,
  );
  expect(await newestTitle(lab)).toMatch(/^Roll back/);
});

test.concurrent('hardware that somebody else chose after the deployment stays', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  const first = await lab.space().head();
  lab.workspace.commit({ 'server.js': SICK });

  const failing = lab.deploy({ hardware: 'cpu-upgrade', timeout: '12s' });
  while ((await lab.space().head()) === first) await new Promise((resolve) => setTimeout(resolve, 20));
  await callHub(lab.hub, '/api/spaces/me/app/hardware', { flavor: 't4-small' });
  const run = await failing;

  expect(run.outputs['result']).toBe('rolled-back');
  expect(lab.space().runtime.answer().hardware.requested).toBe('t4-small');
  expect(run.errors[1]?.split('\n')[0]).toMatch(/ Left as somebody else set them after this deployment: hardware\.$/);
});
