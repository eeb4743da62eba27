import { createRepo, deleteFile, uploadFiles } from '@huggingface/hub';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Hub, HubSpace } from '../../emulator/api.ts';
import { createHub } from '../../emulator/create-hub.ts';

/** Both halves of the local Hub together: what is pushed through the API is what answers at the address it names. */
let hub: Hub;
beforeAll(async () => {
  hub = await createHub({ pace: { buildMs: 20, startMs: 20, shaLagMs: 20, stageLagMs: 20 } });
});
afterAll(() => hub.close());
beforeEach(() => hub.reset());

const target = () => ({ hubUrl: hub.url, accessToken: 'hf_me_write', repo: 'spaces/me/app' as const });
const blobs = (files: Record<string, string>) =>
  Object.entries(files).map(([path, content]) => ({ path, content: new Blob([content]) }));

function space(): HubSpace {
  const found = hub.space('me/app');
  if (!found) throw new Error('me/app is gone');
  return found;
}

async function stageAt(stages: readonly string[], commit?: string): Promise<string> {
  for (;;) {
    const { stage, sha } = space().runtime.answer();
    if (stages.includes(stage) && (commit === undefined || sha === commit)) return stage;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a docker Space runs the pushed commit with its settings, and falls over two settings of one name', async () => {
  await createRepo({ ...target(), sdk: 'docker' });
  const set = (kind: string, key: string, value: string) =>
    fetch(`${hub.url}/api/spaces/me/app/${kind}`, {
      method: 'POST',
      headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' },
      body: JSON.stringify({ key, value }),
    });
  await set('variables', 'GREETING', 'hello');
  const server = `require('http').createServer((_, answer) => answer.end(process.env.GREETING)).listen(7860)`;
  const files = {
    'README.md': '---\nsdk: docker\n---\n',
    Dockerfile: 'FROM node:24\nCOPY server.cjs .\nCMD ["node", "server.cjs"]\n',
    'server.cjs': server.replace('7860', 'process.env.PORT'),
  };
  await uploadFiles({ ...target(), files: blobs(files) });
  await stageAt(['RUNNING'], await space().head());
  expect(await (await fetch(space().runtime.appUrl)).text()).toBe('hello');
  await set('secrets', 'GREETING', 'clash');
  expect(await stageAt(['CONFIG_ERROR'])).toBe('CONFIG_ERROR');
});

test('a static Space serves its files, LFS objects as their content', async () => {
  await createRepo({ ...target(), sdk: 'static' });
  const files = { 'README.md': '---\nsdk: static\n---\n', 'index.html': '<h1>v1</h1>', 'm.bin': 'weights' };
  await uploadFiles({ ...target(), files: blobs(files) });
  const visit = async (path: string) => (await fetch(`${space().runtime.appUrl}${path}`)).text();
  // It also ran before, with the page that the Hub gives it.
  while ((await visit('/index.html')) !== '<h1>v1</h1>');
  expect([await visit('/index.html'), await visit('/m.bin')]).toEqual(['<h1>v1</h1>', 'weights']);
});

test('a static Space serves its newest commit: a changed file as it is now, a deleted one no more', async () => {
  await createRepo({ ...target(), sdk: 'static' });
  const visit = async (path: string) => {
    const response = await fetch(`${space().runtime.appUrl}${path}`);
    return [response.status, response.headers.get('content-type'), await response.text()];
  };
  const css = 'text/css; charset=utf-8';
  await uploadFiles({ ...target(), files: blobs({ 'README.md': '---\nsdk: static\n---\n', 'a/b.css': 'one' }) });
  while ((await visit('/a/b.css'))[0] !== 200);
  expect(await visit('/a/b.css')).toEqual([200, css, 'one']);
  await uploadFiles({ ...target(), files: blobs({ 'a/b.css': 'two', 'c.css': 'new' }) });
  while ((await visit('/c.css'))[0] !== 200);
  expect(await visit('/a/b.css')).toEqual([200, css, 'two']);
  await deleteFile({ ...target(), path: 'a/b.css' });
  while ((await visit('/a/b.css'))[0] === 200);
  expect((await visit('/a/b.css'))[0]).toBe(404);
  expect(await visit('/c.css')).toEqual([200, css, 'new']);
});
