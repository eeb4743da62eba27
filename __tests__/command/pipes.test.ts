import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from '../scenarios/support/apps.ts';
import { openCommandLab, withoutChance } from './support/command-lab.ts';

const CRASHES = "console.error('Error: no model here'); process.exit(3);\n";

test.concurrent('a plan, a deployment, and the same again', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const planned = await story.call('plan');
  expect({ exitCode: planned.exitCode, stderr: planned.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(planned.requests.filter((request) => !request.startsWith('GET '))).toEqual(['POST /api/validate-yaml']);
  const deployed = await story.call('deploy');
  expect({ exitCode: deployed.exitCode, stderr: deployed.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(withoutChance(deployed.stdout)).toMatch(
    /✓ deployed in TIME\n {2}app {4}http:\/\/HOST\n {2}Space {2}http:\/\/HOST\/spaces\/me\/app\n {2}commit COMMIT\n$/,
  );
  expect(await story.lab.space().head()).toBe(/commit ([0-9a-f]{40})/.exec(deployed.stdout)?.[1]);
  const again = await story.call('deploy');
  expect(again.stdout).toMatch(/✓ unchanged in /);
});

test('a red run: what is printed, and exit code 1', async () => {
  await using story = await openCommandLab(dockerApp('1', CRASHES));
  const { exitCode, stdout, stderr } = await story.call('deploy');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).not.toContain('\u001b');
  expect(withoutChance(stdout.slice(stdout.indexOf('✗') - 13))).toMatchSnapshot();
});

test.concurrent('what is wrong with the inputs is wrong usage, told all at once, before the Hub is asked', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { exitCode, stdout, requests } = await story.call('deploy', ['--timeout', 'soon', '--secrets', 'API_KEY']);
  expect({ exitCode, requests }).toEqual({ exitCode: 2, requests: [] });
  expect(stdout).toMatch(/"soon" is not a duration/);
  expect(stdout).toMatch(/this name is not in the step/);
});

test.concurrent('without a terminal, remove needs --yes, and says so', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { exitCode, stdout, requests } = await story.call('remove');
  expect({ exitCode, requests }).toEqual({ exitCode: 2, requests: [] });
  expect(
    withoutChance(stdout).replace(/✗ failed after TIME\n[\s\S]*/, ''),
  ).toBe(`      TIME  ✗ Nothing was done: this needs a yes
              There is no terminal to ask on: Delete the Space me/app (staging)? It cannot be restored.
              Fix: Add --yes, if that is what you want.
`);
  const json = await story.call('remove', ['--json']);
  expect(JSON.parse(json.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    event: 'ended',
    exitCode: 2,
    failure: { kind: 'unconfirmed' },
  });
});

test.concurrent('hardware that costs money needs --yes, too, and nothing is written without it', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { exitCode, stdout, requests } = await story.call('deploy', ['--hardware', 'cpu-upgrade']);
  expect(exitCode).toBe(2);
  expect(requests.filter((request) => !/^GET |validate-yaml/.test(request))).toEqual([]);
  expect(stdout).toMatch(/There is no terminal to ask on: `cpu-upgrade` costs .* Go on\?\n/);
});

test.concurrent('the token comes from a file, or from where `hf auth login` keeps it; without one it is wrong usage', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const home = story.lab.workspace.directory;
  const env = { HF_TOKEN: '' };
  const none = await story.call('plan', [], { env });
  expect({ exitCode: none.exitCode, stdout: none.stdout, stderr: none.stderr }).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `There is no token of Hugging Face to sign in with.
Where: HF_TOKEN, then ${home}/.cache/huggingface/token
Fix: Log in with \`hf auth login\`, set HF_TOKEN, or name a file that has the token with --token-file.
`,
  });
  writeFileSync(join(home, 'my-token'), 'hf_me_write\n');
  expect((await story.call('plan', ['--token-file', 'my-token'], { env })).exitCode).toBe(0);
  mkdirSync(join(home, '.cache/huggingface'), { recursive: true });
  writeFileSync(join(home, '.cache/huggingface/token'), 'hf_me_write');
  expect((await story.call('plan', [], { env })).exitCode).toBe(0);
});

test.concurrent('--json has one event a line, the last with the exit code, and nothing else', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { exitCode, stdout, stderr } = await story.call('deploy', ['--json', '--variables', 'GREETING=hi']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.every(({ version, time }) => version === 1 && /^\d{4}-.*Z$/.test(String(time)))).toBe(true);
  expect(events[0]).toMatchObject({ event: 'started', space: 'me/app', environment: 'staging', mode: 'deploy' });
  expect(events.at(-1)).toMatchObject({ event: 'ended', result: 'deployed', exitCode: 0 });
  const plan = events.find(({ event }) => event === 'planned')?.['plan'] as { steps: { kind: string }[] };
  expect(plan.steps.map(({ kind }) => kind)).toEqual(['create', 'set-variable', 'set-variable', 'commit']);
});

test.concurrent('Ctrl-C ends what is under way, and says so', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { exitCode, stdout } = await story.call('deploy', [], {
    onStart: (child) => {
      child.stdout?.on('data', (data) => {
        if (String(data).includes('BUILDING')) child.kill('SIGINT');
      });
    },
  });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/✗ Cancelled\n/);
});

test.concurrent('--path is relative to where one is, and another repository is a workspace of its own', async () => {
  await using story = await openCommandLab({ 'README.md': '# All\n', ...inDirectory('api', dockerApp('1')) });
  const root = story.lab.workspace.directory;
  for (const [cwd, path] of [
    [join(root, 'api'), '.'],
    [root, 'api'],
    ['/', join(root, 'api')],
  ] as const) {
    const { exitCode, stdout } = await story.call('plan', ['--path', path], { cwd });
    expect({ exitCode, files: /commit: (\d+) to add/.exec(stdout)?.[1] }).toEqual({ exitCode: 0, files: '3' });
  }
});

function inDirectory(directory: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${directory}/${path}`, content]));
}

test.concurrent('each mode is a command: verify, restart, rollback and remove', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  expect((await story.call('deploy')).exitCode).toBe(0);
  story.lab.workspace.commit({ 'server.js': healthyServer('2') });
  expect((await story.call('deploy')).exitCode).toBe(0);
  const ends = async (command: string, ...args: readonly string[]) => {
    const { exitCode, stdout } = await story.call(command, args);
    return { exitCode, end: /[✓✗] \S+/.exec(stdout.slice(stdout.search(/^[✓✗] /m)))?.[0] };
  };
  expect(await ends('verify')).toEqual({ exitCode: 0, end: '✓ verified' });
  expect(await ends('restart')).toEqual({ exitCode: 0, end: '✓ restarted' });
  const asked = await story.call('rollback');
  expect({ exitCode: asked.exitCode, writes: asked.requests.filter((request) => !/^GET /.test(request)) }).toEqual({
    exitCode: 2,
    writes: [],
  });
  expect(withoutChance(asked.stdout)).toMatch(
    /There is no terminal to ask on: Replace commit COMMIT7, the newest of me\/app \(staging\), by its earlier version COMMIT7\?\n/,
  );
  expect(await ends('rollback', '--yes')).toEqual({ exitCode: 0, end: '✓ rolled-back' });
  expect((await story.call('history')).stdout).toMatch(/rollback {6}newest/);
  expect(await ends('remove', '--yes')).toEqual({ exitCode: 0, end: '✓ removed' });
});
