import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from '../scenarios/support/apps.ts';
import { openCommandLab, withoutChance } from './support/command-lab.ts';

const SPEAKS = `
console.log('first line');
console.log('\\u001b[31m::error::a hostile line');
require('node:http').createServer((request, response) => {
  response.end('{}');
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;

test.concurrent('status, history and logs of a Space that was deployed twice', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  expect((await story.call('deploy')).exitCode).toBe(0);
  story.lab.workspace.commit({ 'server.js': SPEAKS });
  expect((await story.call('deploy')).exitCode).toBe(0);

  const status = await story.call('status');
  expect({ exitCode: status.exitCode, stderr: status.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(withoutDates(status.stdout)).toBe(`✓ me/app (staging)
  app      http://HOST
  stage    RUNNING: running
  runs     COMMIT7, a deployment
  source   COMMIT
  since    DATE
  healthy  yes: 200, healthy
`);
  expect(status.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);

  const history = await story.call('history');
  expect(history.exitCode).toBe(0);
  expect(withoutDates(history.stdout)).toBe(
    'COMMIT7  DATE  deployment    newest        staging  COMMIT7\nCOMMIT7  DATE  deployment    deployed      staging  COMMIT7\n',
  );

  const run = await story.call('logs');
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/^=+ Application Startup at .* =+\n/);
  expect(run.stdout.split('\n').slice(-3)).toEqual(['first line', ': :error::a hostile line', '']);
  const build = await story.call('logs', ['--build']);
  expect(build.stdout).toMatch(/^=+ Build Queued at /);
  expect(build.stdout).toMatch(/COPY server\.js/);

  const json = await story.call('status', ['--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, event: 'status', space: 'me/app', healthy: true });
  const versions = (await story.call('history', ['--json'])).stdout.trimEnd().split('\n');
  expect(versions.map((line) => (JSON.parse(line) as { result: string }).result)).toEqual(['newest', 'deployed']);
});

test.concurrent('a static Space has no process, and so no log: it is said, and nothing is waited for', async () => {
  await using story = await openCommandLab(staticSite('1'));
  expect((await story.call('deploy')).exitCode).toBe(0);
  const sentence = 'me/app is a static Space: no process runs there, so there is no log.';
  for (const args of [[], ['--follow']]) {
    const { exitCode, stdout, stderr } = await story.call('logs', args);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${sentence}\n`, stderr: '' });
  }
  const json = await story.call('logs', ['--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, event: 'line', text: sentence });
});

test.concurrent('--follow goes on until Ctrl-C', async () => {
  await using story = await openCommandLab(
    dockerApp('1', `${SPEAKS}\nsetTimeout(() => console.log('much later'), 3_000);`),
  );
  expect((await story.call('deploy')).exitCode).toBe(0);
  const followed = await story.call('logs', ['--follow'], {
    onStart: (child) => {
      child.stdout?.on('data', (data) => {
        if (String(data).includes('much later')) child.kill('SIGINT');
      });
    },
  });
  expect({ exitCode: followed.exitCode, stderr: followed.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(followed.stdout.match(/first line|much later/g)).toEqual(['first line', 'much later']);
});

test.concurrent.each(['status', 'history', 'logs'])('%s of a Space that is not there is red', async (command) => {
  await using story = await openCommandLab(dockerApp('1'));
  const { exitCode, stdout, stderr } = await story.call(command);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toMatch(/There is no Space me\/app that this token can see\./);
});

test.concurrent('status without a Space is that of every environment of spaceport.yml, and red when one is', async () => {
  const config =
    'environments:\n  staging:\n    space: me/app\n  production:\n    space: me/other\n  preview-*:\n    space: me/preview\n';
  await using story = await openCommandLab({ ...dockerApp('1'), 'spaceport.yml': config });
  const { lab, env } = story;
  const call = (...args: readonly string[]) => story.callAs(args, { cwd: lab.workspace.directory, env });
  expect((await call('deploy', '--environment', 'staging')).exitCode).toBe(0);
  const status = await call('status');
  expect(status.exitCode).toBe(1);
  expect(status.stdout).toMatch(/✓ me\/app \(staging\)/);
  expect(status.stdout).toMatch(/There is no Space me\/other that this token can see\./);
  expect(status.stdout).not.toMatch(/preview/);
  const explained = await call('status', '--environment', 'staging', '--explain');
  expect(explained.stdout).toMatch(/space = "me\/app" \(environments\.staging: spaceport\.yml, line 3, column \d+\)/);
});

/** The rest of what differs from run to run. */
function withoutDates(text: string): string {
  return withoutChance(text)
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'DATE')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'DATE');
}
