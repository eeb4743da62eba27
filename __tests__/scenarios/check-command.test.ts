import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { obeyedCommands } from './support/runner.ts';

const SECRET = 'Zq7vK9mX-of-the-database';

test.concurrent('the command is told what runs, never gets a token, and its output is shown and not obeyed', async () => {
  await using lab = await openLab(dockerApp('1'));
  const first = await lab.deploy();
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const script = `
echo "::error::forged"; echo "##[set-output name=result]forged"; printf '\\033[31mred\\033[0m\\n'
echo "the password is $DATABASE_PASSWORD"
env | sort > told.txt
node -e 'fetch(process.env.APP_URL + "/health").then((r) => r.text()).then((t) => require("fs").writeFileSync("answer.json", t))'
`;

  const run = await lab.deploy(
    {
      'check-command': script,
      token: 'hf_me_write',
      'github-token': 'ghs_of_the_job',
      secrets: 'DATABASE_PASSWORD',
      visibility: 'public',
    },
    {
      env: {
        HF_TOKEN: 'hf_me_write',
        HUGGING_FACE_HUB_TOKEN: 'hf_me_write',
        COPY_OF_IT: 'hf_me_write',
        GH_COPY: 'ghs_of_the_job',
        ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id',
        DATABASE_PASSWORD: SECRET,
      },
    },
  );

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  const told = readFileSync(join(lab.workspace.directory, 'told.txt'), 'utf8').split('\n');
  expect(told).toEqual(
    expect.arrayContaining([
      `APP_URL=${lab.space().runtime.appUrl}`,
      'SPACE=me/app',
      'ENVIRONMENT=staging',
      `COMMIT=${run.outputs['commit']}`,
      `PREVIOUS_COMMIT=${first.outputs['commit']}`,
    ]),
  );
  expect(told.filter((line) => /^(INPUT_|ACTIONS_|HF_|HUGGING|GITHUB_OUTPUT)|hf_me_write|ghs_of/.test(line))).toEqual(
    [],
  );
  expect(JSON.parse(readFileSync(join(lab.workspace.directory, 'answer.json'), 'utf8')).version).toBe('2');
  expect(obeyedCommands(run.log).filter((name) => !['group', 'endgroup', 'warning'].includes(name))).toEqual([]);
  expect(run.log).toMatch(/^the password is \*\*\*$/m);
  expect(run.log).toMatch(/^red$/m);
  expect([run.log.includes(SECRET), run.summary.includes(SECRET)]).toEqual([false, false]);
});

test.concurrent('a command that fails is a failure of health: its last lines are told, and the old version is restored', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': healthyServer('2') });

  const run = await lab.deploy({ 'check-command': 'echo "2 of 9 tests failed"; exit 3' });

  expect(run.outputs).toMatchObject({ result: 'rolled-back', 'rolled-back': 'true' });
  expect(run.errors[0]?.split('\n')).toEqual([
    'The new version runs and is healthy, and `check-command` failed: it ended with exit code 3.',
    `Where: input \`check-command\`, app ${lab.space().runtime.appUrl}`,
    'Cause: Its last lines say more.',
    'Fix: Fix the app, or the command if it asks for too much.',
  ]);
  expect(run.summary).toContain('2 of 9 tests failed');
  const health = await (
    await fetch(`${lab.space().runtime.appUrl}/health`, { headers: { authorization: 'Bearer hf_me_write' } })
  ).json();
  expect(health).toMatchObject({ version: '1' });
});

test.concurrent('a command that does not end is ended with the time of the deployment, and all that it started', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();

  const run = await lab.deploy({ 'check-command': '(sleep 4; touch survived) & sleep 60', timeout: '1s' });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    'The new version runs and is healthy, and `check-command` failed: it did not end within the time that was left of `timeout`.',
  ]);
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(existsSync(join(lab.workspace.directory, 'survived'))).toBe(false);
});

test.concurrent('a cancelled job ends the command, and the run is over at once', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  const started = join(lab.workspace.directory, 'started');
  let cancelledAt = 0;

  const run = await lab.deploy(
    { 'check-command': 'touch started; sleep 60' },
    {
      onStart: (child) => {
        const look = setInterval(() => {
          if (!existsSync(started)) return;
          clearInterval(look);
          cancelledAt = performance.now();
          child.kill('SIGINT');
        }, 20);
      },
    },
  );

  expect([run.exitCode, run.errors.map((error) => error.split('\n')[0])]).toEqual([
    1,
    ['The job was cancelled before the deployment was proven.'],
  ]);
  expect(performance.now() - cancelledAt).toBeLessThan(6_000);
});
