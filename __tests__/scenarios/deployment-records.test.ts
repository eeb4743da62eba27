import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer, staticSite } from './support/apps.ts';
import { type FakeGithub, HEAD, startGithub } from './support/github.ts';
import { openLab } from './support/lab.ts';
import { killedWhen } from './support/rollback-stories.ts';

const TOKEN = 'ghs_0123456789abcdef';
const PREVIEW = { environment: 'preview-7', 'github-token': TOKEN };
const OURS = { ref: HEAD, environment: 'preview-7', payload: { spaceport: 'me/app' }, transient_environment: true };

test.concurrent('a preview is recorded with its app, the next push replaces it, and its removal ends all', async () => {
  await using lab = await openLab(dockerApp('1'));
  await using github = await startGithub(7);
  const dashboard = { ...OURS, payload: { spaceport: 'me/dashboard' } };
  github.deployments.add(dashboard, ['in_progress', 'success']);

  const first = await lab.deploy(PREVIEW, { env: github.env });
  // A run that was killed says nothing more.
  github.deployments.add(OURS, ['in_progress']);
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const second = await lab.deploy(PREVIEW, { env: github.env });
  const before = states(github);
  const removed = await lab.deploy({ ...PREVIEW, mode: 'remove' }, { env: github.env });

  const runs = [first, second, removed];
  expect(runs.map(({ errors, outputs }) => [errors, outputs['result']])).toEqual([
    [[], 'deployed'],
    [[], 'deployed'],
    [[], 'removed'],
  ]);
  expect(before).toEqual([
    ['in_progress', 'success'],
    ['in_progress', 'success', 'inactive'],
    ['in_progress', 'error'],
    ['in_progress', 'success'],
  ]);
  // That of the other Space stays.
  expect(states(github)).toEqual([
    ['in_progress', 'success'],
    ['in_progress', 'success', 'inactive'],
    ['in_progress', 'error', 'inactive'],
    ['in_progress', 'success', 'inactive'],
  ]);
  const last = github.deployments.kept[3];
  expect(last?.deployment).toMatchObject({ ...OURS, sha: HEAD, production_environment: false });
  const log_url = 'https://github.com/me/repo/actions/runs/100';
  expect(last?.statuses).toMatchObject([
    { description: 'Deploying to me/app.', environment_url: '', log_url },
    { description: 'Deployed to me/app.', environment_url: second.outputs['app-url'], log_url },
    { description: 'Removed me/app.', environment_url: '', log_url },
  ]);
  expect(runs.map(({ log }) => /deployment record/.exec(log)?.[0])).toEqual([undefined, undefined, undefined]);
  expect(JSON.stringify(runs.map(({ log, summary, outputs }) => [log, summary, outputs]))).not.toContain(TOKEN);
});

test.concurrent('a version that does not start has a failure, and the one that runs again stays active', async () => {
  await using lab = await openLab(dockerApp('1'));
  await using github = await startGithub(7);
  await lab.deploy(PREVIEW, { env: github.env });
  lab.workspace.commit({ 'server.js': "throw new Error('no');" });

  const run = await lab.deploy(PREVIEW, { env: github.env });

  expect([run.exitCode, run.outputs['rolled-back']]).toEqual([1, 'true']);
  expect(states(github)).toEqual([
    ['in_progress', 'success'],
    ['in_progress', 'failure'],
  ]);
  expect(github.deployments.kept[1]?.statuses[1]).toMatchObject({
    description: 'The new version did not start; the previous version runs again.',
    environment_url: '',
  });
});

test.concurrent('a job that is cancelled says so', async () => {
  await using lab = await openLab(dockerApp('1'), { pace: { buildMs: 60_000 } });
  await using github = await startGithub(7);
  const isRecorded = () => states(github)[0]?.[0] === 'in_progress';

  const run = await lab.deploy(PREVIEW, { env: github.env, onStart: killedWhen(isRecorded, 'SIGINT') });

  expect([run.exitCode, run.errors.length]).toEqual([1, 1]);
  expect(github.deployments.kept[0]?.statuses).toMatchObject([
    { state: 'in_progress' },
    { state: 'error', description: 'Cancelled.' },
  ]);
});

test.concurrent('without the permission, or without a token, there is one note and no failure', async () => {
  await using lab = await openLab(staticSite('one'));
  await using github = await startGithub(7, false);
  const { 'github-token': _, ...withoutToken } = PREVIEW;

  const refused = await lab.deploy(PREVIEW, { env: github.env });
  const without = await lab.deploy(withoutToken, { env: github.env });

  expect([refused, without].map(({ exitCode, errors, warnings }) => [exitCode, errors, warnings])).toEqual([
    [0, [], []],
    [0, [], []],
  ]);
  expect(notes(refused.log)).toEqual([
    'The deployment record of preview-7 on GitHub is missing or not complete: GitHub answered 403: Resource not accessible by integration. It needs `permissions: deployments: write`, which a run of a fork or of Dependabot does not get.',
  ]);
  expect(notes(without.log)).toEqual([
    'The deployment record of preview-7 on GitHub was not written: `github-token` is empty.',
  ]);
  expect(toDeployments(github)).toEqual(['POST /repos/me/repo/deployments']);
});

test.concurrent('a GitHub that does not answer costs seconds, and one that is down nothing', async () => {
  await using lab = await openLab(staticSite('one'));
  await using github = await startGithub(7);
  const silent = github.fault(/\/deployments/, () => new Promise(() => undefined));

  const began = performance.now();
  const slow = await lab.deploy(PREVIEW, { env: github.env });
  const tookMs = performance.now() - began;
  silent[Symbol.dispose]();
  using _down = github.fault(/\/deployments/, () => new Response('<html>\n::error::no\n', { status: 502 }));
  const removed = await lab.deploy({ ...PREVIEW, mode: 'remove' }, { env: github.env });

  expect([slow, removed].map(({ exitCode, errors, outputs }) => [exitCode, errors, outputs['result']])).toEqual([
    [0, [], 'deployed'],
    [0, [], 'removed'],
  ]);
  const start = 'The deployment record of preview-7 on GitHub is missing or not complete:';
  expect(notes(slow.log)).toEqual([`${start} GitHub did not answer in time.`]);
  expect(notes(removed.log)).toEqual([`${start} GitHub answered 502: <html>.`]);
  expect(tookMs).toBeLessThan(30_000);
});

test.concurrent('staging, a plan and a push have no record of ours; a nightly removal of a preview ends those there are', async () => {
  await using lab = await openLab(staticSite('one'));
  await using github = await startGithub(7);
  const { GITHUB_EVENT_PATH: _, ...env } = github.env;
  const token = { 'github-token': TOKEN };

  await lab.deploy({ ...token, environment: 'preview-7', mode: 'plan' }, { env: github.env });
  await lab.deploy({ ...token, environment: 'preview-7' }, { env: { ...env, GITHUB_EVENT_NAME: 'push' } });
  await lab.deploy({ ...token, space: 'me/other', environment: 'staging' }, { env: github.env });
  const before = toDeployments(github);
  github.deployments.add(OURS, ['in_progress', 'success']);
  const swept = await lab.deploy({ ...PREVIEW, mode: 'remove' }, { env: { ...env, GITHUB_EVENT_NAME: 'schedule' } });

  expect([before, swept.outputs['result'], states(github)]).toEqual([
    [],
    'removed',
    [['in_progress', 'success', 'inactive']],
  ]);
});

function states(github: FakeGithub) {
  return github.deployments.kept.map(({ statuses }) => statuses.map(({ state }) => state));
}

function notes(log: string): readonly string[] {
  return log.split('\n').filter((line) => line.includes('deployment record'));
}

function toDeployments(github: FakeGithub): readonly string[] {
  return github.received
    .filter(({ path }) => path.includes('/deployments'))
    .map(({ method, path }) => `${method} ${path}`);
}
