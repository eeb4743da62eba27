import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startApiHub } from './server/api-hub.ts';

test('a Hub on a given directory keeps its Spaces, to itself', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'lasting-hub-'));
  const first = await startApiHub({ dataDir });
  await first.create('me/app');
  const head = await first.commit('me/app', { 'a.txt': 'a' });
  await first.send('POST', '/api/spaces/me/app/secrets', { json: { key: 'S', value: 'hidden' } });
  await first.hub.close();

  const second = await startApiHub({ dataDir });
  const space = second.hub.space('me/app');
  expect([await space?.head(), space?.secrets, second.runtime('me/app').told]).toEqual([
    head,
    { S: { value: 'hidden' } },
    [['pushed', head]],
  ]);
  const [key = ''] = await readdir(join(dataDir, 'spaces'));
  expect((await stat(join(dataDir, 'spaces', key, 'space.json'))).mode & 0o777).toBe(0o600);

  await second.hub.reset();
  expect(await readdir(join(dataDir, 'spaces'))).toEqual([]);
  await second.hub.close();
  await rm(dataDir, { recursive: true });
});
