import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { setStage, writes } from './support/lab.ts';
import { callHub, commitByHand } from './support/other-client.ts';

const REMOVE = { mode: 'remove' };
const DELETED = ['DELETE /api/repos/delete'];

test.concurrent('what we deployed is removed, and removing it again finds nothing to do', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy();

  // A job that removes needs no checkout.
  const removed = await stage.deploy({ ...REMOVE, path: 'not/there' });
  const again = await stage.deploy(REMOVE);

  expect([removed.exitCode, removed.errors, writes(removed.requests)]).toEqual([0, [], DELETED]);
  expect(removed.outputs).toMatchObject({ result: 'removed', changed: 'true' });
  expect(removed.summary).toMatch(/^## 🗑️ Removed <code>me\/app<\/code>/);
  expect(stage.hub.space('me/app')).toBeUndefined();
  expect([again.exitCode, writes(again.requests)]).toEqual([0, []]);
  expect(again.outputs).toMatchObject({ result: 'unchanged', changed: 'false' });
  expect(again.warnings).toEqual(['There is no Space me/app that this token can see, so there is nothing to remove.']);
});

test.concurrent('the Space of another environment stays', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy({ environment: 'production' });

  const run = await stage.deploy({ ...REMOVE, environment: 'preview-7' });

  expect([run.exitCode, writes(run.requests), run.outputs['result']]).toEqual([1, [], 'failed']);
  expect(run.errors).toEqual([
    [
      'Nothing was removed: this Space is of the environment "production", and "preview-7" was to be removed.',
      'Where: Space me/app',
      'Cause: Its variable APP_ENV says so.',
      'Cure: Name the environment that it was deployed with, or delete it by hand in the settings of the Space.',
    ].join('\n'),
  ]);
  expect(stage.hub.space('me/app')).toBeDefined();
});

test.concurrent('a Space that somebody has worked on by hand stays', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy();
  await commitByHand(stage.hub, 'note.txt', 'mine');

  const run = await stage.deploy(REMOVE);

  expect([run.exitCode, writes(run.requests)]).toEqual([1, []]);
  expect(run.errors.join()).toMatch(
    /^Nothing was removed: the newest commit of this Space was not made by a deployment\./,
  );
  expect(stage.hub.space('me/app')).toBeDefined();
});

test.concurrent('a Space of this environment that was made by another client stays', async () => {
  await using stage = await setStage(dockerApp('1'));
  const variables = [{ key: 'APP_ENV', value: 'staging' }];
  await callHub(stage.hub, '/api/repos/create', {
    type: 'space',
    organization: 'me',
    name: 'app',
    sdk: 'docker',
    variables,
  });

  const run = await stage.deploy(REMOVE);

  expect([run.exitCode, writes(run.requests)]).toEqual([1, []]);
  expect(stage.hub.space('me/app')).toBeDefined();
});

test.concurrent('a Space whose deployment was killed between its creation and its first commit is removed', async () => {
  await using stage = await setStage(dockerApp('1'));
  // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`
  stage.hub.fault({ route: 'POST /api/spaces/:owner/:name/preupload/:rev', then: { delayMs: 60_000 } });
  const killed = await stage.deploy(
    {},
    {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (stage.hub.space('me/app') === undefined) return;
          clearInterval(timer);
          child.kill('SIGKILL');
        }, 1);
      },
    },
  );
  const commits = await stage.space().commits();

  const run = await stage.deploy(REMOVE);

  expect([killed.exitCode, commits.length]).toEqual([null, 1]);
  expect([run.errors, run.outputs['result'], stage.hub.space('me/app')]).toEqual([[], 'removed', undefined]);
});

test.concurrent('the answer to the removal gets lost: it is asked for again, and gone', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy();
  // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`
  stage.hub.fault({ route: 'DELETE /api/repos/delete', then: { reset: 'after' } });

  const run = await stage.deploy(REMOVE);

  expect([run.errors, run.outputs['result'], writes(run.requests)]).toEqual([[], 'removed', [...DELETED, ...DELETED]]);
});

test.concurrent('a token that may not delete is told so', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy({ visibility: 'public' });

  const run = await stage.deploy(REMOVE, { env: { HF_TOKEN: 'hf_me_read' } });

  expect([run.exitCode, run.outputs['result']]).toEqual([1, 'failed']);
  expect(run.errors.join()).toMatch(
    /^The Hub refused to delete the Space me\/app: [\s\S]*answered 403[\s\S]*Cure: Use a token with write access/,
  );
  expect(stage.hub.space('me/app')).toBeDefined();
});
