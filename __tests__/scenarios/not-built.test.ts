import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { until } from './support/other-client.ts';

const RESTART = 'POST /api/spaces/me/app/restart';
const COMMIT = 'POST /api/spaces/me/app/commit/main';
const readme = (more = '', title = 'Probe') =>
  `---\ntitle: ${title}\nsdk: docker\napp_port: 7860\n${more}---\n\n# ${title}\n`;

test.concurrent.each(['a', 'b', 'c'] as const)(
  'a commit of the README alone ends green, whatever the Hub does with it (U2%s)',
  async (U2) => {
    await using lab = await openLab(dockerApp('1'), { readings: { U2 } });
    const first = await lab.deploy();
    lab.workspace.commit({ 'README.md': readme('', 'Another title') });

    const run = await lab.deploy({ timeout: '60s' });
    const again = await lab.deploy({ timeout: '60s' });

    expect([run.errors, run.outputs['result'], again.errors, again.outputs['result']]).toEqual([
      [],
      'deployed',
      [],
      'unchanged',
    ]);
    expect([writes(run.requests), writes(again.requests)]).toEqual([[COMMIT], []]);
    const [head = '', was = ''] = [run.outputs['commit'], first.outputs['commit']];
    const text = `The Hub has not built commit ${head.slice(0, 7)}. The app runs ${was.slice(0, 7)}, and they differ in nothing that matters to the app.`;
    expect([run.warnings, again.log.includes(text)]).toEqual(U2 === 'b' ? [[text], true] : [[], false]);
  },
);

test.concurrent('new settings beside such a commit are proven by themselves', async () => {
  await using lab = await openLab(dockerApp('1'), { readings: { U2: 'b', U3: 'c' } });
  await lab.deploy({ variables: 'GREETING=one' });
  lab.workspace.commit({ 'README.md': readme('', 'Another title') });

  const run = await lab.deploy({ variables: 'GREETING=two', 'health-expect': 'greeting=two' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
});

test.concurrent('a Space that serves another commit than its newest is restarted once, and then proven', async () => {
  await using lab = await openLab(dockerApp('1'));
  const old = await lab.deploy();
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const first = await lab.deploy();
  lab.space().runtime.pretend({ stage: 'RUNNING', sha: old.outputs['commit'] ?? '' });
  const deployed = lab.deploy({ timeout: '60s' });
  await until(() => lab.hub.requests.some(({ method, path }) => `${method} ${path}` === RESTART));
  lab.space().runtime.pretend(undefined);

  const run = await deployed;

  expect([run.errors, run.outputs['result'], run.outputs['commit']]).toEqual([
    [],
    'unchanged',
    first.outputs['commit'],
  ]);
  expect(writes(run.requests)).toEqual([RESTART]);
  expect(run.log).toContain(
    `restarted: it serves ${old.outputs['commit']?.slice(0, 7)}, and nothing shows that ${first.outputs['commit']?.slice(0, 7)} is being built`,
  );
});

test.concurrent('one that a restart does not bring to its newest commit is red after the time, and not restarted again', async () => {
  await using lab = await openLab(dockerApp('1'));
  const old = await lab.deploy();
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  await lab.deploy();
  lab.space().runtime.pretend({ stage: 'RUNNING', sha: old.outputs['commit'] ?? '' });

  const run = await lab.deploy({ timeout: '25s' });

  expect(writes(run.requests)).toEqual([RESTART]);
  expect(run.errors[0]).toMatch(
    /^The new version does not run: after \S+ the Space is in RUNNING, and serves [0-9a-f]{7}\./,
  );
});
