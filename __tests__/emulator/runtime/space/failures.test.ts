import { expect, test } from '@jest/globals';
import { nodeApp, rig } from '../rig.ts';

const docker = (...lines: string[]) => ['FROM node:24', 'WORKDIR /app', ...lines, ''].join('\n');

test('a COPY of a missing file fails the build in the words of Docker; the old version keeps serving', async () => {
  await using it = await rig();
  const first = it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.push(nodeApp('two', docker('COPY nothing.txt ./')));
  await it.until('BUILD_ERROR');
  const words = /failed to calculate checksum of ref \S+: "\/nothing\.txt": not found$/;
  expect(it.space.answer()).toMatchObject({
    sha: first,
    errorMessage: expect.stringMatching(/^Job failed with exit code: 1\. Reason: /),
  });
  expect(it.space.answer().errorMessage).toMatch(words);
  expect(it.space.buildLog.lines.at(-1)?.data).toMatch(/^ERROR: failed to solve: failed to compute cache key: /);
  expect(await it.get('/')).toEqual({ status: 200, body: 'one' });
});

test('a COPY of a file that .dockerignore drops fails too, and the log says why', async () => {
  await using it = await rig();
  it.push({ ...nodeApp('one', docker('COPY model.json ./')), 'model.json': '{}', '.dockerignore': '*.json\n' });
  await it.until('BUILD_ERROR');
  const log = it.space.buildLog.lines.map((line) => line.data).join('');
  expect(log).toContain('"model.json" that is excluded by .dockerignore');
  expect(await it.get('/')).toMatchObject({ status: 503, body: expect.stringContaining('Your space is in error') });
});

test.each([
  ['RUN exit 4', 4],
  ['RUN false', 1],
  ['RUN test -f missing', 1],
  ['RUN ["node", "-e", "console.log(`so it goes`); process.exit(5)"]', 5],
  ['RUN apt-get update && exit 6', 6],
])('%s fails the build with its exit code', async (line, code) => {
  await using it = await rig();
  it.push(nodeApp('one', docker(line)));
  await it.until('BUILD_ERROR');
  expect(it.space.answer().errorMessage).toMatch(
    new RegExp(
      `^Job failed with exit code: ${code}\\. Reason: process "/bin/sh -c .*" did not complete successfully: exit code: ${code}$`,
    ),
  );
});

test('an app that ends at once is a runtime error with its last words', async () => {
  await using it = await rig();
  it.push({ ...nodeApp('one'), 'server.mjs': "console.error('no model'); process.exit(3);" });
  await it.until('RUNTIME_ERROR');
  expect(it.space.answer().errorMessage).toBe('Exit code: 3. Reason: no model');
  expect(await it.get('/')).toMatchObject({ status: 503, body: expect.stringContaining('Your space is in error') });
  it.push(nodeApp('two'));
  expect(await it.until('RUNNING')).toEqual(['BUILDING', 'APP_STARTING', 'RUNNING']);
});

test('an app that ends later takes the Space down', async () => {
  await using it = await rig();
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  expect(await it.get('/exit')).toMatchObject({ status: 503, body: expect.stringContaining('</html>') });
  await it.until('RUNTIME_ERROR');
  expect(it.space.answer()).toMatchObject({ errorMessage: 'Exit code: 3. Reason: hello from one' });
  expect(it.space.answer().sha).toBeUndefined();
});

test('a command that is not there is exit code 127', async () => {
  await using it = await rig();
  it.push(nodeApp('one', docker('CMD ["no-such-server"]')));
  await it.until('RUNTIME_ERROR');
  expect(it.space.answer().errorMessage).toBe(
    'Exit code: 127. Reason: exec: "no-such-server": executable file not found in $PATH',
  );
});

test('an app that does not open its port in time is a runtime error, with a hint in the run log', async () => {
  await using it = await rig({ pace: { startTimeoutMs: 200 } });
  it.push({ ...nodeApp('one'), 'server.mjs': 'setInterval(() => {}, 1000);' });
  await it.until('RUNTIME_ERROR');
  expect(it.space.answer().errorMessage).toBe('Launch timed out, workload was not healthy after 30 min');
  expect(it.space.runLog.lines.at(-1)?.data).toMatch(/Nothing listens on \$PORT/);
});

test('a variable and a secret of one name take the Space down; without one of them it comes back', async () => {
  await using it = await rig();
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.variables['KEY'] = 'a';
  it.secrets['KEY'] = 'b';
  it.space.settingsChanged();
  await it.until('CONFIG_ERROR');
  expect(it.space.answer().errorMessage).toBe('Collision on variables and secrets names');
  expect(await it.get('/')).toMatchObject({ status: 503 });
  delete it.variables['KEY'];
  it.space.settingsChanged();
  await it.until('RUNNING');
  expect(await it.get('/')).toEqual({ status: 200, body: 'one' });
});

test.each([
  [{}, nodeApp('one'), 'NO_APP_FILE'],
  [{ title: 'No sdk' }, nodeApp('one'), 'CONFIG_ERROR'],
  [{ sdk: 'docker' }, { 'server.mjs': '' }, 'CONFIG_ERROR'],
  [{ sdk: 'docker', app_port: 'http' }, nodeApp('one'), 'CONFIG_ERROR'],
])('a Space that does not say what to build: %j', async (card, files, stage) => {
  await using it = await rig({ card });
  it.push(files);
  await it.until(stage);
  expect(it.space.counts).toEqual({ builds: 0, starts: 0 });
});
