import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rig } from '../rig.ts';

const SITE = { 'index.html': '<html><head></head><body>hi</body></html>', 'a/b.txt': 'b', 'a/index.html': 'no index' };

test('a static Space is a file server without indexes of directories', async () => {
  await using it = await rig({ card: { sdk: 'static' } });
  it.push(SITE);
  await it.until('RUNNING');
  const location = async (path: string) => {
    const response = await fetch(it.space.appUrl + path, { redirect: 'manual' });
    return [response.status, response.headers.get('location')];
  };
  expect(await location('/')).toEqual([302, '/index.html']);
  expect(await location('/a/')).toEqual([302, 'http://hub/a']);
  expect(await location('/index.html')).toEqual([200, null]);
  expect(await it.get('/index.html')).toEqual({ status: 200, body: SITE['index.html'] });
  expect(await it.get('/a/b.txt')).toEqual({ status: 200, body: 'b' });
  expect(await it.get('/missing')).toMatchObject({ status: 404 });
  expect(await it.get('/a')).toMatchObject({ status: 404 });
  expect(await it.get('/..%2f..%2fetc/passwd')).toMatchObject({ status: 404 });
});

test.each(['100%.txt', 'a%20b.txt', '%2e.txt', 'a b.txt', 'a#b?c.txt', 'é 東.txt', 'a+b&c=d.txt'])(
  'a file named %s is served by that name',
  async (name) => {
    await using it = await rig({ card: { sdk: 'static' } });
    it.push({ ...SITE, [name]: 'mine' });
    await it.until('RUNNING');
    expect(await it.get(`/${encodeURIComponent(name)}`)).toEqual({ status: 200, body: 'mine' });
  },
);

test('a commit to many files is served at once: only those are written that somebody asks for', async () => {
  const workDir = await mkdtemp(join(tmpdir(), 'static-'));
  {
    await using it = await rig({ card: { sdk: 'static' }, workDir });
    it.push(SITE);
    await it.until('RUNNING');
    await it.get('/a/b.txt');
    const files = await readdir(workDir, { recursive: true, withFileTypes: true });
    expect(
      files.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('/fronts')).map(({ name }) => name),
    ).toEqual(['b.txt']);
  }
  await rm(workDir, { recursive: true });
});

test('it always runs, on no hardware, and does not say which commit', async () => {
  await using it = await rig({ card: { sdk: 'static' } });
  it.push(SITE);
  await it.until('RUNNING');
  expect(it.space.answer()).toEqual({
    stage: 'RUNNING',
    hardware: { current: null, requested: null },
    storage: null,
    replicas: { requested: 1, current: 1 },
  });
  it.push({ 'index.html': 'two' });
  expect(it.space.answer().stage).toBe('RUNNING');
});

test('every visitor can read its variables, and its secrets', async () => {
  await using it = await rig({ card: { sdk: 'static', app_file: 'index.html' } });
  it.push(SITE);
  await it.until('RUNNING');
  it.variables['API'] = 'https://api</script>';
  it.secrets['KEY'] = 's';
  it.space.settingsChanged();
  expect((await it.get('/index.html')).body).toBe(
    '<html><head><script>window.huggingface={"variables":{"API":"https://api\\u003c/script>","KEY":"s"}};</script></head><body>hi</body></html>',
  );
});
