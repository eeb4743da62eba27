import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ApiHub, startApiHub } from '../api-hub.ts';

const run = promisify(execFile);
let api: ApiHub;
let dir: string;
beforeAll(async () => {
  api = await startApiHub();
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'git-client-'));
  await api.hub.reset();
  await api.create('me/app');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Git as on a machine without settings, so that no LFS filter or credential helper takes part. */
async function git(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: dir,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'me',
    GIT_AUTHOR_EMAIL: 'me@localhost',
    GIT_COMMITTER_NAME: 'me',
    GIT_COMMITTER_EMAIL: 'me@localhost',
  };
  const { stdout, stderr } = await run('git', args, { cwd: dir, env });
  return stdout + stderr;
}

const remote = (token: string | undefined, path = 'me/app') => {
  const [scheme, host] = api.hub.url.split('://');
  return `${scheme}://${token ? `anyone:${token}@` : ''}${host}/spaces/${path}`;
};
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it worked',
    (error: Error & { stderr?: string }) => error.stderr ?? error.message,
  );

async function commitFile(path: string, content: string): Promise<void> {
  await writeFile(join(dir, 'app', path), content);
  await git('-C', 'app', 'add', '-A');
  await git('-C', 'app', 'commit', '-m', `add ${path}`);
}

test('clone and push, with and without .git, run what was pushed', async () => {
  await git('clone', '-q', remote(undefined, 'me/app.git'), 'anonymous');
  await git('clone', '-q', remote('hf_me_write'), 'app');
  await commitFile('app.py', 'print(1)');
  await git('-C', 'app', 'push', '-q');
  const space = api.hub.space('me/app');
  expect((await space?.commits())?.map(({ title }) => title)).toEqual(['add app.py', 'initial commit']);
  expect(api.runtime('me/app').told).toEqual([['pushed', await space?.head()]]);
});

test('a large file that git pushed is listed with its first branch, also when that is gone', async () => {
  const oid = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  const { json } = await api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
    json: { operation: 'upload', objects: [{ oid, size: 3 }] },
  });
  const [{ actions }] = (json as { objects: [{ actions: { upload: { href: string } } }] }).objects;
  await fetch(actions.upload.href, { method: 'PUT', body: 'abc' });
  await git('clone', '-q', remote('hf_me_write'), 'app');
  await commitFile('model.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 3\n`);

  await git('-C', 'app', 'push', '-q', 'origin', 'main:dev');
  await git('-C', 'app', 'push', '-q', 'origin', 'main');
  await git('-C', 'app', 'push', '-q', 'origin', ':dev');

  const listed = (await api.send('GET', '/api/spaces/me/app/lfs-files')).json;
  expect(listed).toMatchObject([{ oid, filename: 'model.bin', ref: 'dev' }]);
});

test('a history may be replaced', async () => {
  await git('clone', '-q', remote('hf_me_write'), 'app');
  await git('-C', 'app', 'checkout', '-q', '--orphan', 'fresh');
  await commitFile('app.py', 'print(1)');
  await git('-C', 'app', 'push', '-q', '--force', 'origin', 'fresh:main');
  expect(await api.hub.space('me/app')?.commits()).toHaveLength(1);
});

test.each([
  ['raw.dat', 'a\0b', /rejected because it contains binary files.*- raw.dat \(ref: refs\/heads\/main\)/s],
  ['big.txt', 'x'.repeat(10 * 1024 * 1024 + 1), /contains files larger than 10 MiB.*- big.txt/s],
  ['README.md', '---\nsdk: streamlit\n---\n', /rejected during YAML metadata verification:.*- Error: "sdk" must be/s],
  [
    'model.bin',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`,
    /LFS pointer pointed to a file that does not exist.*model.bin/s,
  ],
])('a push with %s is refused, also when a later commit removes it', async (path, content, message) => {
  await git('clone', '-q', remote('hf_me_write'), 'app');
  await commitFile(path, content);
  if (path !== 'README.md') {
    await git('-C', 'app', 'rm', '-q', path);
    await git('-C', 'app', 'commit', '-q', '-m', 'remove it');
  }
  const said = await failure(git('-C', 'app', 'push'));
  expect(said).toMatch(message);
  expect(said).toContain('! [remote rejected] main -> main (pre-receive hook declined)');
  expect(await api.hub.space('me/app')?.commits()).toHaveLength(1);
  expect(api.runtime('me/app').told).toEqual([]);
});

test('who may not is refused', async () => {
  await git('clone', '-q', remote('hf_me_read'), 'app');
  await commitFile('a', 'a');
  expect(await failure(git('-C', 'app', 'push'))).toContain('403');
  expect(await failure(git('-C', 'app', 'push', remote(undefined)))).toContain('could not read Username');
  await api.send('PUT', '/api/spaces/me/app/settings', { json: { visibility: 'private' } });
  expect(await failure(git('clone', '-q', remote(undefined), 'x'))).toContain('could not read Username');
  expect(await failure(git('clone', '-q', remote('hf_free_write'), 'x'))).toContain('not found');
});

test('executable bits of a push survive in git', async () => {
  await git('clone', '-q', remote('hf_me_write'), 'app');
  await writeFile(join(dir, 'app', 'run.sh'), '#!/bin/sh\n');
  await chmod(join(dir, 'app', 'run.sh'), 0o755);
  await git('-C', 'app', 'add', '-A');
  await git('-C', 'app', 'commit', '-q', '-m', 'x');
  await git('-C', 'app', 'push', '-q');
  await git('clone', '-q', remote('hf_me_write'), 'again');
  expect(await git('-C', 'again', 'ls-files', '-s', 'run.sh')).toMatch(/^100755/);
});
