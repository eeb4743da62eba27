import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { until } from './support/other-client.ts';

const FACTORY = 'POST /api/spaces/me/app/restart?factory=true';
/** Its build ends as where the Hub's own registry refuses the image. */
const refusedImage = (line: string) => ({
  Dockerfile: `FROM node:24-slim\nWORKDIR /app\nCOPY server.js ./\nRUN echo "${line}" && exit 1\nCMD ["node", "server.js"]\n`,
});
const PUSH = 'ERROR: failed to push spaces-registry.huggingface.tech/me/app: unexpected status: 401 Unauthorized';

test.concurrent.each([
  PUSH,
  'ERROR: failed to push private.docker-builder-registry.internal/me/app: failed to authorize',
])(
  'an image that the Hub cannot store is no fault of the app: built once more, and the old version stays: %s',
  async (line) => {
    await using lab = await openLab(dockerApp('1'));
    await lab.deploy({ visibility: 'public' });
    lab.workspace.commit(refusedImage(line));

    const run = await lab.deploy();

    expect(writes(run.requests)).toEqual(['POST /api/spaces/me/app/commit/main', FACTORY]);
    const [first = '', where = '', ...rest] = run.errors.join('\n').split('\n');
    expect(first).toMatch(/^The Hub built the image and could not store it in its own registry\. It said: Job failed/);
    expect(where).toMatch(/^Where: Space me\/app, commit [0-9a-f]{7}$/);
    expect(rest).toEqual([
      'Cause: This is a failure of the Hub, and not of your app: a build without a cache failed in the same way.',
      'Fix: See https://status.huggingface.co, and run it again later.',
    ]);
    expect(run.outputs).toMatchObject({ result: 'failed', 'rolled-back': 'false' });
    expect(await (await fetch(`${lab.space().runtime.appUrl}/health`)).json()).toMatchObject({ version: '1' });
  },
);

test.concurrent('where nothing serves then, the previous version is restored', async () => {
  await using lab = await openLab(dockerApp('1'), { readings: { U10: 'b' } });
  await lab.deploy();
  lab.workspace.commit(refusedImage(PUSH));

  const run = await lab.deploy();

  expect(run.errors[0]).toMatch(/^The Hub built the image and could not store it/);
  expect(run.outputs['result']).toBe('rolled-back');
});

test.concurrent.each(['a', 'b'] as const)(
  'a version that does not build is rolled back, whether the old one serves meanwhile or not (U10%s)',
  async (U10) => {
    await using lab = await openLab(dockerApp('1'), { readings: { U10 } });
    const first = await lab.deploy({ visibility: 'public' });
    lab.workspace.commit({ Dockerfile: 'FROM node:24-slim\nCOPY missing.json ./\nCMD ["node", "server.js"]\n' });

    const run = await lab.deploy();

    expect([run.exitCode, run.outputs['result']]).toEqual([1, 'rolled-back']);
    expect(run.errors[0]).toMatch(/^BUILD_ERROR: the build failed/);
    expect(await (await fetch(`${lab.space().runtime.appUrl}/health`)).json()).toMatchObject({ version: '1' });
    expect(run.outputs['previous-commit']).toBe(first.outputs['commit']);
  },
);

test.concurrent('a README that the Hub cannot run is told after some seconds, although the build log is of the old commit', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': '// another' });
  const begunAt = Date.now();
  const deployed = lab.deploy({ 'on-failure': 'keep', timeout: '120s' });
  await until(() => lab.hub.requests.filter(({ path }) => path.endsWith('/commit/main')).length === 2);
  lab.space().runtime.pretend({ stage: 'CONFIG_ERROR', errorMessage: 'Missing app_port' });

  const run = await deployed;

  expect(run.errors[0]).toMatch(
    /^CONFIG_ERROR: the Space is configured in a way that the Hub cannot run: Missing app_port/,
  );
  expect(Date.now() - begunAt).toBeLessThan(60_000);
});

test.concurrent('a build log whose head has no commit is shown, and said to be perhaps of another build (U9b)', async () => {
  await using lab = await openLab(dockerApp('1'), { readings: { U9: 'b' } });
  await lab.deploy();
  lab.workspace.commit({ Dockerfile: 'FROM node:24-slim\nCOPY missing.json ./\nCMD ["node", "server.js"]\n' });

  const run = await lab.deploy({ 'on-failure': 'keep' });

  expect(run.log).toMatch(
    /^\(The Hub does not say which commit this build log belongs to: it may be of another build\.\)$/m,
  );
  expect(run.log).toMatch(/COPY missing\.json/);
  expect(run.errors[0]).toMatch(/Cause: The Dockerfile copies "missing\.json", which is not in the Space\./);
});
