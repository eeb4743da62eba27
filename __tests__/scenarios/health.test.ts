import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const healthOf = (log: string) => [...log.matchAll(/health: (.*)$/gm)].map(([, said]) => said);

test('three good answers in a row are needed, and a bad one starts the count again', async () => {
  lab = await openLab(
    dockerApp('1', scriptedServer("(asked) => asked === 3 ? [500, 'tired'] : [200, { status: 'healthy' }]")),
  );

  const run = await lab.deploy({ 'health-expect': 'status=healthy' });

  expect(run.exitCode).toBe(0);
  expect(healthOf(run.log)).toEqual([
    '200, healthy (1 of 3 in a row)',
    '200, healthy (2 of 3 in a row)',
    '500, answers 500 (0 of 3 in a row)',
    '200, healthy (1 of 3 in a row)',
    '200, healthy (2 of 3 in a row)',
    '200, healthy (3 of 3 in a row)',
  ]);
});

test('an app that runs and is not healthy fails the run, with its answer and what was expected of it', async () => {
  lab = await openLab(dockerApp('1', scriptedServer("() => [200, { status: 'degraded', database: { ok: false } }]")));

  const run = await lab.deploy({ timeout: '4s', 'health-expect': 'status=healthy\ndatabase.ok=true\ntext:all good' });

  expect(run.exitCode).toBe(1);
  expect(run.errors).toEqual([
    [
      'The new version runs, and is not healthy: /health status is "degraded", expected "healthy"; database.ok is "false", expected "true"; does not say "all good".',
      `Where: ${lab.space().runtime.appUrl}/health`,
      'Cause: The app says so itself, or does not say what `health-expect` asks for.',
      'Fix: Fix the app, or set `health-path` and `health-expect` to what it answers when it is healthy.',
    ].join('\n'),
    'There is no previous version that ran, so there is nothing to roll back to.\nFix: Fix it and deploy again.',
  ]);
  expect(run.log).toMatch(/\{"status":"degraded","database":\{"ok":false\}\}/);
  expect(run.outputs).toMatchObject({ result: 'failed', stage: 'RUNNING' });
});

test('a loop of redirects, a redirect to another host, an error page, silence and an endless body are not health', async () => {
  const server = scriptedServer(`(asked, request) => request.url === '/loop' ? [302, '', { location: '/loop' }]
    : request.url === '/away' ? [302, '', { location: 'http://127.0.0.1:1/' }]
    : request.url === '/page' ? [200, '<h1>Application error</h1>', { 'content-type': 'text/html' }]
    : request.url === '/silent' ? undefined
    : request.url === '/long' ? [200, 'x'.repeat(50e6)] : [200, 'fine']`);
  lab = await openLab(dockerApp('1', server));
  const first = await lab.deploy();
  expect(first.errors).toEqual([]);

  const [loop, away, page, silent, long] = await Promise.all([
    lab.deploy({ 'health-path': '/loop', timeout: '1s' }),
    lab.deploy({ 'health-path': '/away', timeout: '1s' }),
    lab.deploy({ 'health-path': '/page', 'health-expect': 'status=healthy', timeout: '1s' }),
    lab.deploy({ 'health-path': '/silent', timeout: '1s' }),
    lab.deploy({ 'health-path': '/long', timeout: '20s' }),
  ]);

  expect(loop.errors.join()).toMatch(/not healthy: \/loop redirects in a loop\./);
  expect(away.errors.join()).toMatch(/not healthy: \/away (cannot be reached|redirects to another host)/);
  expect(page.errors.join()).toMatch(/not healthy: \/page is not JSON, so status cannot be "healthy"\./);
  expect(silent.errors.join()).toMatch(/not healthy: \/silent does not answer within 10s\./);
  expect([long.exitCode, long.outputs['result']]).toEqual([0, 'unchanged']);
});

test('the token is sent to a private app, and to no other', async () => {
  lab = await openLab(dockerApp('1'));
  const run = await lab.deploy({ visibility: 'private' });
  expect(run.errors).toEqual([]);
  expect((await fetch(`${lab.space().runtime.appUrl}/health`)).status).toBe(404);

  const opened = await lab.deploy({ visibility: 'public' });

  expect(opened.errors).toEqual([]);
  expect(JSON.parse(opened.outputs['plan'] ?? '').steps).toEqual([
    { kind: 'set-visibility', from: 'private', to: 'public', reason: 'the input says so' },
  ]);
  expect((await fetch(`${lab.space().runtime.appUrl}/health`)).status).toBe(200);
});

test('an app that never opens its port: the run ends with the port as the cause', async () => {
  lab = await openLab(dockerApp('1', 'setInterval(() => {}, 1000)'), { pace: { startTimeoutMs: 1_500 } });

  const run = await lab.deploy();

  expect(run.errors.join('\n')).toMatch(
    /^RUNTIME_ERROR: the app did not start, or ended: Launch timed out[\s\S]*Fix: Listen on 0\.0\.0\.0 \(not 127\.0\.0\.1\)/,
  );
});

test("a crash at the start shows the end of the app's own log, and its likely cause", async () => {
  lab = await openLab(dockerApp('1', "console.log('starting up'); require('express');"));

  const run = await lab.deploy();

  expect(run.errors.join('\n')).toMatch(/Cause: The Node module "express" is not there\./);
  expect(run.log).toMatch(/starting up/);
  expect(run.summary).toMatch(/^## ❌ The new version did not start/);
});

test('an app that still waits when the time is over: its own log says for what', async () => {
  const waits = "console.log('connect ECONNREFUSED 10.0.0.7:5432'); setInterval(() => {}, 1000);";
  lab = await openLab(dockerApp('1', waits));

  const run = await lab.deploy({ timeout: '5s' });

  expect(run.errors[0]?.split('\n')).toEqual([
    'The app did not open its port in time: after 5s the Space is in APP_STARTING.',
    expect.stringMatching(/^Where: Space me\/app, commit [0-9a-f]{7}$/),
    'Cause: The app cannot reach a server that it needs.',
    'Fix: Check its address; a Space reaches the outside through ports 80, 443 and 8080 only.',
  ]);
  expect(run.log).toMatch(/^connect ECONNREFUSED 10\.0\.0\.7:5432$/m);
});
