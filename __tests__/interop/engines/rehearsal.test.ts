import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal-process.ts';
import { ANSWERING, tinyApp } from '../../rehearsal/tiny-app.ts';
import { dockerApp } from '../../scenarios/support/apps.ts';
import { openLab } from '../../scenarios/support/lab.ts';
import { callHub } from '../../scenarios/support/other-client.ts';
import { CRASHES } from '../../scenarios/support/rollback-stories.ts';
import { labelledBy, openEngine, type TestEngine } from './engine.ts';

let engine: TestEngine;
let directories: string[] = [];
let running: Rehearsal[] = [];

beforeAll(async () => {
  engine = await openEngine();
});

afterAll(async () => {
  await engine?.runtime.close();
});

afterEach(async () => {
  for (const { process } of running) process.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  [directories, running] = [[], []];
});

function rehearse(server: string, ...args: string[]): Rehearsal {
  const path = tinyApp(server);
  const rehearsal = startRehearsal('--path', path, '--space', 'me/tiny', '--health-path', '/', ...args);
  directories.push(path);
  running.push(rehearsal);
  return rehearsal;
}

/** Forgets the summaries that a rehearsal leaves for a person. */
function tidy(stdout: string): string {
  const files = stdout.match(/^ {2}\S+summary\.md$/gm) ?? [];
  directories.push(...files.map((file) => dirname(dirname(file.trim()))));
  return stdout;
}

test("a person's directory goes to a container engine that answers, the start says so, and nothing is left", async () => {
  const rehearsal = rehearse(
    ANSWERING,
    '--engine',
    'auto',
    '--variables',
    'GREETING=hi',
    '--health-expect',
    'greeting=hi',
  );
  const { code, stdout, stderr } = await rehearsal.ended;

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(tidy(stdout)).toMatch(/^Spaces are built and run by docker: version \d\S* answers\.$/m);
  expect(labelledBy(engine, rehearsal.process.pid)).toEqual([]);
});

test('an app that does not start is red with its own words', async () => {
  const { code, stdout } = await rehearse("console.error('the moon is down'); process.exit(3)", '--engine', 'docker')
    .ended;

  expect(code).toBe(1);
  expect(tidy(stdout)).toMatch(/✗ The new version did not start\n +RUNTIME_ERROR: .*the moon is down\n/);
});

test('a killed rehearsal leaves a container, which the next one removes', async () => {
  const killed = rehearse(ANSWERING, '--engine', 'docker', '--keep');
  tidy(await killed.printed('Ctrl-C ends everything.'));
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  expect(labelledBy(engine, killed.process.pid)).toHaveLength(2);

  const { code, stdout } = await rehearse(ANSWERING, '--engine', 'docker').ended;
  tidy(stdout);
  expect({ code, left: labelledBy(engine, killed.process.pid) }).toEqual({ code: 0, left: [] });
});

test('Ctrl-C during a build leaves nothing', async () => {
  const rehearsal = rehearse(ANSWERING, '--engine', 'docker');
  await rehearsal.printed('BUILDING');
  rehearsal.process.kill('SIGINT');
  const { code, stdout } = await rehearsal.ended;
  tidy(stdout);
  expect({ code, left: labelledBy(engine, rehearsal.process.pid) }).toEqual({ code: 130, left: [] });
});

test('a version that crashes is rolled back to the image of the one before', async () => {
  await using lab = await openLab(dockerApp('1'), { engine: 'docker', startSpaceRuntime: undefined });
  const first = await lab.deploy({ visibility: 'public' });
  lab.workspace.commit({ 'server.js': CRASHES });
  const second = await lab.deploy();

  expect([first.outputs['result'], second.outputs['result']]).toEqual(['deployed', 'rolled-back']);
  const answer = await fetch(new URL('/health', lab.space().runtime.appUrl));
  expect(await answer.json()).toMatchObject({ status: 'healthy', version: '1', environment: 'staging' });
});

test('a bucket outlives the container of each version, and a folder of it may be mounted alone', async () => {
  await using lab = await openLab(counter('1'), { engine: 'docker', startSpaceRuntime: undefined });
  await callHub(lab.hub, '/api/buckets/me/counts', { private: true });
  const volumes = 'hf://buckets/me/counts:/data\nhf://buckets/me/counts/new:/folder:ro';
  const first = await lab.deploy({ volumes, visibility: 'public' });
  lab.workspace.commit(counter('2'));
  const second = await lab.deploy({ volumes });

  expect([first.errors, second.errors]).toEqual([[], []]);
  const answer = await fetch(new URL('/health', lab.space().runtime.appUrl));
  expect(await answer.json()).toEqual({ version: '2', starts: 2, readOnly: 'EROFS' });
});

/** Counts its starts in a volume, and tries to write into another. */
function counter(version: string): Record<string, string> {
  const server = `const fs = require('node:fs');
fs.appendFileSync('/data/starts', 'x');
let readOnly = 'writable';
try { fs.writeFileSync('/folder/x', ''); } catch (error) { readOnly = error.code; }
const starts = fs.readFileSync('/data/starts', 'utf8').length;
require('node:http').createServer((_, response) => response.end(JSON.stringify({ version: '${version}', starts, readOnly }))).listen(7860);
`;
  return dockerApp(version, server);
}

test('an image whose registry is out of reach says nothing about the app: exit code 3', async () => {
  const rehearsal = rehearse(ANSWERING, '--engine', 'docker');
  const [directory = ''] = directories;
  writeFileSync(join(directory, 'Dockerfile'), 'FROM registry.invalid/owner/app:1\nCMD ["node", "server.js"]\n');
  const { code, stdout } = await rehearsal.ended;

  expect(code).toBe(3);
  expect(tidy(stdout)).toContain('! me/tiny cannot be rehearsed here. This says nothing about the app.');
  expect(stdout).toMatch(/^ {2}docker could not fetch an image that the Dockerfile names: .*registry\.invalid/m);
});

test('an engine that does not answer is no engine: exit code 2, and what to do', async () => {
  const host = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = 'unix:///nowhere/docker.sock';
  const { code, stderr } = await rehearse(ANSWERING, '--engine', 'docker').ended.finally(() => {
    if (host === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = host;
  });

  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^The engine docker cannot be used: docker does not answer: .*\nFix: start it, or choose another with --engine\.\n$/,
  );
});
