import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const askApp = async () => (await fetch(`${lab.space().runtime.appUrl}/health`)).json();

test('the old version answers 200 while the new one builds and then fails: the run is red, with the cause', async () => {
  lab = await openLab(dockerApp('1'), { pace: { buildMs: 1_500 } });
  const old = await lab.deploy({ visibility: 'public' });
  expect(old.errors).toEqual([]);
  lab.workspace.commit({
    Dockerfile: 'FROM node:24-slim\nWORKDIR /app\nCOPY server.js ./\nCOPY missing.json ./\nCMD ["node", "server.js"]\n',
  });

  const run = await lab.deploy({ 'on-failure': 'keep' });

  expect(await askApp()).toMatchObject({ version: '1' });
  expect(run.exitCode).toBe(1);
  expect(run.log).toMatch(/RUNNING_BUILDING: building; the old version serves meanwhile/);
  expect(run.log).not.toMatch(/health: 200/);
  expect(run.warnings).toEqual([
    'Dockerfile, line 4: COPY of "missing.json" will fail: it is not among the deployed files.',
  ]);
  const commit = await lab.space().head();
  const [first, ...rest] = run.errors.join('\n').split('\n');
  expect(first).toMatch(/^BUILD_ERROR: the build failed: Job failed with exit code: 1/);
  expect(rest).toEqual([
    `Where: Space me/app, commit ${commit.slice(0, 7)}`,
    'Cause: The Dockerfile copies "missing.json", which is not in the Space.',
    'Fix: Commit the file, name it in `include`, or look whether `exclude`, .gitignore or .dockerignore leaves it out.',
  ]);
  expect(run.outputs).toMatchObject({
    result: 'failed',
    commit,
    'previous-commit': old.outputs['commit'],
    changed: 'true',
    stage: 'BUILD_ERROR',
  });
  expect(run.summary).toMatch(/^## ❌ The new version was not built/);
});

test('a new version that runs is proven by its commit, not by the first 200', async () => {
  lab = await openLab(dockerApp('1'), { pace: { buildMs: 800, startMs: 500, shaLagMs: 1_500 } });
  await lab.deploy({ visibility: 'public' });
  lab.workspace.commit({ 'server.js': healthyServer('2') });

  const run = await lab.deploy({ 'health-expect': 'version=2' });

  expect(run.errors).toEqual([]);
  expect(run.outputs['result']).toBe('deployed');
  expect(await askApp()).toMatchObject({ version: '2' });
  const [stale] = /RUNNING: running, serving [0-9a-f]{7} \(from before this deployment\)/.exec(run.log) ?? [];
  expect(stale).toBeDefined();
});

test('an error from before our commit proves nothing', async () => {
  const broken = 'FROM node:24-slim\nWORKDIR /app\nCOPY missing.json ./\nCMD ["node", "server.js"]\n';
  lab = await openLab({ ...dockerApp('1'), Dockerfile: broken }, { pace: { stageLagMs: 1_500 } });
  const first = await lab.deploy();
  expect(first.outputs).toMatchObject({ result: 'failed', stage: 'BUILD_ERROR' });
  lab.workspace.commit({ Dockerfile: dockerApp('1')['Dockerfile'] ?? '' });

  const run = await lab.deploy();

  expect(run.errors).toEqual([]);
  expect(run.log).toMatch(/BUILD_ERROR: the build failed.* \(from before this deployment\)/);
  expect(run.outputs).toMatchObject({ result: 'deployed', stage: 'RUNNING' });
});

test('running the same again after a failed build builds again, and fails for the same reason', async () => {
  lab = await openLab({
    ...dockerApp('1'),
    Dockerfile: 'FROM node:24-slim\nCOPY missing.json ./\nCMD ["node", "server.js"]\n',
  });
  await lab.deploy();
  const builds = lab.space().runtime.counts.builds;

  const again = await lab.deploy();

  expect(again.exitCode).toBe(1);
  expect(again.errors.join()).toMatch(/BUILD_ERROR.*missing\.json/s);
  expect(lab.space().runtime.counts.builds).toBe(builds + 1);
});
