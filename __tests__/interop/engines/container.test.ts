import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LABEL } from '../../../emulator/runtime/container/owner.ts';
import { nodeApp, type Rig, rig } from '../../emulator/runtime/rig.ts';
import { labelledBy, openEngine, type TestEngine } from './engine.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await openEngine();
});

afterAll(async () => {
  await engine?.runtime.close();
});

const SECRET = 'line one of it\nline "two" $HOME';

/** Answers `/` with what the app sees of itself. */
const MIRROR = `const { createServer } = require('node:http');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
console.log('here I am');
createServer((request, response) => {
  if (request.url === '/exit') process.exit(3);
  if (request.url.startsWith('/write')) writeFileSync(request.url.slice('/write'.length), 'written');
  if (request.url.startsWith('/exists')) return response.end(String(existsSync(request.url.slice('/exists'.length))));
  response.end(JSON.stringify({ uid: process.getuid(), env: process.env, atBuild: readFileSync('/app/at-build', 'utf8') }));
}).listen(7860, '0.0.0.0');
`;

const APP = {
  Dockerfile: `FROM node:24-slim
ARG GREETING=nobody
WORKDIR /app
RUN --mount=type=secret,id=TOKEN,mode=0444 test "$(wc -c < /run/secrets/TOKEN)" = ${SECRET.length} && echo "hello $GREETING" > at-build
COPY --chown=1000:1000 app.js ./
RUN chown 1000:1000 /app
USER node
CMD ["node", "app.js"]
`,
  'app.js': MIRROR,
};

test('an app has the user, the settings and the environment that the Hub gives it, and its build had its own', async () => {
  await using space = await rig({ start: engine.runtime.start });
  Object.assign(space.variables, { GREETING: 'you', DOCKER_HOST: 'tcp://nowhere' });
  Object.assign(space.secrets, { TOKEN: SECRET });
  space.push(APP);
  await space.until('RUNNING');
  const { uid, env, atBuild } = JSON.parse((await space.get('/')).body);

  expect({ uid, atBuild }).toEqual({ uid: 1000, atBuild: 'hello you\n' });
  expect(env).toMatchObject({
    ...{ GREETING: 'you', DOCKER_HOST: 'tcp://nowhere', TOKEN: SECRET },
    ...{ SPACE_ID: 'me/app', SPACE_HOST: new URL(space.space.appUrl).host, SPACE_TITLE: 'An app' },
    ...{ SPACE_AUTHOR_NAME: 'me', SPACE_REPO_NAME: 'app', CPU_CORES: '2', MEMORY: '16Gi', ACCELERATOR: 'none' },
  });
  expect(env).not.toHaveProperty('PORT');
  expect(logOf(space, 'runLog')).toMatch(/^===== Application Startup at .* =====\n\nhere I am$/);
  expect(logOf(space, 'buildLog')).toMatch(/^===== Build Queued at .* \/ Commit SHA: 0000001 =====\n--> FROM/);
});

test('the value of a secret is in no layer, in no log, and on no command line', async () => {
  await using space = await rig({ start: engine.runtime.start });
  Object.assign(space.secrets, { TOKEN: SECRET });
  space.push({ ...APP, Dockerfile: APP.Dockerfile.replace('COPY --chown', 'RUN sleep 2\nCOPY --chown') });
  const commandLines: string[] = [];
  while (!['RUNNING', 'BUILD_ERROR', 'RUNTIME_ERROR'].includes(space.space.answer().stage)) {
    commandLines.push(await allCommandLines());
  }
  expect(space.space.answer().stage).toBe('RUNNING');
  const [image = ''] = labelledBy(engine)
    .filter((line) => line.startsWith('image '))
    .map((line) => line.slice('image '.length));
  const saved = join(await mkdtemp(join(tmpdir(), 'image-')), 'image.tar');
  engine.client('save', '--output', saved, image);

  expect(commandLines.join('')).toContain('--secret');
  for (const text of [
    commandLines.join(''),
    logOf(space, 'buildLog'),
    logOf(space, 'runLog'),
    await readFile(saved, 'latin1'),
  ])
    expect(text.includes('line one of it')).toBe(false);
  expect(engine.client('history', '--no-trunc', image)).not.toContain('line one of it');
  await rm(join(saved, '..'), { recursive: true });
});

test('an image without USER runs as uid 1000, and may not write where root could', async () => {
  await using space = await rig({ start: engine.runtime.start });
  Object.assign(space.secrets, { TOKEN: SECRET });
  space.push({ ...APP, Dockerfile: APP.Dockerfile.replace('USER node\n', '') });
  await space.until('RUNNING');

  expect(JSON.parse((await space.get('/')).body).uid).toBe(1000);
  expect(logOf(space, 'runLog')).toContain('The image names no USER: it runs as uid 1000, as on the Hub.');
});

test('what an app writes is lost with its container, and stays in a volume', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'volume-'));
  await writeFile(join(directory, 'older'), 'there before', { mode: 0o600 });
  const volumes = [{ directory, mountPath: '/data', readOnly: false }];
  await using space = await rig({ start: engine.runtime.start, volumes });
  Object.assign(space.secrets, { TOKEN: SECRET });
  space.push(APP);
  await space.until('RUNNING');
  await space.get('/write/app/scratch');
  await space.get('/write/data/kept');
  await space.get('/write/data/older');
  expect((await space.get('/exists/app/scratch')).body).toBe('true');

  space.space.restart({ factory: false });
  await space.until('RUNNING');
  await expectAnswer(space, '/exists/app/scratch', 'false');
  expect((await space.get('/exists/data/kept')).body).toBe('true');
  for (const file of ['kept', 'older']) expect(await readFile(join(directory, file), 'utf8')).toBe('written');
  expect(space.space.counts).toEqual({ builds: 1, starts: 2 });
});

test.each([
  [
    'a step that fails',
    nodeApp('x', 'FROM node:24-slim\nRUN echo working; exit 42\nCMD ["node", "server.mjs"]\n'),
    'BUILD_ERROR',
    'Job failed with exit code: 42. Reason: process "/bin/sh -c echo working; exit 42" did not complete successfully: exit code: 42',
  ],
  [
    'a file that is not there',
    nodeApp('x', 'FROM node:24-slim\nCOPY nothing.txt ./\n'),
    'BUILD_ERROR',
    expect.stringMatching(
      /^Job failed with exit code: 1\. Reason: failed to solve: failed to compute cache key: .*"\/nothing.txt": not found$/,
    ),
  ],
  [
    'an app that ends',
    { Dockerfile: 'FROM node:24-slim\nCMD ["node", "-e", "console.error(\'no moon\'); process.exit(3)"]\n' },
    'RUNTIME_ERROR',
    expect.stringMatching(/^Exit code: 3\. Reason: (.*\n)?no moon$/),
  ],
  [
    'a program that is not in the image',
    { Dockerfile: 'FROM node:24-slim\nCMD ["gunicorn"]\n' },
    'RUNTIME_ERROR',
    expect.stringMatching(/^Exit code: 127\. Reason: .*"gunicorn": executable file not found in \$PATH/s),
  ],
  [
    'an app on another port',
    { Dockerfile: `FROM node:24-slim\nCMD ["node", "-e", "require('http').createServer().listen(3000, '0.0.0.0')"]\n` },
    'RUNTIME_ERROR',
    'Launch timed out, workload was not healthy after 30 min',
  ],
  [
    'an app that only its own container reaches',
    {
      Dockerfile: `FROM node:24-slim\nCMD ["node", "-e", "require('http').createServer().listen(7860, '127.0.0.1')"]\n`,
    },
    'RUNTIME_ERROR',
    'Launch timed out, workload was not healthy after 30 min',
  ],
] as const)('%s', async (_, files, stage, errorMessage) => {
  await using space = await rig({ start: engine.runtime.start, pace: { startTimeoutMs: 3_000 } });
  space.push(files);
  await space.until(stage);

  expect(space.space.answer()).toMatchObject({ stage, errorMessage });
});

test('an app that ends later: its last words, and nothing left of its container', async () => {
  await using space = await rig({ start: engine.runtime.start });
  Object.assign(space.secrets, { TOKEN: SECRET });
  space.push(APP);
  await space.until('RUNNING');
  await space.get('/exit').catch(() => undefined);
  await space.until('RUNTIME_ERROR');

  expect(space.space.answer().errorMessage).toBe('Exit code: 3. Reason: here I am');
  expect(labelledBy(engine).filter((line) => line.startsWith('container '))).toEqual([]);
});

test('a build that a push overtakes leaves no image', async () => {
  await using space = await rig({ start: engine.runtime.start });
  space.push(nodeApp('slow', 'FROM node:24-slim\nRUN echo begun; sleep 30\n'));
  await expectLog(space, 'begun');
  space.push(APP_WITHOUT_SECRET);
  await space.until('RUNNING');

  expect(labelledBy(engine).filter((line) => line.startsWith('image '))).toHaveLength(1);
});

const APP_WITHOUT_SECRET = {
  'app.js': MIRROR,
  Dockerfile: APP.Dockerfile.replace(/^RUN --mount.*$/m, 'RUN touch at-build'),
};

test("the person's own containers and images are none of ours", async () => {
  const own = engine.client('run', '--detach', '--label', `${LABEL}=mine`, 'node:24-slim', 'sleep', '60');
  const other = engine.client('run', '--detach', 'node:24-slim', 'sleep', '60');
  try {
    const second = await openEngine();
    await second.runtime.close();
    const running = engine.client('ps', '--quiet', '--no-trunc').split('\n');
    expect([own, other].filter((id) => !running.includes(id))).toEqual([]);
  } finally {
    engine.client('rm', '--force', own, other);
  }
});

test('at the end nothing is left', async () => {
  expect(labelledBy(engine)).toEqual([]);
});

function logOf({ space }: Rig, log: 'buildLog' | 'runLog'): string {
  return space[log].lines.map(({ data }) => data).join(log === 'runLog' ? '\n' : '');
}

async function expectAnswer(space: Rig, path: string, body: string): Promise<void> {
  for (let tries = 0; tries < 100 && (await space.get(path)).body !== body; tries++) await pause();
  expect((await space.get(path)).body).toBe(body);
}

async function expectLog(space: Rig, text: string): Promise<void> {
  while (!logOf(space, 'buildLog').split('\n').includes(text)) await pause();
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

/** Of all processes of this machine, as anybody can read them. */
async function allCommandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.join('\n');
}
