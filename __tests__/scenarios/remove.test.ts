import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { callHub, commitByHand } from './support/other-client.ts';
import { RUN } from './support/rollback-stories.ts';

const REMOVE = { mode: 'remove' };
const ENV = { env: RUN };
const DELETED = ['DELETE /api/repos/delete'];

test.concurrent('what we deployed is removed, and removing it again finds nothing to do', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({}, ENV);

  // A job that removes needs no checkout.
  const removed = await lab.deploy({ ...REMOVE, path: 'not/there' }, ENV);
  const again = await lab.deploy(REMOVE, ENV);

  expect([removed.exitCode, removed.errors, writes(removed.requests)]).toEqual([0, [], DELETED]);
  expect(removed.outputs).toMatchObject({ result: 'removed', changed: 'true' });
  expect(removed.summary).toMatch(/^## 🗑️ Removed <code>me\/app<\/code>/);
  expect(lab.hub.space('me/app')).toBeUndefined();
  expect([again.exitCode, writes(again.requests)]).toEqual([0, []]);
  expect(again.outputs).toMatchObject({ result: 'unchanged', changed: 'false' });
  expect(again.warnings).toEqual(['There is no Space me/app that this token can see, so there is nothing to remove.']);
});

test.concurrent('the Space of another environment stays', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ environment: 'production' }, ENV);

  const run = await lab.deploy({ ...REMOVE, environment: 'preview-7' }, ENV);

  expect([run.exitCode, writes(run.requests), run.outputs['result']]).toEqual([1, [], 'failed']);
  expect(run.errors).toEqual([
    [
      'Nothing was removed: this Space is of the environment "production", and "preview-7" was to be removed.',
      'Where: Space me/app',
      'Cause: Its variable APP_ENV says so.',
      'Fix: Name the environment that it was deployed with, or delete it by hand in the settings of the Space.',
    ].join('\n'),
  ]);
  expect(lab.hub.space('me/app')).toBeDefined();
});

test.concurrent('a Space that somebody has worked on by hand stays', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({}, ENV);
  await commitByHand(lab.hub, 'note.txt', 'mine');

  const run = await lab.deploy(REMOVE, ENV);

  expect([run.exitCode, writes(run.requests)]).toEqual([1, []]);
  expect(run.errors.join()).toMatch(
    /^Nothing was removed: the newest commit of this Space was not made by a deployment\./,
  );
  expect(lab.hub.space('me/app')).toBeDefined();
});

test.concurrent('a Space of this environment that was made by another client stays', async () => {
  await using lab = await openLab(dockerApp('1'));
  const variables = [{ key: 'APP_ENV', value: 'staging' }];
  await callHub(lab.hub, '/api/repos/create', {
    type: 'space',
    organization: 'me',
    name: 'app',
    sdk: 'docker',
    variables,
  });

  const run = await lab.deploy(REMOVE, ENV);

  expect([run.exitCode, writes(run.requests)]).toEqual([1, []]);
  expect(lab.hub.space('me/app')).toBeDefined();
});

test.concurrent('a Space whose deployment was killed between its creation and its first commit is removed', async () => {
  await using lab = await openLab(dockerApp('1'));
  // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`
  lab.hub.fault({ route: 'POST /api/spaces/:owner/:name/preupload/:rev', then: { delayMs: 60_000 } });
  const killed = await lab.deploy(
    {},
    {
      env: RUN,
      onStart: (child) => {
        const timer = setInterval(() => {
          if (lab.hub.space('me/app') === undefined) return;
          clearInterval(timer);
          child.kill('SIGKILL');
        }, 1);
      },
    },
  );
  const commits = await lab.space().commits();

  const run = await lab.deploy(REMOVE, ENV);

  expect([killed.exitCode, commits.length]).toEqual([null, 1]);
  expect([run.errors, run.outputs['result'], lab.hub.space('me/app')]).toEqual([[], 'removed', undefined]);
});

test.concurrent('the answer to the removal is lost: the second request finds the Space gone', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({}, ENV);
  // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`
  lab.hub.fault({ route: 'DELETE /api/repos/delete', then: { reset: 'after' } });

  const run = await lab.deploy(REMOVE, ENV);

  expect([run.errors, run.outputs['result'], writes(run.requests)]).toEqual([[], 'removed', [...DELETED, ...DELETED]]);
});

test.concurrent('a token that may not delete: the error says so', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'public' }, ENV);

  const run = await lab.deploy(REMOVE, { env: { ...RUN, HF_TOKEN: 'hf_me_read' } });

  expect([run.exitCode, run.outputs['result']]).toEqual([1, 'failed']);
  expect(run.errors.join()).toMatch(
    /^The Hub refused to delete the Space me\/app: [\s\S]*answered 403[\s\S]*Fix: Use a token with write access/,
  );
  expect(lab.hub.space('me/app')).toBeDefined();
});
