import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer, scriptedServer, staticSite } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { callHub, commitByHand } from './support/other-client.ts';
import { runAction } from './support/run-action.ts';

const VERIFY = { mode: 'verify' };
const NO_WRITES = (requests: readonly string[]) => requests.filter((request) => !request.startsWith('GET '));

/** Verifies from a workspace in which nothing is checked out. */
async function verifyWithoutSource(lab: Lab, inputs: Readonly<Record<string, string>> = {}) {
  const workspace = mkdtempSync(join(tmpdir(), 'spaceport-empty-'));
  try {
    return await runAction({
      inputs: {
        space: 'me/app',
        environment: 'staging',
        timeout: '20s',
        'hub-url': lab.hub.url,
        path: 'app',
        ...VERIFY,
        ...inputs,
      },
      workspace,
      env: { HF_TOKEN: 'hf_me_write' },
    });
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

test.concurrent('a deployment of this source is verified by its digest, and nothing is written', async () => {
  await using lab = await openLab(dockerApp('1'));
  const deployed = await lab.deploy();

  const run = await lab.deploy({
    ...VERIFY,
    checks: '- { path: /x, expect: { json: { version: 1 } } }',
    'check-command': 'true',
  });

  expect([run.errors, run.warnings, NO_WRITES(run.requests)]).toEqual([[], [], []]);
  const { plan, ...outputs } = run.outputs;
  expect([plan, outputs]).toEqual([
    undefined,
    {
      result: 'verified',
      'space-url': `${lab.hub.url}/spaces/me/app`,
      'app-url': lab.space().runtime.appUrl,
      commit: deployed.outputs['commit'],
      'previous-commit': deployed.outputs['commit'],
      changed: 'false',
      created: 'false',
      'rolled-back': 'false',
      stage: 'RUNNING',
    },
  ]);
  expect(run.summary.split('\n').slice(0, 3)).toEqual([
    '## ✅ Verified <code>me/app</code>',
    '',
    'The newest commit is the one that runs, and it is healthy. It passed 2 checks. Its files are those of this source, as its digest says. Nothing was changed.',
  ]);
  expect(run.summary).not.toContain('What changed');
});

test.concurrent('another source, an app that is not healthy and a check that fails are all told in one run', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': healthyServer('2'), 'new.txt': 'new' });

  const run = await lab.deploy({
    ...VERIFY,
    checks: '- { path: /x, expect: { json: { version: 2 } } }',
    timeout: '3s',
  });

  expect([run.exitCode, run.outputs['result'], NO_WRITES(run.requests)]).toEqual([1, 'failed', []]);
  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    'The newest commit of the Space is not this source.',
    'The newest commit runs and is healthy, and does not pass the check GET /x: version is "1", expected "2".',
  ]);
  expect(run.log).toMatch(/^ {2}only here: new\.txt$/m);
  expect(run.summary).toMatch(/^## ❌ The newest commit is not healthy: <code>me\/app<\/code>/);
});

test.concurrent('what somebody changed by hand is red by its files, as their commit has no digest', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  await commitByHand(lab.hub, 'note.txt', 'mine');
  const id = await lab.space().head();

  const run = await lab.deploy(VERIFY);

  expect(run.errors.map((error) => error.split('\n').slice(0, 2))).toEqual([
    ['The newest commit of the Space is not this source.', `Where: Space me/app, commit ${id.slice(0, 7)}`],
  ]);
  expect(run.log).toMatch(/^ {2}only there: note\.txt$/m);
  expect(run.summary).toMatch(/^## ❌ The Space is not what it should be: /);
});

test.concurrent('a Space that another tool deployed is verified by its files, and without a checkout by what runs alone', async () => {
  const files = { ...dockerApp('1'), '.github/workflows/sync.yml': 'on: push' };
  await using lab = await openLab(files);
  await callHub(lab.hub, '/api/repos/create', { type: 'space', organization: 'me', name: 'app', sdk: 'docker' });
  for (const [path, content] of Object.entries(files)) await commitByHand(lab.hub, path, content);

  const run = await lab.deploy({ ...VERIFY, environment: '' });
  const without = await verifyWithoutSource(lab, { environment: '' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'verified']);
  expect(run.summary).toContain('It has the files of this source.');
  expect([without.errors, without.outputs['result']]).toEqual([[], 'verified']);
  expect(without.summary).toContain('Nothing is checked out, so its files were not compared.');
});

test.concurrent('a sleeping Space is woken by a visit, and a paused one is red: neither is restarted', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'public' });
  lab.space().runtime.sleep();
  const asleep = await lab.deploy(VERIFY);
  lab.space().runtime.pause();
  const paused = await lab.deploy(VERIFY);

  expect([asleep.errors, asleep.outputs['result'], NO_WRITES(asleep.requests)]).toEqual([[], 'verified', []]);
  expect([paused.errors.map((error) => error.split('\n')[0]), NO_WRITES(paused.requests)]).toEqual([
    ['PAUSED: paused; only a restart resumes it'],
    [],
  ]);
});

test.concurrent('a head that is not built is not what runs', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({
    'server.js': scriptedServer("() => [503, 'down']"),
    Dockerfile: 'FROM node:24-slim\nCOPY missing ./\n',
  });
  await lab.deploy({ 'on-failure': 'keep' });

  const run = await lab.deploy(VERIFY);

  expect([run.outputs['result'], NO_WRITES(run.requests)]).toEqual(['failed', []]);
  expect(run.errors[0]).toMatch(/^BUILD_ERROR: /);
  expect(run.summary).toMatch(/^## ❌ The newest commit was not built: /);
});

test.concurrent('a static Space is verified by what it serves', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({ visibility: 'public' });

  const [run, without] = [await lab.deploy(VERIFY), await verifyWithoutSource(lab)];

  expect([run.errors, run.outputs['result'], without.errors, without.outputs['result']]).toEqual([
    [],
    'verified',
    [],
    'verified',
  ]);
});

test.concurrent("another environment's Space and one that is not there are red, with what to do", async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();

  const [other, missing] = [
    await lab.deploy({ ...VERIFY, environment: 'production' }),
    await lab.deploy({ ...VERIFY, space: 'me/none' }),
  ];

  expect([other.errors.map((error) => error.split('\n')[0]), missing.errors]).toEqual([
    ['This Space belongs to the environment "staging", and "production" is to be verified.'],
    [
      [
        'There is no Space me/none that this token can see.',
        'Where: Space me/none',
        'Cause: It was never deployed, or it is private and the token belongs to another account.',
        'Fix: Check the name and the token.',
      ].join('\n'),
    ],
  ]);
});

test.concurrent('a source that was deployed with another card is the same source', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ card: 'title: Another' });

  const run = await lab.deploy(VERIFY);

  expect([run.errors, run.outputs['result']]).toEqual([[], 'verified']);
  expect(run.summary).toContain('It was deployed from this source, as its digest says;');
});
